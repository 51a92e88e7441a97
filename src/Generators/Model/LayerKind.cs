namespace FastNets.Generators.Model;

/// <summary>The kinds of layers.</summary>
internal enum LayerKind
{
    Dense,
    BatchNorm,
    Dropout,
    Activation,
}

/// <summary>The functions on outputs, in the order of the engine's enum.</summary>
internal enum ActivationKind
{
    Linear,
    ReLU,
    LeakyReLU,
    Elu,
    Selu,
    Silu,
    Softplus,
    Sigmoid,
    Tanh,
    Gelu,
    GeluTanh,
    Softmax,
}

/// <summary>The losses, in the order of the engine's enum.</summary>
internal enum LossKind
{
    SoftmaxCrossEntropy,
    MeanSquaredError,
    MeanAbsoluteError,
    Huber,
}
