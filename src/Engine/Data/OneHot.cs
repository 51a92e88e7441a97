namespace FastNets.Data;

/// <summary>Labels as rows of zeros with a single one.</summary>
public static class OneHot
{
    /// <summary>Writes labels as rows.</summary>
    /// <param name="labels">Each sample's class, 0 to <paramref name="classes"/> - 1.</param>
    /// <param name="classes">The number of classes, at least 1.</param>
    /// <param name="rows">The result, shape [labels, classes]; overwritten.</param>
    /// <exception cref="ArgumentException">A label is outside the classes, or the result has another size.</exception>
    public static void Encode(ReadOnlySpan<int> labels, int classes, Span<float> rows)
    {
        CheckSizes(labels.Length, classes, rows.Length, nameof(rows));
        foreach (int label in labels)
        {
            if ((uint)label >= (uint)classes) throw new ArgumentException($"The label {label} is none of the classes 0 to {classes - 1}.", nameof(labels));
        }

        rows.Clear();
        for (int i = 0; i < labels.Length; i++) rows[(i * classes) + labels[i]] = 1;
    }

    /// <summary>Reads labels from rows.</summary>
    /// <param name="rows">Shape [labels, classes], each row zeros and a single one.</param>
    /// <param name="classes">The number of classes, at least 1.</param>
    /// <param name="labels">The result; overwritten.</param>
    /// <exception cref="ArgumentException">A row is not of that kind, or the result has another size.</exception>
    public static void Decode(ReadOnlySpan<float> rows, int classes, Span<int> labels)
    {
        CheckSizes(labels.Length, classes, rows.Length, nameof(rows));
        for (int i = 0; i < labels.Length; i++)
        {
            ReadOnlySpan<float> row = rows.Slice(i * classes, classes);
            int one = row.IndexOf(1f);
            if (one < 0 || row[..one].ContainsAnyExcept(0f) || row[(one + 1)..].ContainsAnyExcept(0f))
                throw new ArgumentException($"Row {i} is not zeros with a single one.", nameof(rows));
            labels[i] = one;
        }
    }

    private static void CheckSizes(int labels, int classes, int elements, string parameter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        if ((long)labels * classes != elements)
            throw new ArgumentException($"{labels} labels of {classes} classes need {(long)labels * classes} elements, but there are {elements}.", parameter);
    }
}
