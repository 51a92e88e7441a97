namespace FastNets.Data;

/// <summary>Draws the samples of each epoch with replacement so that every class comes equally often, and divides them into batches.</summary>
/// <remarks>
/// A <see cref="WeightedSampler"/> whose weights are 1 / (the samples of the class): each draw has each class that has samples with the same
/// probability, and each sample of the class likewise. What an epoch draws is a function of the labels, the seed and the epoch's number
/// alone. Starting an epoch and taking batches allocate nothing. Not thread-safe.
/// </remarks>
public sealed class BalancedSampler
{
    private readonly WeightedSampler _sampler;

    /// <summary>Makes a sampler, at the beginning of epoch 0.</summary>
    /// <param name="labels">Each sample's class, in [0, classes), or -1 for a sample without a label, which is never drawn.</param>
    /// <param name="classes">The number of classes, at least 1; some may have no samples.</param>
    /// <param name="samplesPerEpoch">How many samples an epoch draws, at least 1; as many as there are, usually.</param>
    /// <param name="batchSize">The number of samples of a batch, at least 1; the last batch of an epoch may have fewer.</param>
    /// <param name="seed">The seed of the draws.</param>
    /// <param name="dropLast">Whether a last batch that is not full is left out.</param>
    /// <exception cref="ArgumentException">A label is no class, no sample has a label, a number is below 1, or leaving out the last batch leaves none.</exception>
    public BalancedSampler(ReadOnlySpan<int> labels, int classes, int samplesPerEpoch, int batchSize, ulong seed, bool dropLast = false) =>
        _sampler = new WeightedSampler(Weights(labels, classes), samplesPerEpoch, batchSize, seed, dropLast);

    /// <summary>The number of samples to draw from, those without a label included.</summary>
    public int Count => _sampler.Count;

    /// <summary>The number of samples of an epoch.</summary>
    public int SamplesPerEpoch => _sampler.SamplesPerEpoch;

    /// <summary>The number of samples of a full batch.</summary>
    public int BatchSize => _sampler.BatchSize;

    /// <summary>The number of batches of an epoch.</summary>
    public int BatchCount => _sampler.BatchCount;

    /// <summary>The epoch whose batches <see cref="Batch"/> gives.</summary>
    public int Epoch => _sampler.Epoch;

    /// <summary>Goes to an epoch, any one.</summary>
    /// <param name="epoch">Its number, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public void StartEpoch(int epoch) => _sampler.StartEpoch(epoch);

    /// <summary>The samples of a batch of the current epoch; valid until another epoch is started.</summary>
    /// <param name="batch">The batch's number, 0 to <see cref="BatchCount"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such batch.</exception>
    public ReadOnlySpan<int> Batch(int batch) => _sampler.Batch(batch);

    private static double[] Weights(ReadOnlySpan<int> labels, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        var counts = new int[classes];
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] == -1) continue;
            if ((uint)labels[i] >= (uint)classes)
                throw new ArgumentOutOfRangeException(nameof(labels), labels[i], $"Sample {i} has class {labels[i]}; with {classes} classes it must be 0 to {classes - 1}, or -1 for none.");
            counts[labels[i]]++;
        }

        if (!counts.AsSpan().ContainsAnyExcept(0)) throw new ArgumentException($"None of the {labels.Length} samples has a label.", nameof(labels));
        var weights = new double[labels.Length];
        for (int i = 0; i < labels.Length; i++) weights[i] = labels[i] == -1 ? 0 : 1.0 / counts[labels[i]];
        return weights;
    }
}
