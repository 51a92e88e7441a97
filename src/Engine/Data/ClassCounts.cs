namespace FastNets.Data;

/// <summary>How many samples each class has.</summary>
internal static class ClassCounts
{
    /// <summary>Counts the samples of each class.</summary>
    /// <param name="labels">Each sample's class, in [0, classes), or -1 for a sample without a label, which is not counted.</param>
    /// <param name="classes">The number of classes, at least 1.</param>
    /// <returns>The counts, [classes].</returns>
    /// <exception cref="ArgumentOutOfRangeException">A label is no class, or there are no classes.</exception>
    public static int[] Of(ReadOnlySpan<int> labels, int classes)
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

        return counts;
    }
}
