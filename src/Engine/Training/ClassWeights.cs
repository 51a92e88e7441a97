using FastNets.Data;

namespace FastNets.Training;

/// <summary>Weights of classes for the loss, against classes of unequal size.</summary>
public static class ClassWeights
{
    /// <summary>Weights by which all classes have the same share of the loss: n / (classes * n[c]), scikit-learn's "balanced".</summary>
    /// <param name="labels">Each sample's class, in [0, classes), or -1 for a sample without a label, which is not counted.</param>
    /// <param name="classes">The number of classes, at least 1.</param>
    /// <returns>
    /// The weights, [classes]. Averaged over the labelled samples they are 1 where every class has samples. A class without samples gets 0,
    /// since nothing is known of it; it is counted among the classes all the same.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">A label is no class, or there are no classes.</exception>
    /// <remarks>Source: G. King and L. Zeng, "Logistic regression in rare events data", Political Analysis 9, 2001.</remarks>
    public static float[] Balanced(ReadOnlySpan<int> labels, int classes)
    {
        int[] counts = ClassCounts.Of(labels, classes);
        int labelled = counts.Sum();
        var weights = new float[classes];
        for (int c = 0; c < classes; c++) weights[c] = counts[c] == 0 ? 0f : (float)((double)labelled / ((double)classes * counts[c]));
        return weights;
    }
}
