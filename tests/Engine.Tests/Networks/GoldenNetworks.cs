namespace FastNets.Engine.Tests.Networks;

// The networks of the reference runs, as a user would declare them. Public: generated members keep the class's accessibility.

[Network(Input = 20)]
public sealed partial class GoldenSoftmax
{
    [Layer(Units = 5)]
    public partial Dense Scores { get; }
}

[Network(Input = 48)]
public sealed partial class GoldenSigmoid
{
    [Layer(Units = 64, Activation = Activation.Sigmoid)]
    public partial Dense Hidden { get; }

    [Layer(Units = "classes")]
    public partial Dense Scores { get; }
}

// Keras's momentum and epsilon, with PyTorch's unbiased running variance.
[Network(Input = "features")]
public sealed partial class GoldenNormalized
{
    [Layer(UnbiasedVariance = true)]
    public partial BatchNorm Norm { get; }

    [Layer(Units = 64, Activation = Activation.Sigmoid)]
    public partial Dense Hidden { get; }

    [Layer(Units = "classes")]
    public partial Dense Scores { get; }
}

[Network(Input = "features")]
public sealed partial class GoldenNormalizedL1
{
    [Layer(UnbiasedVariance = true)]
    public partial BatchNorm Norm { get; }

    [Layer(Units = 64, Activation = Activation.Sigmoid, L1 = 1e-4f)]
    public partial Dense Hidden { get; }

    [Layer(Units = "classes")]
    public partial Dense Scores { get; }
}

[Network(Input = "features")]
public sealed partial class GoldenNormalizedL2
{
    [Layer(UnbiasedVariance = true)]
    public partial BatchNorm Norm { get; }

    [Layer(Units = 64, Activation = Activation.Sigmoid, L2 = 1e-4f)]
    public partial Dense Hidden { get; }

    [Layer(Units = "classes")]
    public partial Dense Scores { get; }
}

[Network(Input = 10)]
public sealed partial class GoldenGelu
{
    [Layer(Units = 16, Activation = Activation.Gelu)]
    public partial Dense Hidden { get; }

    [Layer(Units = 3)]
    public partial Dense Scores { get; }
}

// The function as a layer of its own: it must end up in the product's epilogue all the same.
[Network(Input = 10)]
public sealed partial class GoldenRelu
{
    [Layer(Units = 16)]
    public partial Dense Hidden { get; }

    [Layer(Activation = Activation.ReLU)]
    public partial ActivationLayer Rectified { get; }

    [Layer(Units = 3)]
    public partial Dense Scores { get; }
}

[Network(Input = 10)]
public sealed partial class GoldenTanh
{
    [Layer(Units = 16, Activation = Activation.Tanh)]
    public partial Dense Hidden { get; }

    [Layer(Units = 3)]
    public partial Dense Scores { get; }
}

[Network(Input = 10, Loss = Loss.Huber, HuberDelta = 1f)]
public sealed partial class GoldenHuber
{
    [Layer(Units = 16, Activation = Activation.Tanh)]
    public partial Dense Hidden { get; }

    [Layer(Units = 2)]
    public partial Dense Values { get; }
}

[Network(Input = 10, Loss = Loss.MeanAbsoluteError)]
public sealed partial class GoldenAbsolute
{
    [Layer(Units = 16, Activation = Activation.Tanh)]
    public partial Dense Hidden { get; }

    [Layer(Units = 2)]
    public partial Dense Values { get; }
}

[Network(Input = 10, Loss = Loss.MeanSquaredError)]
public sealed partial class GoldenSquared
{
    [Layer(Units = 16, Activation = Activation.Tanh)]
    public partial Dense Hidden { get; }

    [Layer(Units = 2)]
    public partial Dense Values { get; }
}

[Network(Input = 10)]
public sealed partial class GoldenWeighted
{
    [Layer(Units = 4)]
    public partial Dense Scores { get; }
}

[Network(Input = 10, LabelSmoothing = 0.1f)]
public sealed partial class GoldenSmoothed
{
    [Layer(Units = 4)]
    public partial Dense Scores { get; }
}

[Network(Input = 10)]
public sealed partial class GoldenLayerNorm
{
    [Layer(Units = 16)]
    public partial Dense Hidden { get; }

    [Layer(Activation = Activation.ReLU, Defaults = LayerDefaults.PyTorch)]
    public partial LayerNorm Norm { get; }

    [Layer(Units = 3)]
    public partial Dense Scores { get; }
}
