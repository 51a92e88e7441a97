using System.Globalization;

namespace FastNets;

/// <summary>
/// The decoder of an LSTM sequence autoencoder (Malhotra et al., 2016): it starts with the encoder's final state and cell, each step gives y = h V + v, and y is the
/// next step's input; the first output comes from the encoder's state itself.
/// </summary>
/// <remarks>
/// Put it behind an <see cref="Lstm"/>; its cell has as many units. In training, y is fed back too, and gradients go through it, unless a step is teacher forced.
/// Settings: Units (outputs of a step; left out: the input's channels), Steps (left out: the input's), Reverse (the last step is made first), TeacherForcing,
/// UseBias, UseRecurrentBias, Defaults, KernelInitializer, RecurrentInitializer, BiasInitializer, L1, L2.
/// </remarks>
public sealed class SequenceDecoder : Layer
{
    /// <summary>Called by generated code.</summary>
    /// <param name="network">The network.</param>
    /// <param name="name">The property's name.</param>
    /// <param name="outputShape">What the layer gives for a sample.</param>
    /// <param name="weights">The cell's weights.</param>
    /// <param name="outputKernel">V.</param>
    /// <param name="outputBias">v, or null.</param>
    /// <param name="reverse">Whether the last step is made first.</param>
    /// <param name="teacherForcing">The probability that a training step is fed the targets.</param>
    public SequenceDecoder(Network network, string name, SampleShape outputShape, RecurrentWeights weights, Parameter outputKernel, Parameter? outputBias, bool reverse, float teacherForcing)
        : base(network, name, outputShape, [.. (weights ?? throw new ArgumentNullException(nameof(weights))).All, outputKernel, outputBias])
    {
        Weights = weights;
        OutputKernel = outputKernel;
        OutputBias = outputBias;
        Reverse = reverse;
        TeacherForcing = teacherForcing;
    }

    /// <summary>The cell's weights.</summary>
    public RecurrentWeights Weights { get; }

    /// <summary>V, shape [units, outputs of a step].</summary>
    public Parameter OutputKernel { get; }

    /// <summary>v, shape [outputs of a step]; null where the layer has no biases.</summary>
    public Parameter? OutputBias { get; }

    /// <summary>Whether the last step is made first.</summary>
    public bool Reverse { get; }

    /// <summary>The probability that a training step is fed the targets and not the layer's own outputs.</summary>
    public float TeacherForcing { get; }

    /// <inheritdoc/>
    public override string Description
        => string.Create(CultureInfo.InvariantCulture, $"SequenceDecoder({OutputKernel.Shape[0]} units{(Reverse ? ", reverse" : "")}{(TeacherForcing > 0 ? $", teacher forcing {TeacherForcing}" : "")}{LayerDescription.Penalties(Weights.Kernel)})");
}
