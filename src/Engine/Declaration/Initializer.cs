namespace FastNets;

/// <summary>How weights start. Fan-in is the number of inputs that an output sums over, fan-out the number of outputs that an input goes to.</summary>
public enum Initializer
{
    /// <summary>All 0.</summary>
    Zeros,

    /// <summary>All 1.</summary>
    Ones,

    /// <summary>Uniform within sqrt(6 / (fan-in + fan-out)) of 0 (Glorot and Bengio, 2010): Keras's default.</summary>
    GlorotUniform,

    /// <summary>Truncated normal of variance 2 / (fan-in + fan-out) (Glorot and Bengio, 2010).</summary>
    GlorotNormal,

    /// <summary>Uniform within sqrt(6 / fan-in) of 0 (He et al., 2015).</summary>
    HeUniform,

    /// <summary>Truncated normal of variance 2 / fan-in (He et al., 2015).</summary>
    HeNormal,

    /// <summary>Uniform within sqrt(3 / fan-in) of 0 (LeCun et al., 1998).</summary>
    LecunUniform,

    /// <summary>Truncated normal of variance 1 / fan-in (LeCun et al., 1998).</summary>
    LecunNormal,

    /// <summary>Uniform within 1 / sqrt(fan-in) of 0: PyTorch's default for the weights and biases of a linear layer.</summary>
    PyTorchLinear,
}
