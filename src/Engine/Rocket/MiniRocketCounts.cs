using FastNets.Memory;

namespace FastNets.Rocket;

/// <summary>MiniRocket's features of a set as counts of 16 bits: half the memory of proportions, and exact.</summary>
/// <remarks>Row-major without gaps, outside the managed heap; may be larger than an array can be. Reading is thread-safe.</remarks>
public sealed unsafe class MiniRocketCounts : IDisposable
{
    /// <summary>The longest series whose counts fit 16 bits.</summary>
    public const int MaxLength = ushort.MaxValue;

    private readonly AlignedBuffer _buffer;
    private readonly MiniRocketParameters _parameters;
    private readonly int[] _lengths;

    internal MiniRocketCounts(MiniRocketParameters parameters, int[] lengths)
    {
        _parameters = parameters;
        _lengths = lengths;
        _buffer = new AlignedBuffer((((long)lengths.Length * parameters.FeatureCount) + 1) / 2, clear: false);
    }

    /// <summary>The number of series.</summary>
    public int Rows => _lengths.Length;

    /// <summary>The number of features of each.</summary>
    public int Columns => _parameters.FeatureCount;

    internal ushort* Pointer => (ushort*)_buffer.Pointer;

    /// <summary>One series' counts, shape [features]: at how many positions a kernel's output exceeds the bias.</summary>
    /// <param name="row">The series' index.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public ReadOnlySpan<ushort> Row(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Rows);
        return new ReadOnlySpan<ushort>(Pointer + ((long)row * Columns), Columns);
    }

    /// <summary>One series' features: the counts divided by the numbers of positions, the same bits as the transform gives.</summary>
    /// <param name="row">The series' index.</param>
    /// <param name="features">The features, shape [features]; overwritten.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="ArgumentException"><paramref name="features"/> has another length.</exception>
    public void CopyTo(int row, Span<float> features)
    {
        ReadOnlySpan<ushort> counts = Row(row);
        if (features.Length != Columns) throw new ArgumentException($"There is room for {features.Length} features, but a series has {Columns}.", nameof(features));
        int feature = 0;
        for (int d = 0; d < _parameters.Dilations.Length; d++)
        {
            for (int kernel = 0; kernel < MiniRocketKernels.Count; kernel++)
            {
                float positions = _parameters.PositionsOf(d, kernel, _lengths[row]);
                int end = feature + _parameters.FeaturesPerDilation[d];
                for (; feature < end; feature++) features[feature] = counts[feature] / positions;
            }
        }
    }

    /// <summary>Frees the memory. Rows taken before must not be used any more.</summary>
    public void Dispose() => _buffer.Dispose();
}
