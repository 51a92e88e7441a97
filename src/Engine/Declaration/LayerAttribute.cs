namespace FastNets;

/// <summary>Makes a partial property a layer of its <see cref="NetworkAttribute">network</see>. The property's type is the layer's kind; the order of declaration is the order of data.</summary>
/// <remarks>A setting that the kind does not take is an error while compiling.</remarks>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class LayerAttribute : Attribute
{
    /// <summary>What <see cref="From"/> calls the network's own input.</summary>
    public const string NetworkInput = "input";

    /// <summary>
    /// The layer that this one takes its input from, by name (<c>From = nameof(Hidden)</c>), or several for <see cref="Add"/> and <see cref="Concat"/>
    /// (<c>From = new[] { nameof(A), nameof(B) }</c>); they must stand before it. May be left out: the layer takes what the layer before it gives.
    /// </summary>
    public object? From { get; set; }

    /// <summary>
    /// The number of outputs of a <see cref="Dense"/> layer, of units of a recurrent one, of columns of an <see cref="Embedding"/>, of outputs of a step of a
    /// <see cref="SequenceDecoder"/>: a constant, or a name that becomes a parameter of the generated constructor.
    /// </summary>
    public object? Units { get; set; }

    /// <summary>
    /// The number of inputs that a <see cref="Dense"/> layer expects: a constant or a name, checked against what the layer before gives.
    /// May be left out: the layer takes what comes.
    /// </summary>
    public object? Inputs { get; set; }

    /// <summary>The function on the layer's output (<see cref="Dense"/>, <see cref="Conv1D"/>, <see cref="BatchNorm"/>, <see cref="LayerNorm"/>, <see cref="Add"/>), within the cell (<see cref="Rnn"/>: Tanh or ReLU), or the layer itself (<see cref="ActivationLayer"/>).</summary>
    public Activation Activation { get; set; }

    /// <summary>Whether the layer adds a bias. Default true.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>
    /// Whether a recurrent layer adds a second bias to the product with its state, as PyTorch does. Where it is not given, a <see cref="Gru"/> has one (its candidate
    /// needs it), and the others have one with <see cref="LayerDefaults.PyTorch"/>.
    /// </summary>
    public bool UseRecurrentBias { get; set; }

    /// <summary>Whose settings the layer takes where none are given. Default <see cref="LayerDefaults.Keras"/>.</summary>
    public LayerDefaults Defaults { get; set; }

    /// <summary>How the kernel starts. Default by <see cref="Defaults"/>.</summary>
    public Initializer KernelInitializer { get; set; } = Initializer.GlorotUniform;

    /// <summary>How the kernel of a recurrent layer's state starts. Default by <see cref="Defaults"/>.</summary>
    public Initializer RecurrentInitializer { get; set; } = Initializer.Orthogonal;

    /// <summary>How the bias starts. Default by <see cref="Defaults"/>.</summary>
    public Initializer BiasInitializer { get; set; } = Initializer.Zeros;

    /// <summary>The factor of a penalty L1 * sum(|w|) on the layer's kernel, added to the loss; 0 or more.</summary>
    public float L1 { get; set; }

    /// <summary>The factor of a penalty L2 * sum(w^2) on the layer's kernel, added to the loss (Keras's meaning: the gradient is 2 * L2 * w); 0 or more.</summary>
    public float L2 { get; set; }

    /// <summary>The probability that <see cref="Dropout"/> sets an element to zero in training; in [0, 1).</summary>
    public float Rate { get; set; }

    /// <summary>How much of <see cref="BatchNorm"/>'s running statistics stays at each step, in [0, 1] (Keras's meaning; PyTorch's momentum is 1 less this).</summary>
    public float Momentum { get; set; }

    /// <summary>What <see cref="BatchNorm"/> and <see cref="LayerNorm"/> add to the variance; above 0.</summary>
    public float Epsilon { get; set; }

    /// <summary>Whether <see cref="BatchNorm"/>'s running variance is divided by batch - 1, as PyTorch does, and not by batch, as Keras does.</summary>
    public bool UnbiasedVariance { get; set; }

    /// <summary>Whether a recurrent layer gives its state after each step, a sequence, and not only after the last one.</summary>
    public bool ReturnSequences { get; set; }

    /// <summary>
    /// Whether a recurrent layer goes from the last step to the first (what it gives for a step then depends on that and later steps), or a
    /// <see cref="SequenceDecoder"/> makes the last step first.
    /// </summary>
    public bool Reverse { get; set; }

    /// <summary>Whether there are two recurrent layers, one in each direction, whose outputs stand side by side.</summary>
    public bool Bidirectional { get; set; }

    /// <summary>Whether a recurrent layer starts with the state in which the batch before left it; see <see cref="Network.ResetStates"/>. No gradient goes back into the batch before.</summary>
    public bool Stateful { get; set; }

    /// <summary>The recurrent layer, by name, with whose final state this one starts. Gradients go back into it.</summary>
    public string? StateFrom { get; set; }

    /// <summary>
    /// Truncated backpropagation through time: no gradient goes back over a step whose number (from 0, in the layer's direction) is a multiple of this. 1 or more;
    /// left out, gradients go back through the whole sequence.
    /// </summary>
    public int Truncate { get; set; }

    /// <summary>The steps that a <see cref="SequenceDecoder"/> makes: a constant or a name. Left out: as many as the network's input has.</summary>
    public object? Steps { get; set; }

    /// <summary>The probability that a training step feeds a <see cref="SequenceDecoder"/> the targets and not its own outputs; in [0, 1]. Default 0.</summary>
    public float TeacherForcing { get; set; }

    /// <summary>The filters of a <see cref="Conv1D"/> layer, its output's channels: a constant or a name.</summary>
    public object? Filters { get; set; }

    /// <summary>The steps that a <see cref="Conv1D"/> or pooling layer looks at: 1 or more.</summary>
    public int KernelSize { get; set; }

    /// <summary>From one window to the next, in steps: 1 or more. Default 1 for <see cref="Conv1D"/>, <see cref="KernelSize"/> for pooling.</summary>
    public int Stride { get; set; }

    /// <summary>From one step that a <see cref="Conv1D"/> layer looks at to the next: 1 or more. Default 1.</summary>
    public int Dilation { get; set; }

    /// <summary>How windows meet the ends of a series. Default <see cref="Padding.Valid"/>.</summary>
    public Padding Padding { get; set; }

    /// <summary>The zeros (for <see cref="MaxPool1D"/> minus infinities) before a series, in place of <see cref="Padding"/>: 0 or more.</summary>
    public int PaddingLeft { get; set; }

    /// <summary>The zeros (for <see cref="MaxPool1D"/> minus infinities) behind a series, in place of <see cref="Padding"/>: 0 or more.</summary>
    public int PaddingRight { get; set; }

    /// <summary>How many different whole numbers an <see cref="Embedding"/> knows: a constant or a name.</summary>
    public object? Vocabulary { get; set; }

    /// <summary>The features of a <see cref="MiniRocketLayer"/>, rounded down to a multiple of 84; 84 or more. Default 10000, which gives 9996.</summary>
    public int Features { get; set; }

    /// <summary>The most dilations a kernel of a <see cref="MiniRocketLayer"/>; 1 or more. Default 32.</summary>
    public int MaxDilations { get; set; }

    /// <summary>The numbers that a <see cref="Custom{T}"/> layer learns: a constant or a name. Left out: it learns nothing.</summary>
    public object? Weights { get; set; }
}
