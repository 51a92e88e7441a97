namespace FastNets.Engine.Tests.Networks;

// The reference runs on series: convolutional and recurrent networks.

[Network(Length = 30, Channels = 2)]
public sealed partial class GoldenConvolution
{
    [Layer(Filters = 8, KernelSize = 7, PaddingLeft = 3, PaddingRight = 3)]
    public partial Conv1D First { get; }

    [Layer(Activation = Activation.ReLU, Defaults = LayerDefaults.PyTorch)]
    public partial BatchNorm Norm { get; }

    [Layer(Filters = 8, KernelSize = 5, Stride = 2, PaddingLeft = 2, PaddingRight = 2, Activation = Activation.ReLU)]
    public partial Conv1D Second { get; }

    [Layer]
    public partial GlobalAveragePool1D Mean { get; }

    [Layer(Units = 3)]
    public partial Dense Scores { get; }
}

[Network(Length = 40)]
public sealed partial class GoldenPooling
{
    [Layer(Filters = 6, KernelSize = 8, Activation = Activation.ReLU)]
    public partial Conv1D First { get; }

    [Layer(KernelSize = 2)]
    public partial MaxPool1D Halved { get; }

    [Layer(Filters = 6, KernelSize = 3, Dilation = 2, Padding = Padding.Same, Activation = Activation.ReLU)]
    public partial Conv1D Second { get; }

    [Layer]
    public partial GlobalMaxPool1D Largest { get; }

    [Layer(Units = 3)]
    public partial Dense Scores { get; }
}

[Network(Length = 20, Loss = Loss.MeanSquaredError)]
public sealed partial class GoldenRnn
{
    [Layer(Units = 12, Defaults = LayerDefaults.PyTorch)]
    public partial Rnn State { get; }

    [Layer(Units = 5)]
    public partial Dense Values { get; }
}

[Network(Length = 15, Channels = 3)]
public sealed partial class GoldenLstm
{
    [Layer(Units = 12, Defaults = LayerDefaults.PyTorch)]
    public partial Lstm State { get; }

    [Layer(Units = 4)]
    public partial Dense Scores { get; }
}

[Network(Length = 15, Channels = 3)]
public sealed partial class GoldenGru
{
    [Layer(Units = 12, Defaults = LayerDefaults.PyTorch)]
    public partial Gru State { get; }

    [Layer(Units = 4)]
    public partial Dense Scores { get; }
}

[Network(Length = 12, Channels = 3)]
public sealed partial class GoldenStackedLstm
{
    [Layer(Units = 10, ReturnSequences = true, Defaults = LayerDefaults.PyTorch)]
    public partial Lstm First { get; }

    [Layer(Units = 10, Defaults = LayerDefaults.PyTorch)]
    public partial Lstm Second { get; }

    [Layer(Units = 4)]
    public partial Dense Scores { get; }
}

[Network(Length = 12, Channels = 3)]
public sealed partial class GoldenBidirectional
{
    [Layer(Units = 10, Bidirectional = true, Defaults = LayerDefaults.PyTorch)]
    public partial Lstm Both { get; }

    [Layer(Units = 4)]
    public partial Dense Scores { get; }
}

[Network(Length = 14, Channels = 5, Loss = Loss.MeanSquaredError)]
public sealed partial class GoldenAutoencoder
{
    [Layer(Units = 20, Defaults = LayerDefaults.PyTorch)]
    public partial Lstm Encoder { get; }

    [Layer(Defaults = LayerDefaults.PyTorch)]
    public partial SequenceDecoder Decoder { get; }
}
