using FastNets.Random;

namespace FastNets.Data;

/// <summary>Draws the samples of each epoch with replacement, each as often as its weight says, and divides them into batches.</summary>
/// <remarks>
/// What an epoch draws is a function of the weights, the seed and the epoch's number alone, so that training can go on anywhere after it
/// was stopped. A sample is drawn in constant time from a table of aliases (Walker, 1977; built as by Vose, 1991). Starting an epoch and
/// taking batches allocate nothing. Not thread-safe.
/// </remarks>
public class WeightedSampler : EpochSampler
{
    // Keeps the draws of epochs apart from what else is drawn with the same seed.
    private const ulong Purpose = 0x57454947UL << 32;

    private readonly double[] _threshold;
    private readonly int[] _alias;
    private readonly ulong _seed;

    /// <summary>Makes a sampler, at the beginning of epoch 0.</summary>
    /// <param name="weights">Each sample's weight, finite and at least 0, at least one above 0; a sample's probability is its share of their sum.</param>
    /// <param name="samplesPerEpoch">How many samples an epoch draws, at least 1; as many as there are, usually.</param>
    /// <param name="batchSize">The number of samples of a batch, at least 1; the last batch of an epoch may have fewer.</param>
    /// <param name="seed">The seed of the draws.</param>
    /// <param name="dropLast">Whether a last batch that is not full is left out.</param>
    /// <exception cref="ArgumentException">A weight or a number makes no sense, or leaving out the last batch leaves none.</exception>
    public WeightedSampler(ReadOnlySpan<double> weights, int samplesPerEpoch, int batchSize, ulong seed, bool dropLast = false)
        : base(samplesPerEpoch, nameof(samplesPerEpoch), batchSize, dropLast)
    {
        _threshold = new double[weights.Length];
        _alias = new int[weights.Length];
        _seed = seed;
        BuildTable(weights);
        StartEpoch(0);
    }

    /// <inheritdoc/>
    public override int Count => _alias.Length;

    private protected sealed override void Draw(Span<int> samples, int epoch)
    {
        var random = new PhiloxStream(_seed, Purpose | (uint)epoch);
        foreach (ref int sample in samples)
        {
            int column = random.NextInt32(_alias.Length);
            sample = random.NextDouble() < _threshold[column] ? column : _alias[column];
        }
    }

    // Each column of the table is a sample, up to its threshold, and its alias above: samples below the mean weight are filled up
    // by those above.
    private void BuildTable(ReadOnlySpan<double> weights)
    {
        double sum = 0;
        int heaviest = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] is not (>= 0 and < double.PositiveInfinity))
                throw new ArgumentOutOfRangeException(nameof(weights), weights[i], $"Sample {i} has weight {weights[i]}; weights must be finite and at least 0.");
            sum += weights[i];
            if (weights[i] > weights[heaviest]) heaviest = i;
        }

        if (sum is not (> 0 and < double.PositiveInfinity))
            throw new ArgumentException($"The weights of {weights.Length} samples add up to {sum}; a finite sum above 0 is needed.", nameof(weights));

        // Columns yet to be filled from the left, and those that still give from the right.
        var columns = new int[weights.Length];
        int light = 0;
        int heavy = weights.Length;
        for (int i = 0; i < weights.Length; i++)
        {
            _threshold[i] = weights[i] / sum * weights.Length;
            if (_threshold[i] < 1) columns[light++] = i;
            else columns[--heavy] = i;
        }

        int next = 0;
        while (next < light && heavy < weights.Length)
        {
            int low = columns[next++];
            int high = columns[heavy];
            _alias[low] = high;
            _threshold[high] -= 1 - _threshold[low];
            if (_threshold[high] >= 1) continue;
            // What has given so much that it is light itself moves to the light ones, which end where the heavy ones begin.
            heavy++;
            columns[light++] = high;
        }

        // Only rounding leaves columns over. They are full; but a sample of weight 0 must not come of it.
        while (next < light)
        {
            int left = columns[next++];
            _alias[left] = heaviest;
            if (weights[left] > 0) _threshold[left] = 1;
        }

        while (heavy < weights.Length) _threshold[columns[heavy++]] = 1;
    }
}
