using System.Runtime.CompilerServices;

namespace FastNets.Rocket;

/// <content>From counts to features: the numbers of a pair of kernels are side by side in the row, and are written eight at a time.</content>
internal sealed unsafe partial class MiniRocketSlide<TLanes>
{
    // The features with a dilation where a pair has less than eight, and what is written beyond.
    private const int LastRowLength = (Pairs * Together) + Together;

    /// <inheritdoc/>
    public override void Write(int dilationIndex, float* row)
    {
        Block block = _blocks[dilationIndex];
        int numbers = Halves * block.Features;
        float* target = row + block.FirstFeature;
        bool staged = numbers < Together && dilationIndex == _blocks.Length - 1;
        WriteGroups(_counts + block.Start, _divisors + block.Register, _reciprocals + block.Register, numbers, staged ? _lastRow : target);
        if (staged) new ReadOnlySpan<float>(_lastRow, Pairs * numbers).CopyTo(new Span<float>(target, Pairs * numbers));
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void WriteGroups(float* counts, float* divisors, float* reciprocals, int numbers, float* target)
    {
        // The last eight overlap those before. Where there are less, what is beyond is written over by the next pair's.
        int last = Math.Max(numbers - Together, 0);
        for (int group = 0; group < Groups; group++, counts += numbers * TLanes.Count)
        {
            float* first = target + (FirstOf(group) * numbers);
            for (int i = 0; i < numbers; i += Together)
            {
                int at = Math.Min(i, last);
                TLanes.StoreShares(counts + (at * TLanes.Count), divisors + at, reciprocals + at, first + at, numbers);
            }
        }
    }

    private void WriteDivisors()
    {
        for (int d = 0; d < _blocks.Length; d++)
        {
            Block block = _blocks[d];
            for (int i = 0; i < Halves * block.Features; i++)
            {
                float positions = _parameters.PositionsOf(d, i / block.Features, _windowLength);
                _divisors[block.Register + i] = positions;
                _reciprocals[block.Register + i] = 1f / positions;
            }
        }
    }
}
