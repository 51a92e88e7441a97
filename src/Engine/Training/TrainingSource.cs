using FastNets.Backends;
using FastNets.Data;
using FastNets.Memory;
using FastNets.Rocket;

namespace FastNets.Training;

/// <summary>Samples and their targets, from which a <see cref="Trainer"/> takes its batches.</summary>
/// <remarks>
/// Holds references, not copies: rows go straight from here into the network's own memory. What it refers to must not change or be
/// disposed while it is in use. Reading is thread-safe.
/// </remarks>
public sealed class TrainingSource
{
    private readonly SampleRows _rows;
    private readonly ReadOnlyMemory<int> _labels;
    private readonly FeatureMatrix? _targets;
    private readonly bool _reconstructs;

    private TrainingSource(string name, SampleRows rows, ReadOnlyMemory<int> labels, FeatureMatrix? targets, bool reconstructs = false)
    {
        Name = name;
        _rows = rows;
        _labels = labels;
        _targets = targets;
        _reconstructs = reconstructs;
        if (reconstructs) return;
        if (targets is not null && targets.Rows != Count) throw new ArgumentException($"{name}: {Count} samples, but {targets.Rows} rows of targets.");
        if (targets is null && (Count == 0 ? labels.Length > 0 : labels.Length == 0 || labels.Length % Count != 0))
            throw new ArgumentException($"{name}: {Count} samples, but {labels.Length} labels.");
    }

    /// <summary>What the samples are called in messages.</summary>
    public string Name { get; }

    /// <summary>The number of samples.</summary>
    public int Count => _rows.Count;

    /// <summary>The length of a sample (of series of different lengths, of the longest).</summary>
    public int RowLength => _rows.Length;

    /// <summary>Whether the targets are class indices or values.</summary>
    public TargetKind Targets => _targets is null && !_reconstructs ? TargetKind.ClassIndices : TargetKind.Values;

    /// <summary>The number of target values of a sample; of class indices, 1, or as many as steps that have one.</summary>
    public int TargetLength => _reconstructs ? RowLength : _targets?.Columns ?? LabelsPerSample;

    /// <summary>Class indices; empty where the targets are values.</summary>
    internal ReadOnlySpan<int> Labels => _labels.Span;

    private int LabelsPerSample => Count == 0 ? 1 : _labels.Length / Count;

    /// <summary>Rows of features with a class each (or with a class for each step of a sequence).</summary>
    /// <param name="features">The samples, shape [count, features]; for a network that takes sequences [count, steps * channels], step after step.</param>
    /// <param name="labels">The class indices, shape [count], or [count, steps].</param>
    /// <param name="name">What the samples are called in messages.</param>
    /// <exception cref="ArgumentException">The counts differ.</exception>
    public static TrainingSource FromFeatures(FeatureMatrix features, ReadOnlyMemory<int> labels, string name = "features")
        => new(name, new FeatureRows(features ?? throw new ArgumentNullException(nameof(features))), labels, null);

    /// <summary>Rows of features with values, one-hot or soft classes each.</summary>
    /// <param name="features">The samples, shape [count, features]; for a network that takes sequences [count, steps * channels], step after step.</param>
    /// <param name="targets">The targets, shape [count, outputs].</param>
    /// <param name="name">What the samples are called in messages.</param>
    /// <exception cref="ArgumentException">The counts differ.</exception>
    public static TrainingSource FromFeatures(FeatureMatrix features, FeatureMatrix targets, string name = "features")
        => new(name, new FeatureRows(features ?? throw new ArgumentNullException(nameof(features))), default, targets ?? throw new ArgumentNullException(nameof(targets)));

    /// <summary>Samples of whole numbers with a class each, for a network with an <see cref="Embedding"/>.</summary>
    /// <param name="tokens">The numbers, shape [count, length].</param>
    /// <param name="length">The numbers of a sample.</param>
    /// <param name="labels">The class indices, shape [count].</param>
    /// <param name="name">What the samples are called in messages.</param>
    /// <exception cref="ArgumentException">The numbers don't fill whole samples, or the counts differ.</exception>
    public static TrainingSource FromTokens(ReadOnlyMemory<int> tokens, int length, ReadOnlyMemory<int> labels, string name = "tokens")
        => new(name, new TokenRows(tokens, length, name), labels, null);

    /// <summary>
    /// Series with their classes. A network that takes a vector gets a series channel after channel, [channels * length]; one that takes a sequence gets it
    /// step after step, [length, channels], and may take series of different lengths where it was declared with Lengths.
    /// </summary>
    /// <param name="set">Series with labels.</param>
    /// <exception cref="DataFormatException">There are no labels.</exception>
    public static TrainingSource FromSeries(SeriesSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        set.RequireLabels();
        return new TrainingSource(set.Name, new SeriesRows(set), set.Labels.ToArray(), null);
    }

    /// <summary>Series with values; see <see cref="FromSeries(SeriesSet)"/> for how a network gets them.</summary>
    /// <param name="set">Series.</param>
    /// <param name="targets">The targets, shape [count, outputs].</param>
    /// <exception cref="ArgumentException">The counts differ.</exception>
    public static TrainingSource FromSeries(SeriesSet set, FeatureMatrix targets)
    {
        ArgumentNullException.ThrowIfNull(set);
        return new TrainingSource(set.Name, new SeriesRows(set), default, targets ?? throw new ArgumentNullException(nameof(targets)));
    }

    /// <summary>
    /// Series with their classes, of which a network gets MiniRocket's features. They are computed for each batch anew, on all threads and straight into the network's memory: an epoch
    /// takes as long as a transform of all series, and no more memory than a batch.
    /// </summary>
    /// <param name="set">Series with labels, such as the transform takes.</param>
    /// <param name="transform">The transform.</param>
    /// <param name="scaler">What then scales the features; null for nothing. <see cref="StandardScaler.Fit(int, Action{TakeRows}, bool)"/> measures them without keeping them.</param>
    /// <exception cref="DataFormatException">There are no labels, or the transform does not take such series.</exception>
    /// <exception cref="ArgumentException">The scaler is for another number of features.</exception>
    /// <remarks>Gives a network the same bits as <see cref="FromFeatures(FeatureMatrix, ReadOnlyMemory{int}, string)"/> does with the same features in memory.</remarks>
    public static TrainingSource FromTransform(SeriesSet set, MiniRocket transform, StandardScaler? scaler = null)
    {
        var rows = new TransformedRows(set, transform, scaler);
        set.RequireLabels();
        return new TrainingSource(set.Name, rows, set.Labels.ToArray(), null);
    }

    /// <summary>Series with values, of which a network gets MiniRocket's features; see <see cref="FromTransform(SeriesSet, MiniRocket, StandardScaler?)"/>.</summary>
    /// <param name="set">Series such as the transform takes.</param>
    /// <param name="transform">The transform.</param>
    /// <param name="scaler">What then scales the features; null for nothing.</param>
    /// <param name="targets">The targets, shape [count, outputs].</param>
    /// <exception cref="DataFormatException">The transform does not take such series.</exception>
    /// <exception cref="ArgumentException">The counts differ, or the scaler is for another number of features.</exception>
    public static TrainingSource FromTransform(SeriesSet set, MiniRocket transform, StandardScaler? scaler, FeatureMatrix targets)
    {
        var rows = new TransformedRows(set, transform, scaler);
        return new TrainingSource(set.Name, rows, default, targets ?? throw new ArgumentNullException(nameof(targets)));
    }

    /// <summary>Series that are their own targets, for an autoencoder.</summary>
    /// <param name="set">Series.</param>
    public static TrainingSource Reconstructing(SeriesSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return new TrainingSource(set.Name, new SeriesRows(set), default, null, reconstructs: true);
    }

    /// <summary>Puts samples and their targets where the network reads its next batch.</summary>
    /// <param name="network">The network; its sizes were checked.</param>
    /// <param name="rows">The samples' indices.</param>
    internal void Put(Network network, ReadOnlySpan<int> rows)
    {
        _rows.Put(network, rows);
        if (Targets == TargetKind.ClassIndices)
        {
            int each = LabelsPerSample;
            Span<int> labels = network.LabelRows(rows.Length);
            ReadOnlySpan<int> all = _labels.Span;
            for (int i = 0; i < rows.Length; i++) all.Slice(rows[i] * each, each).CopyTo(labels.Slice(i * each, each));
            return;
        }

        Span<float> targets = network.TargetRows(rows.Length);
        if (_reconstructs)
        {
            network.InputRows(rows.Length).CopyTo(targets);
            return;
        }

        for (int i = 0; i < rows.Length; i++) _targets!.Row(rows[i]).CopyTo(targets.Slice(i * TargetLength, TargetLength));
    }

    /// <summary>The number of target values that <see cref="Put"/> gives a network of each sample: of series that are their own targets, the network's whole row.</summary>
    /// <param name="network">The network; its input was checked.</param>
    internal int TargetLengthFor(Network network) => _reconstructs ? network.InputLength : TargetLength;

    /// <summary>How many steps a sample has of its own.</summary>
    /// <param name="row">The sample's index.</param>
    /// <param name="steps">The network's steps.</param>
    internal int StepsOf(int row, int steps) => _rows.StepsOf(row, steps);

    /// <summary>Why the samples do not fit a network's input; null where they do.</summary>
    /// <param name="network">The network.</param>
    internal string? InputProblem(Network network) => _rows.Problem(network);
}
