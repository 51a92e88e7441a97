namespace FastNets;

/// <summary>Makes a partial property a layer of its <see cref="NetworkAttribute">network</see>. The property's type is the layer's kind; the order of declaration is the order of data.</summary>
/// <remarks>A setting that the kind does not take is an error while compiling.</remarks>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class LayerAttribute : Attribute
{
    /// <summary>The number of outputs of a <see cref="Dense"/> layer: a constant, or a name that becomes a parameter of the generated constructor.</summary>
    public object? Units { get; set; }

    /// <summary>
    /// The number of inputs that a <see cref="Dense"/> layer expects: a constant or a name, checked against what the layer before gives.
    /// May be left out: the layer takes what comes.
    /// </summary>
    public object? Inputs { get; set; }

    /// <summary>The function on the layer's output (<see cref="Dense"/>, <see cref="BatchNorm"/>), or the layer itself (<see cref="ActivationLayer"/>).</summary>
    public Activation Activation { get; set; }

    /// <summary>Whether a <see cref="Dense"/> layer adds a bias. Default true.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>How a <see cref="Dense"/> layer's kernel starts. Default <see cref="Initializer.GlorotUniform"/>, as in Keras.</summary>
    public Initializer KernelInitializer { get; set; } = Initializer.GlorotUniform;

    /// <summary>How a <see cref="Dense"/> layer's bias starts. Default zeros.</summary>
    public Initializer BiasInitializer { get; set; } = Initializer.Zeros;

    /// <summary>The factor of a penalty L1 * sum(|w|) on a <see cref="Dense"/> layer's kernel, added to the loss; 0 or more.</summary>
    public float L1 { get; set; }

    /// <summary>The factor of a penalty L2 * sum(w^2) on a <see cref="Dense"/> layer's kernel, added to the loss (Keras's meaning: the gradient is 2 * L2 * w); 0 or more.</summary>
    public float L2 { get; set; }

    /// <summary>The probability that <see cref="Dropout"/> sets an element to zero in training; in [0, 1).</summary>
    public float Rate { get; set; }

    /// <summary>Which library's settings <see cref="BatchNorm"/> takes where none are given. Default <see cref="BatchNormDefaults.Keras"/>.</summary>
    public BatchNormDefaults Defaults { get; set; }

    /// <summary>How much of <see cref="BatchNorm"/>'s running statistics stays at each step, in [0, 1] (Keras's meaning; PyTorch's momentum is 1 less this).</summary>
    public float Momentum { get; set; }

    /// <summary>What <see cref="BatchNorm"/> adds to the variance; above 0.</summary>
    public float Epsilon { get; set; }

    /// <summary>Whether <see cref="BatchNorm"/>'s running variance is divided by batch - 1, as PyTorch does, and not by batch, as Keras does.</summary>
    public bool UnbiasedVariance { get; set; }
}
