namespace FastNets.Rocket;

/// <summary>What to ask of a MiniRocket transform when it is fitted.</summary>
public sealed record MiniRocketOptions
{
    /// <summary>The number of features wanted; 10000 by default. Rounded down to a multiple of 84 (10000 gives 9996); less than 84 gives 84.</summary>
    public int Features { get; init; } = 10000;

    /// <summary>The largest number of dilations that a kernel is used with; 32 by default, as in the paper.</summary>
    public int MaxDilationsPerKernel { get; init; } = 32;

    /// <summary>The seed of the draw of the training series that the biases are taken from.</summary>
    public ulong Seed { get; init; }
}
