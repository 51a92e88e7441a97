using FastNets;

namespace RecurrentEcg5000;

/// <summary>An LSTM over the heartbeat in both directions; the largest value of each of its numbers decides.</summary>
[Network(Length = "length", Loss = Loss.SoftmaxCrossEntropy)]
public sealed partial class LstmClassifier
{
    [Layer(Units = 64, Bidirectional = true, ReturnSequences = true)]
    public partial Lstm Recurrent { get; }

    [Layer]
    public partial GlobalMaxPool1D Largest { get; }

    [Layer(Units = "classes", Activation = Activation.Softmax)]
    public partial Dense Output { get; }
}
