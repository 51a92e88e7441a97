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

    /// <summary>
    /// Orthogonal (Saxe et al., 2014): orthonormal columns, or rows where there are fewer of these. Q of the QR decomposition of a matrix of
    /// normal numbers, signs chosen so that R's diagonal is positive, which makes every orthogonal matrix equally likely (Mezzadri, 2007).
    /// More than two dimensions are taken as [all but the last, last]; a recurrent layer's kernel is made of one such matrix a gate.
    /// Keras's default for recurrent kernels.
    /// </summary>
    Orthogonal,

    /// <summary>Uniform within 0.05 of 0: Keras's random_uniform, its default for embeddings.</summary>
    Uniform,

    /// <summary>Normal of deviation 0.05: Keras's random_normal.</summary>
    Normal,

    /// <summary>Uniform within 1 / sqrt(units) of 0: PyTorch's default for all weights and biases of recurrent layers. The fan-in is the number of units.</summary>
    PyTorchRecurrent,

    /// <summary>For a bias of four gates i, f, g, o in this order: 1 for the forget gate f, 0 for the others (Jozefowicz et al., 2015): Keras's unit_forget_bias.</summary>
    ForgetGateOnes,

    /// <summary>Normal of deviation 1: PyTorch's default for embeddings.</summary>
    PyTorchEmbedding,
}
