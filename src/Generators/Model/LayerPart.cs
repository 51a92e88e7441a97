namespace FastNets.Generators.Model;

/// <summary>A parameter or running statistic of a layer.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Part">The part, as in <c>Kernel</c>.</param>
/// <param name="Tensor">The part's name in files, as in <c>kernel</c>.</param>
/// <param name="Sizes">The sizes, outermost first.</param>
/// <param name="Initializer">How it starts.</param>
internal sealed record LayerPart(string Layer, string Part, string Tensor, Size[] Sizes, string Initializer)
{
    /// <summary>The key by which operands know it.</summary>
    public string Key => $"{Layer}.{Part}";

    /// <summary>Its name in files.</summary>
    public string TensorName => $"{Layer}.{Tensor}";

    /// <summary>Whether an optimizer moves it.</summary>
    public bool IsTrainable { get; init; } = true;

    /// <summary>The number of inputs that an output sums over.</summary>
    public Size FanIn { get; init; } = Size.One;

    /// <summary>The number of outputs that an input goes to.</summary>
    public Size FanOut { get; init; } = Size.One;

    /// <summary>The blocks of columns that start apart from each other: gates.</summary>
    public int Blocks { get; init; } = 1;

    /// <summary>The factor of its L1 penalty.</summary>
    public float L1 { get; init; }

    /// <summary>The factor of its L2 penalty.</summary>
    public float L2 { get; init; }

    public string Shape => "[" + string.Join(", ", Sizes) + "]";
}
