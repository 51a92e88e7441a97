using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FastNets.Rocket;

/// <content>From counts to features: divided as they are, then turned so that a kernel's features are side by side.</content>
internal sealed unsafe partial class MiniRocketSlide<TLanes>
{
    // Features are written by four.
    private const int Four = 4;
    private const int FoursLength = Four * MiniRocketKernels.Count;

    /// <inheritdoc/>
    public override void Write(int dilationIndex, float* row)
    {
        int features = _parameters.FeaturesPerDilation[dilationIndex];
        row += _parameters.FirstFeatureOf(dilationIndex);
        bool few = features < Four;
        float* target = few ? _fours : row;
        int stride = few ? Four : features;
        int* counts = _counts + _starts[dilationIndex];
        for (int half = 0; half < Halves; half++, counts += HalfLength(dilationIndex))
            WriteHalf(counts, features, _parameters.PositionsOf(dilationIndex, half, _windowLength), target + (half * stride), Halves * stride);
        if (few) MoveTogether(_fours, features, row);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void WriteHalf(int* counts, int features, int positions, float* target, nint stride)
    {
        TLanes divisor = TLanes.Create(positions), reciprocal = TLanes.Create(1f / positions);

        // The last four overlap those before, so that nothing is written beyond a kernel's features. Of fewer the last is there again.
        int last = Math.Max(features - Four, 0);
        int second = Math.Min(1, features - 1) * TLanes.Count, third = Math.Min(2, features - 1) * TLanes.Count, fourth = Math.Min(3, features - 1) * TLanes.Count;
        for (int group = 0; group < Groups; group++, counts += features * TLanes.Count)
        {
            float* first = target + (FirstOf(group) * stride);
            for (int i = 0; i < features; i += Four)
            {
                int at = Math.Min(i, last);
                float* own = (float*)counts + (at * TLanes.Count);
                TLanes.StoreFours(
                    TLanes.Share(TLanes.Load(own), divisor, reciprocal),
                    TLanes.Share(TLanes.Load(own + second), divisor, reciprocal),
                    TLanes.Share(TLanes.Load(own + third), divisor, reciprocal),
                    TLanes.Share(TLanes.Load(own + fourth), divisor, reciprocal),
                    first + at,
                    stride);
            }
        }
    }

    /// <summary>Brings together what was written with a distance of four: what goes beyond a kernel's features is written over by the next kernel's.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void MoveTogether(float* fours, int features, float* row)
    {
        const int Fast = MiniRocketKernels.Count - Four;
        for (int kernel = 0; kernel < Fast; kernel++) Vector128.LoadAligned(fours + (Four * kernel)).Store(row + (kernel * features));
        for (int kernel = Fast; kernel < MiniRocketKernels.Count; kernel++)
        {
            for (int i = 0; i < features; i++) row[(kernel * features) + i] = fours[(Four * kernel) + i];
        }
    }
}
