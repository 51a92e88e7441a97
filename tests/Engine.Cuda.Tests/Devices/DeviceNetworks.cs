namespace FastNets.Engine.Tests.Devices;

/// <summary>Something of everything that a pass can be made of, small.</summary>
[Network(Length = 12, Channels = 3)]
public sealed partial class Mixed
{
    [Layer(Filters = 6, KernelSize = 3, Padding = Padding.Same, L2 = 1e-3f)]
    public partial Conv1D Windows { get; }

    [Layer(Activation = Activation.ReLU)]
    public partial BatchNorm Norm { get; }

    [Layer(Units = 7)]
    public partial Lstm State { get; }

    [Layer(Rate = 0.4f)]
    public partial Dropout Dropped { get; }

    [Layer(Units = 9, Activation = Activation.Gelu)]
    public partial Dense Hidden { get; }

    [Layer(Units = 4)]
    public partial Dense Scores { get; }
}
