namespace FastNets;

/// <summary>What a generated class says of itself to its base class.</summary>
/// <param name="Name">The class's name.</param>
/// <param name="Input">An input sample.</param>
/// <param name="Output">What a sample becomes.</param>
/// <param name="Loss">What training makes small.</param>
public sealed record NetworkDescription(string Name, SampleShape Input, SampleShape Output, Loss Loss)
{
    /// <summary>How a batch's losses become one number.</summary>
    public Reduction Reduction { get; init; }

    /// <summary>Whether missing targets count for nothing.</summary>
    public bool IgnoreMissing { get; init; }

    /// <summary>Whether the series of a batch may have lengths of their own.</summary>
    public bool HasLengths { get; init; }

    /// <summary>Whether the input is whole numbers, for an embedding.</summary>
    public bool TakesTokens { get; init; }
}
