using FastNets.Kernels.Lanes;

namespace FastNets.Kernels.Losses;

/// <summary>Softmax with cross-entropy from logits by log-sum-exp, and its gradient.</summary>
/// <remarks>
/// <para>
/// With p = softmax(z) and a[c] = w[c] * ((1 - s) * t[c] + s / classes), where t is one-hot for class indices and w is 1 without class
/// weights, a row's loss is sum over c of a[c] * (1 - p[c])^gamma * -log(p[c]). The mean divides the rows' sum by the sum of the weights
/// of the rows' own classes (class indices), or by the number of rows (targets that are values): what PyTorch does. Nothing is clipped.
/// </para>
/// <para>
/// Where no row counts, or the weights that the mean divides by add up to 0, the total and all gradients are 0.
/// A class with a[c] = 0 adds nothing, even where its logit is minus infinity.
/// </para>
/// <para>Thread-safe. Same bits for the same instruction set, whatever the number of threads. Nothing is allocated.</para>
/// </remarks>
public static unsafe partial class CrossEntropyKernels
{
    private const int ElementsPerItem = 1 << 12;

    /// <summary>Cross-entropy with class indices.</summary>
    /// <param name="logits">z, [rows, classes].</param>
    /// <param name="targets">The class of each row, [rows], in [0, classes), or -1 for none where <see cref="CrossEntropySettings.IgnoreMissing"/>.</param>
    /// <param name="classWeights">w, [classes]; or empty.</param>
    /// <param name="lengths">[rows / steps]: row r counts only where r % steps is below the length of r / steps; or empty, then all do.</param>
    /// <param name="losses">[rows], overwritten: each row's loss, 0 for rows that don't count.</param>
    /// <param name="total">[1], overwritten: the mean or the sum.</param>
    /// <param name="dLogits">[rows, classes], overwritten: the gradient of the total; or empty. May be the logits.</param>
    /// <param name="probabilities">softmax(z), [rows, classes], overwritten, rows that don't count included; or empty. May be the logits.</param>
    /// <param name="rows">Rows, a multiple of the steps.</param>
    /// <param name="steps">Rows of a sample, at least 1.</param>
    /// <param name="classes">Columns, at least 1.</param>
    /// <param name="settings">Smoothing, focus, mean or sum, missing targets.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape, or the rows are no multiple of the steps.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting makes no sense, or the class of a row within its length is none; nothing is written then.</exception>
    public static void Run(
        ReadOnlySpan<float> logits, ReadOnlySpan<int> targets, ReadOnlySpan<float> classWeights, ReadOnlySpan<int> lengths, Span<float> losses, Span<float> total,
        Span<float> dLogits, Span<float> probabilities, int rows, int steps, int classes, CrossEntropySettings settings) =>
        Run(logits, targets, classWeights, lengths, losses, total, dLogits, probabilities, rows, steps, classes, settings, LaneLoop.Active);

    /// <summary>Cross-entropy with one-hot or soft targets.</summary>
    /// <param name="logits">z, [rows, classes].</param>
    /// <param name="targets">t, [rows, classes]; a row with a NaN is missing where <see cref="CrossEntropySettings.IgnoreMissing"/>.</param>
    /// <param name="classWeights">w, [classes]; or empty.</param>
    /// <param name="lengths">[rows / steps]: row r counts only where r % steps is below the length of r / steps; or empty, then all do.</param>
    /// <param name="losses">[rows], overwritten: each row's loss, 0 for rows that don't count.</param>
    /// <param name="total">[1], overwritten: the mean or the sum.</param>
    /// <param name="dLogits">[rows, classes], overwritten: the gradient of the total; or empty. May be the logits.</param>
    /// <param name="probabilities">softmax(z), [rows, classes], overwritten, rows that don't count included; or empty. May be the logits.</param>
    /// <param name="rows">Rows, a multiple of the steps.</param>
    /// <param name="steps">Rows of a sample, at least 1.</param>
    /// <param name="classes">Columns, at least 1.</param>
    /// <param name="settings">Smoothing, focus, mean or sum, missing targets.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape, or the rows are no multiple of the steps.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting makes no sense; nothing is written then.</exception>
    public static void Run(
        ReadOnlySpan<float> logits, ReadOnlySpan<float> targets, ReadOnlySpan<float> classWeights, ReadOnlySpan<int> lengths, Span<float> losses, Span<float> total,
        Span<float> dLogits, Span<float> probabilities, int rows, int steps, int classes, CrossEntropySettings settings) =>
        Run(logits, targets, classWeights, lengths, losses, total, dLogits, probabilities, rows, steps, classes, settings, LaneLoop.Active);

    internal static void Run(
        ReadOnlySpan<float> logits, ReadOnlySpan<int> targets, ReadOnlySpan<float> classWeights, ReadOnlySpan<int> lengths, Span<float> losses, Span<float> total,
        Span<float> dLogits, Span<float> probabilities, int rows, int steps, int classes, CrossEntropySettings settings, Isa isa)
    {
        Shape.Require(targets.Length, rows, nameof(targets));
        fixed (int* t = targets)
            Run(logits, t, null, classWeights, lengths, losses, total, dLogits, probabilities, rows, steps, classes, settings, isa);
    }

    internal static void Run(
        ReadOnlySpan<float> logits, ReadOnlySpan<float> targets, ReadOnlySpan<float> classWeights, ReadOnlySpan<int> lengths, Span<float> losses, Span<float> total,
        Span<float> dLogits, Span<float> probabilities, int rows, int steps, int classes, CrossEntropySettings settings, Isa isa)
    {
        Shape.Require(targets.Length, rows, classes, nameof(targets));
        fixed (float* t = targets)
            Run(logits, null, t, classWeights, lengths, losses, total, dLogits, probabilities, rows, steps, classes, settings, isa);
    }

    private static void Run(
        ReadOnlySpan<float> logits, int* indices, float* values, ReadOnlySpan<float> classWeights, ReadOnlySpan<int> lengths, Span<float> losses, Span<float> total,
        Span<float> dLogits, Span<float> probabilities, int rows, int steps, int classes, CrossEntropySettings settings, Isa isa)
    {
        Shape.Require(logits.Length, rows, classes, nameof(logits));
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        if (rows % steps != 0) throw new ArgumentException($"{rows} rows are not a multiple of {steps} steps.", nameof(rows));
        Shape.RequireIfAny(classWeights.Length, 1, classes, nameof(classWeights));
        Shape.RequireIfAny(lengths.Length, 1, rows / steps, nameof(lengths));
        Shape.Require(losses.Length, rows, nameof(losses));
        Shape.Require(total.Length, 1, nameof(total));
        Shape.RequireIfAny(dLogits.Length, rows, classes, nameof(dLogits));
        Shape.RequireIfAny(probabilities.Length, rows, classes, nameof(probabilities));
        RequireSettings(settings);
        fixed (float* z = logits, w = classWeights, l = losses, d = dLogits, p = probabilities)
        fixed (int* n = lengths)
        {
            var samples = new SampleSteps(n, steps);
            if (indices is not null) RequireClasses(indices, samples, rows, classes, settings.IgnoreMissing);
            int rowsPerItem = Math.Max(1, ElementsPerItem / classes);
            int items = (rows + rowsPerItem - 1) / rowsPerItem;
            bool parallel = (long)rows * classes >= LaneLoop.ParallelElements / 2;

            // The gradient's scale depends on which rows count: said by a 1 in the place of their losses, else a 0.
            if (values is not null && settings.IgnoreMissing) LaneLoop.Run(isa, items, parallel, new PresentBody(values, samples, l, rows, classes, rowsPerItem));
            else MarkRows(indices, samples, l, rows);
            double divisor = Divisor(indices, w, l, rows);
            double scale = settings.Sum ? 1 : divisor == 0 ? 0 : 1 / divisor;
            LaneLoop.Run(isa, items, parallel, new RowBody(z, indices, values, w, l, d, p, rows, classes, rowsPerItem, settings, scale));
            double sum = 0;
            for (int row = 0; row < rows; row++) sum += l[row];
            total[0] = scale == 0 ? 0f : settings.Sum ? (float)sum : (float)(sum / divisor);
        }
    }

    private static void RequireSettings(CrossEntropySettings settings)
    {
        if (settings.LabelSmoothing is not (>= 0f and < 1f))
            throw new ArgumentOutOfRangeException(nameof(settings), settings.LabelSmoothing, "Label smoothing must be at least 0 and below 1.");
        if (settings.FocalGamma is not (>= 0f and < float.PositiveInfinity))
            throw new ArgumentOutOfRangeException(nameof(settings), settings.FocalGamma, "The focal loss's gamma must be finite and at least 0.");
    }

    private static void RequireClasses(int* targets, SampleSteps samples, int rows, int classes, bool ignoreMissing)
    {
        for (int row = 0; row < rows; row++)
        {
            int index = targets[row];
            if ((uint)index < (uint)classes || (index == -1 && ignoreMissing) || !samples.HasRow(row)) continue;
            string hint = index == -1 ? $" To train with missing labels, set {nameof(CrossEntropySettings.IgnoreMissing)}: then -1 counts for nothing." : "";
            throw new ArgumentOutOfRangeException(
                nameof(targets), index, $"Row {row} of the batch has class {index}; with {classes} classes it must be 0 to {classes - 1}.{hint}");
        }
    }

    // Indices of rows within their lengths are checked: a negative one is a missing one.
    private static void MarkRows(int* indices, SampleSteps samples, float* losses, int rows)
    {
        for (int row = 0; row < rows; row++) losses[row] = samples.HasRow(row) && (indices is null || indices[row] >= 0) ? 1f : 0f;
    }

    private static double Divisor(int* indices, float* classWeights, float* counts, int rows)
    {
        double divisor = 0;
        for (int row = 0; row < rows; row++)
        {
            if (counts[row] != 0) divisor += indices is null || classWeights is null ? 1 : classWeights[indices[row]];
        }

        return divisor;
    }
}
