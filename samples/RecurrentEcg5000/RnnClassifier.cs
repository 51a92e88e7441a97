using FastNets;

namespace RecurrentEcg5000;

/// <summary>A simple recurrent network over the heartbeat in both directions; the largest value of each of its numbers decides.</summary>
[Network(Length = "length", Loss = Loss.SoftmaxCrossEntropy)]
public sealed partial class RnnClassifier
{
    [Layer(Units = 64, Bidirectional = true, ReturnSequences = true)]
    public partial Rnn Recurrent { get; }

    [Layer]
    public partial GlobalMaxPool1D Largest { get; }

    [Layer(Units = "classes", Activation = Activation.Softmax)]
    public partial Dense Output { get; }
}
