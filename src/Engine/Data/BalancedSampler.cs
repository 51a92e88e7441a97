namespace FastNets.Data;

/// <summary>Draws the samples of each epoch with replacement so that every class comes equally often, and divides them into batches.</summary>
/// <remarks>
/// A <see cref="WeightedSampler"/> whose weights are 1 / (the samples of the class): each draw has each class that has samples with the same
/// probability, and each sample of the class likewise. What an epoch draws is a function of the labels, the seed and the epoch's number
/// alone. Starting an epoch and taking batches allocate nothing. Not thread-safe.
/// </remarks>
public sealed class BalancedSampler : WeightedSampler
{
    /// <summary>Makes a sampler, at the beginning of epoch 0.</summary>
    /// <param name="labels">Each sample's class, in [0, classes), or -1 for a sample without a label, which is never drawn.</param>
    /// <param name="classes">The number of classes, at least 1; some may have no samples.</param>
    /// <param name="samplesPerEpoch">How many samples an epoch draws, at least 1; as many as there are, usually.</param>
    /// <param name="batchSize">The number of samples of a batch, at least 1; the last batch of an epoch may have fewer.</param>
    /// <param name="seed">The seed of the draws.</param>
    /// <param name="dropLast">Whether a last batch that is not full is left out.</param>
    /// <exception cref="ArgumentException">A label is no class, no sample has a label, a number is below 1, or leaving out the last batch leaves none.</exception>
    public BalancedSampler(ReadOnlySpan<int> labels, int classes, int samplesPerEpoch, int batchSize, ulong seed, bool dropLast = false)
        : base(Weights(labels, classes), samplesPerEpoch, batchSize, seed, dropLast)
    {
    }

    private static double[] Weights(ReadOnlySpan<int> labels, int classes)
    {
        int[] counts = ClassCounts.Of(labels, classes);
        if (!counts.AsSpan().ContainsAnyExcept(0)) throw new ArgumentException($"None of the {labels.Length} samples has a label.", nameof(labels));
        var weights = new double[labels.Length];
        for (int i = 0; i < labels.Length; i++) weights[i] = labels[i] == -1 ? 0 : 1.0 / counts[labels[i]];
        return weights;
    }
}
