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
    /// The length of one input sample: a constant (<c>Input = 784</c>), known to the compiler, or a name
    /// (<c>Input = "features"</c>), which becomes a parameter of the generated constructor.
    /// </summary>
    public object? Input { get; set; }

    /// <summary>What training makes small.</summary>
    public Loss Loss { get; set; }

    /// <summary>Where Huber's loss turns from a square into a line; above 0. Only for <see cref="Loss.Huber"/>. Default 1.</summary>
    public float HuberDelta { get; set; } = 1f;
}
