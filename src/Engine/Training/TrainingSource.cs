using FastNets.Backends;
using FastNets.Data;
using FastNets.Memory;

namespace FastNets.Training;

/// <summary>Samples and their targets, from which a <see cref="Trainer"/> takes its batches.</summary>
/// <remarks>
/// Holds references, not copies: rows go straight from here into the network's own memory. What it refers to must not change or be
/// disposed while it is in use. Reading is thread-safe.
/// </remarks>
public sealed class TrainingSource
{
    private readonly FeatureMatrix? _features;
    private readonly SeriesSet? _series;
    private readonly ReadOnlyMemory<int> _labels;
    private readonly FeatureMatrix? _targets;

    private TrainingSource(string name, int count, int rowLength, FeatureMatrix? features, SeriesSet? series, ReadOnlyMemory<int> labels, FeatureMatrix? targets)
    {
        Name = name;
        Count = count;
        RowLength = rowLength;
        _features = features;
        _series = series;
        _labels = labels;
        _targets = targets;
        int given = targets?.Rows ?? labels.Length;
        if (given != count) throw new ArgumentException($"{name}: {count} samples, but {given} {(targets is null ? "labels" : "rows of targets")}.");
    }

    /// <summary>What the samples are called in messages.</summary>
    public string Name { get; }

    /// <summary>The number of samples.</summary>
    public int Count { get; }

    /// <summary>The length of a sample.</summary>
    public int RowLength { get; }

    /// <summary>Whether the targets are class indices or values.</summary>
    public TargetKind Targets => _targets is null ? TargetKind.ClassIndices : TargetKind.Values;

    /// <summary>The number of target values of a sample; 1 for class indices.</summary>
    public int TargetLength => _targets?.Columns ?? 1;

    /// <summary>Class indices; empty where the targets are values.</summary>
    internal ReadOnlySpan<int> Labels => _labels.Span;

    /// <summary>Rows of features with a class each.</summary>
    /// <param name="features">The samples, shape [count, features].</param>
    /// <param name="labels">The class indices, shape [count].</param>
    /// <param name="name">What the samples are called in messages.</param>
    /// <exception cref="ArgumentException">The counts differ.</exception>
    public static TrainingSource FromFeatures(FeatureMatrix features, ReadOnlyMemory<int> labels, string name = "features")
    {
        ArgumentNullException.ThrowIfNull(features);
        return new TrainingSource(name, features.Rows, features.Columns, features, null, labels, null);
    }

    /// <summary>Rows of features with values, one-hot or soft classes each.</summary>
    /// <param name="features">The samples, shape [count, features].</param>
    /// <param name="targets">The targets, shape [count, outputs].</param>
    /// <param name="name">What the samples are called in messages.</param>
    /// <exception cref="ArgumentException">The counts differ.</exception>
    public static TrainingSource FromFeatures(FeatureMatrix features, FeatureMatrix targets, string name = "features")
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(targets);
        return new TrainingSource(name, features.Rows, features.Columns, features, null, default, targets);
    }

    /// <summary>Series with their classes: a sample is a series channel after channel, [channels * length].</summary>
    /// <param name="set">Series of one length, with labels.</param>
    /// <exception cref="DataFormatException">Lengths differ, or there are no labels.</exception>
    public static TrainingSource FromSeries(SeriesSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        set.RequireEqualLength().RequireLabels();
        return new TrainingSource(set.Name, set.Count, RowLengthOf(set), null, set, set.Labels.ToArray(), null);
    }

    /// <summary>Series with values: a sample is a series channel after channel, [channels * length].</summary>
    /// <param name="set">Series of one length.</param>
    /// <param name="targets">The targets, shape [count, outputs].</param>
    /// <exception cref="DataFormatException">Lengths differ.</exception>
    /// <exception cref="ArgumentException">The counts differ.</exception>
    public static TrainingSource FromSeries(SeriesSet set, FeatureMatrix targets)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(targets);
        set.RequireEqualLength();
        return new TrainingSource(set.Name, set.Count, RowLengthOf(set), null, set, default, targets);
    }

    /// <summary>Puts samples and their targets where the network reads its next batch.</summary>
    /// <param name="network">The network; its sizes were checked.</param>
    /// <param name="rows">The samples' indices.</param>
    internal void Put(Network network, ReadOnlySpan<int> rows)
    {
        Span<float> x = network.InputRows(rows.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            ReadOnlySpan<float> row = _features is not null ? _features.Row(rows[i]) : _series!.Series(rows[i]);
            row.CopyTo(x.Slice(i * RowLength, RowLength));
        }

        if (_targets is null)
        {
            Span<int> labels = network.LabelRows(rows.Length);
            ReadOnlySpan<int> all = _labels.Span;
            for (int i = 0; i < rows.Length; i++) labels[i] = all[rows[i]];
        }
        else
        {
            Span<float> targets = network.TargetRows(rows.Length);
            for (int i = 0; i < rows.Length; i++) _targets.Row(rows[i]).CopyTo(targets.Slice(i * TargetLength, TargetLength));
        }
    }

    /// <summary>The class of a sample: its index, or where its target values are largest.</summary>
    /// <param name="row">The sample's index.</param>
    internal int ClassOf(int row) => _targets is null ? _labels.Span[row] : ArgMax.Of(_targets.Row(row));

    private static int RowLengthOf(SeriesSet set) => checked(set.Channels * set.MaxLength);
}
