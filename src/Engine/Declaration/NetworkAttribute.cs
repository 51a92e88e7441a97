namespace FastNets;

/// <summary>Makes a partial class a neural network: the compiler writes its forward, backward and update code from its <see cref="LayerAttribute"/> properties.</summary>
/// <example>
/// <code>
/// [Network(Input = "features", Loss = Loss.SoftmaxCrossEntropy)]
/// public sealed partial class RocketHead
/// {
///     [Layer] public partial BatchNorm Norm { get; }
///     [Layer(Units = 64, Activation = Activation.Sigmoid)] public partial Dense Hidden { get; }
///     [Layer(Units = "classes")] public partial Dense Output { get; }
/// }
/// </code>
/// </example>
/// <remarks>Source generation happens while you type: a shape that does not fit is an error FNxxxx on the layer that you wrote.</remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class NetworkAttribute : Attribute
{
    /// <summary>
    /// The numbers of one input sample that is a vector: a constant (<c>Input = 784</c>), known to the compiler, or a name
    /// (<c>Input = "features"</c>), which becomes a parameter of the generated constructor.
    /// </summary>
    public object? Input { get; set; }

    /// <summary>
    /// The steps of one input sample that is a sequence, a constant or a name, in place of <see cref="Input"/>. A sample is then
    /// [Length, <see cref="Channels"/>], row-major: step after step, the channels of a step side by side.
    /// </summary>
    public object? Length { get; set; }

    /// <summary>The numbers of a step, a constant or a name; with <see cref="Length"/> only. Default 1.</summary>
    public object? Channels { get; set; }

    /// <summary>
    /// Whether the series of a batch may have lengths of their own, up to <see cref="Length"/>, given by <see cref="Network.LengthRows"/>. Recurrent layers carry
    /// their state past a series' end, global pooling and losses leave the padding out; layers that would count it are an error. Default false.
    /// </summary>
    public bool Lengths { get; set; }

    /// <summary>What training makes small.</summary>
    public Loss Loss { get; set; }

    /// <summary>How a batch's losses become one number. Default the mean.</summary>
    public Reduction Reduction { get; set; }

    /// <summary>Where Huber's loss turns from a square into a line; above 0. Only for <see cref="Loss.Huber"/>. Default 1.</summary>
    public float HuberDelta { get; set; } = 1f;

    /// <summary>
    /// How much of each target is spread evenly over all classes: t' = (1 - s) t + s / classes (Szegedy et al., 2016); in [0, 1). Only for losses of classes. Default 0.
    /// </summary>
    public float LabelSmoothing { get; set; }

    /// <summary>The focal loss's exponent; above 0. Only for <see cref="Loss.Focal"/>. Default 2.</summary>
    public float FocalGamma { get; set; } = 2f;

    /// <summary>
    /// Whether missing targets count for nothing: NaN among values, -1 among class labels. Without it a missing target makes the loss NaN, which stops training. Default false.
    /// </summary>
    public bool IgnoreMissing { get; set; }
}
