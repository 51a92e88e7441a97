namespace FastNets.Rocket;

/// <summary>What to ask of a MiniRocket transform when it is fitted.</summary>
public sealed record MiniRocketOptions
{
    /// <summary>The number of features wanted; 10000 by default. Rounded down to a multiple of 84 (10000 gives 9996); less than 84 gives 84.</summary>
    public int Features { get; init; } = 10000;

    /// <summary>The largest number of dilations that a kernel is used with; 32 by default, as in the paper.</summary>
    public int MaxDilationsPerKernel { get; init; } = 32;

    /// <summary>The seed of the draw of the training series that the biases are taken from, and of the channels that kernels add up.</summary>
    public ulong Seed { get; init; }

    /// <summary>
    /// Takes each bias from the outputs on all training series instead of one that is drawn: the paper's fully deterministic variant. Of univariate
    /// series the parameters then don't depend on the seed. Fitting takes as many times longer as there are training series, and 8 bytes a training value on each thread.
    /// </summary>
    public bool Deterministic { get; init; }

    /// <summary>
    /// Whether all kernels are used with padding, so that series of any length can be transformed; otherwise half of them are, as in the paper. Null,
    /// the default, says yes where the training series differ in length.
    /// </summary>
    public bool? AlwaysPads { get; init; }

    /// <summary>
    /// The length that dilations are chosen for where all kernels are used with padding, at least 9; the longest training series' by default. On shorter series
    /// the kernels of large dilations see more zeros than values.
    /// </summary>
    public int? ReferenceLength { get; init; }
}
