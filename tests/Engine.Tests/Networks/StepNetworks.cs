namespace FastNets.Engine.Tests.Networks;

// One network of each family, as they are used together.

[Network(Length = 20, Channels = 3)]
public sealed partial class StackedBidirectional
{
    [Layer(Units = 9, Bidirectional = true, ReturnSequences = true)]
    public partial Lstm First { get; }

    [Layer(Units = 6, Bidirectional = true)]
    public partial Lstm Second { get; }

    [Layer(Units = 4)]
    public partial Dense Scores { get; }
}

[Network(Length = 12)]
public sealed partial class EmbeddedGru
{
    [Layer(Vocabulary = 50, Units = 8)]
    public partial Embedding Words { get; }

    [Layer(Units = 10)]
    public partial Gru State { get; }

    [Layer(Units = 3)]
    public partial Dense Scores { get; }
}

// Wang, Yan and Oates, 2017.
[Network(Length = "steps")]
public sealed partial class FullyConvolutional
{
    [Layer(Filters = 16, KernelSize = 8, Padding = Padding.Same)]
    public partial Conv1D First { get; }

    [Layer(Activation = Activation.ReLU)]
    public partial BatchNorm FirstNorm { get; }

    [Layer(Filters = 32, KernelSize = 5, Padding = Padding.Same)]
    public partial Conv1D Second { get; }

    [Layer(Activation = Activation.ReLU)]
    public partial BatchNorm SecondNorm { get; }

    [Layer(Filters = 16, KernelSize = 3, Padding = Padding.Same)]
    public partial Conv1D Third { get; }

    [Layer(Activation = Activation.ReLU)]
    public partial BatchNorm ThirdNorm { get; }

    [Layer]
    public partial GlobalAveragePool1D Mean { get; }

    [Layer(Units = 4)]
    public partial Dense Scores { get; }
}

[Network(Length = 24, Channels = 4)]
public sealed partial class ResidualNet
{
    [Layer(Filters = 8, KernelSize = 3, Padding = Padding.Same, Activation = Activation.ReLU)]
    public partial Conv1D Stem { get; }

    [Layer(Filters = 8, KernelSize = 3, Padding = Padding.Same)]
    public partial Conv1D Body { get; }

    [Layer(Defaults = LayerDefaults.PyTorch)]
    public partial BatchNorm Norm { get; }

    [Layer(From = new[] { nameof(Stem), nameof(Norm) }, Activation = Activation.ReLU)]
    public partial Add Sum { get; }

    [Layer]
    public partial GlobalAveragePool1D Mean { get; }

    [Layer(Units = 4)]
    public partial Dense Scores { get; }
}

[Network(Length = 50)]
public sealed partial class RocketNetwork
{
    [Layer(Features = 168)]
    public partial MiniRocketLayer Rocket { get; }

    [Layer]
    public partial BatchNorm Norm { get; }

    [Layer(Units = 4)]
    public partial Dense Scores { get; }
}

[Network(Input = 10, Loss = Loss.Focal)]
public sealed partial class FocalNetwork
{
    [Layer(Units = 16, Activation = Activation.ReLU)]
    public partial Dense Hidden { get; }

    [Layer(Units = 4)]
    public partial Dense Scores { get; }
}

[Network(Length = "steps", Channels = 3)]
public sealed partial class LongLstm
{
    [Layer(Units = 40)]
    public partial Lstm State { get; }

    [Layer(Rate = 0.2f)]
    public partial Dropout Dropped { get; }

    [Layer(Units = 4)]
    public partial Dense Scores { get; }
}
