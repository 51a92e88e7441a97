namespace FastNets.Perf.Cases;

// The networks of the sequence cases, as the peers' scripts build them.

[Network(Length = "time", Channels = "features", Loss = Loss.MeanSquaredError)]
internal sealed partial class SequenceAutoencoder
{
    [Layer(Units = "units", Defaults = LayerDefaults.PyTorch)]
    public partial Lstm Encoder { get; }

    [Layer(Defaults = LayerDefaults.PyTorch)]
    public partial SequenceDecoder Decoder { get; }
}

[Network(Length = "time", Channels = "features")]
internal sealed partial class RnnClassifier
{
    [Layer(Units = "units", Defaults = LayerDefaults.PyTorch)]
    public partial Rnn Recurrent { get; }

    [Layer(Units = 5, Defaults = LayerDefaults.PyTorch)]
    public partial Dense Scores { get; }
}

[Network(Length = "time", Channels = "features")]
internal sealed partial class LstmClassifier
{
    [Layer(Units = "units", Defaults = LayerDefaults.PyTorch)]
    public partial Lstm Recurrent { get; }

    [Layer(Units = 5, Defaults = LayerDefaults.PyTorch)]
    public partial Dense Scores { get; }
}

[Network(Length = "time", Channels = "features")]
internal sealed partial class GruClassifier
{
    [Layer(Units = "units", Defaults = LayerDefaults.PyTorch)]
    public partial Gru Recurrent { get; }

    [Layer(Units = 5, Defaults = LayerDefaults.PyTorch)]
    public partial Dense Scores { get; }
}

[Network(Length = 140, Channels = 1)]
internal sealed partial class FullyConvolutional
{
    [Layer(Filters = 128, KernelSize = 8, PaddingLeft = 4, PaddingRight = 4, Defaults = LayerDefaults.PyTorch)]
    public partial Conv1D Conv1 { get; }

    [Layer(Activation = Activation.ReLU, Defaults = LayerDefaults.PyTorch)]
    public partial BatchNorm Norm1 { get; }

    [Layer(Filters = 256, KernelSize = 5, PaddingLeft = 2, PaddingRight = 2, Defaults = LayerDefaults.PyTorch)]
    public partial Conv1D Conv2 { get; }

    [Layer(Activation = Activation.ReLU, Defaults = LayerDefaults.PyTorch)]
    public partial BatchNorm Norm2 { get; }

    [Layer(Filters = 128, KernelSize = 3, PaddingLeft = 1, PaddingRight = 1, Defaults = LayerDefaults.PyTorch)]
    public partial Conv1D Conv3 { get; }

    [Layer(Activation = Activation.ReLU, Defaults = LayerDefaults.PyTorch)]
    public partial BatchNorm Norm3 { get; }

    [Layer]
    public partial GlobalAveragePool1D Pool { get; }

    [Layer(Units = 5, Defaults = LayerDefaults.PyTorch)]
    public partial Dense Scores { get; }
}
