namespace FastNets.Perf;

/// <summary>What a case took.</summary>
/// <param name="Case">The case.</param>
/// <param name="Milliseconds">One operation's time in each round, in milliseconds.</param>
/// <param name="AllocatedBytes">What one operation allocated on the managed heap.</param>
/// <param name="DeviceTimes">What the last operation of each round took by the GPU's own clock, in milliseconds; empty where that is not known.</param>
internal sealed record PerfResult(PerfCase Case, double[] Milliseconds, double AllocatedBytes, double[] DeviceTimes)
{
    /// <summary>The middle of the rounds by the GPU's own clock; null where that is not known.</summary>
    public double? DeviceMilliseconds => DeviceTimes.Length == 0 ? null : MedianOf(DeviceTimes);

    /// <summary>The middle of the rounds: what the case takes.</summary>
    public double Median => MedianOf(Milliseconds);

    /// <summary>The fastest round: what it takes when nothing else disturbs.</summary>
    public double Min => Milliseconds.Min();

    /// <summary>The median absolute deviation from the median: how far a round usually strays.</summary>
    public double Deviation
    {
        get
        {
            double median = Median;
            return MedianOf(Milliseconds.Select(one => Math.Abs(one - median)));
        }
    }

    private static double MedianOf(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : 0.5 * (sorted[middle - 1] + sorted[middle]);
    }
}
