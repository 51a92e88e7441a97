namespace FastNets.Training.RateFinding;

/// <summary>The sweep of a <see cref="LearningRateFinder"/>. Defaults are fastai's.</summary>
public sealed record LearningRateFinderOptions
{
    /// <summary>The first rate; above 0. Default 1e-7.</summary>
    public double StartRate { get; init; } = 1e-7;

    /// <summary>The last rate; above <see cref="StartRate"/>. Default 10.</summary>
    public double EndRate { get; init; } = 10;

    /// <summary>The number of batches; at least 2. Default 100. Where an epoch has fewer, the next epoch follows.</summary>
    public int Steps { get; init; } = 100;

    /// <summary>The number of samples of a batch, at least 1; no more than the network or the source have are taken. Default 64.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>The seed of the samples' order.</summary>
    public ulong Seed { get; init; }

    /// <summary>How much of the running mean of losses stays at each step, in [0, 1); corrected for its start from 0. Default 0.98.</summary>
    public double Smoothing { get; init; } = 0.98;

    /// <summary>The sweep ends where the smoothed loss is above so many times the smallest one; above 1. Default 4.</summary>
    public double DivergenceFactor { get; init; } = 4;

    internal LearningRateFinderOptions Checked()
    {
        if (!(StartRate > 0 && float.IsFinite((float)EndRate) && StartRate < EndRate && (float)StartRate > 0))
            throw new ArgumentException($"A sweep goes from a StartRate above 0 up to a finite EndRate, not from {StartRate} to {EndRate}.");
        if (Steps < 2) throw new ArgumentException($"A sweep has 2 Steps or more, not {Steps}.");
        if (BatchSize < 1) throw new ArgumentException($"BatchSize must be 1 or more, not {BatchSize}.");
        if (!(Smoothing >= 0 && Smoothing < 1)) throw new ArgumentException($"Smoothing lies in [0, 1), it is not {Smoothing}.");
        if (!(DivergenceFactor > 1)) throw new ArgumentException($"DivergenceFactor must be above 1, not {DivergenceFactor}.");
        return this;
    }

    internal float RateOf(int step) => (float)(StartRate * Math.Pow(EndRate / StartRate, (double)step / (Steps - 1)));
}
