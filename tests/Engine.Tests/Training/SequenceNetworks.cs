namespace FastNets.Engine.Tests.Training;

// Networks on sequences for the tests of sources, samplers, files and summaries. Public: generated members keep the class's accessibility.

[Network(Length = "steps", Channels = "channels", Lengths = true)]
public sealed partial class RaggedGru
{
    [Layer(Units = 6)]
    public partial Gru Recurrent { get; }

    [Layer(Units = 3)]
    public partial Dense Scores { get; }
}

[Network(Length = 4, Channels = 2, IgnoreMissing = true)]
public sealed partial class StepLabels
{
    [Layer(Units = 5, ReturnSequences = true)]
    public partial Rnn Recurrent { get; }

    [Layer(Units = 3, Activation = Activation.Softmax)]
    public partial Dense Scores { get; }
}

[Network(Length = 5)]
public sealed partial class Words
{
    [Layer(Vocabulary = 7, Units = 4)]
    public partial Embedding Table { get; }

    [Layer]
    public partial GlobalAveragePool1D Mean { get; }

    [Layer(Units = 2)]
    public partial Dense Scores { get; }
}

[Network(Length = 12, Channels = 2, Loss = Loss.MeanSquaredError)]
public sealed partial class Autoencoder
{
    [Layer(Units = 8)]
    public partial Lstm Encoder { get; }

    [Layer]
    public partial SequenceDecoder Decoder { get; }
}

[Network(Length = "steps", Channels = 2, Lengths = true, Loss = Loss.MeanSquaredError)]
public sealed partial class RaggedAutoencoder
{
    [Layer(Units = 4, ReturnSequences = true)]
    public partial Gru Recurrent { get; }

    [Layer(Units = 2)]
    public partial Dense Values { get; }
}

[Network(Length = 4, Channels = 3)]
public sealed partial class SoftSteps
{
    [Layer(Units = 5, ReturnSequences = true)]
    public partial Rnn Recurrent { get; }

    [Layer(Units = 3, Activation = Activation.Softmax)]
    public partial Dense Scores { get; }
}

[Network(Length = 40)]
public sealed partial class OnlineRocket
{
    [Layer(Features = 168, MaxDilations = 4)]
    public partial MiniRocketLayer Rocket { get; }

    [Layer]
    public partial BatchNorm Norm { get; }

    [Layer(Units = 3)]
    public partial Dense Scores { get; }
}

[Network(Length = 12, Channels = 2)]
public sealed partial class SmallResidual
{
    [Layer(Filters = 2, KernelSize = 3, Padding = Padding.Same)]
    public partial Conv1D Conv { get; }

    [Layer(Activation = Activation.ReLU)]
    public partial BatchNorm Norm { get; }

    [Layer(From = new[] { nameof(Norm), LayerAttribute.NetworkInput }, Activation = Activation.ReLU)]
    public partial Add Sum { get; }

    [Layer(KernelSize = 2)]
    public partial MaxPool1D Pool { get; }

    [Layer]
    public partial LayerNorm Each { get; }

    [Layer]
    public partial Flatten Flat { get; }

    [Layer(Units = 3)]
    public partial Dense Scores { get; }
}
