namespace FastNets.Generators.Model;

/// <summary>The kinds of layers.</summary>
internal enum LayerKind
{
    Dense,
    BatchNorm,
    LayerNorm,
    Dropout,
    Activation,
    Rnn,
    Lstm,
    Gru,
    SequenceDecoder,
    Conv1D,
    MaxPool1D,
    AveragePool1D,
    GlobalMaxPool1D,
    GlobalAveragePool1D,
    Flatten,
    Embedding,
    Add,
    Concat,
    MiniRocket,
    Custom,
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

/// <summary>Whose default settings a layer takes, in the order of the engine's enum.</summary>
internal enum DefaultsKind
{
    Keras,
    PyTorch,
}

/// <summary>How a window meets the ends of a series, in the order of the engine's enum.</summary>
internal enum PaddingKind
{
    Valid,
    Same,
    Causal,
}
