using FastNets.Data;
using FastNets.Memory;
using FastNets.Serialization;
using FastNets.Training;
using FastNets.Training.Metrics;

namespace FastNets.Classification;

/// <summary>A trained classifier of time series: preprocessing, transform, scaler and head as one thing to predict with, to save and to load.</summary>
/// <remarks>
/// Thread-safe; predictions from several threads take turns. The same series, options and instruction set give the same model, byte for byte,
/// whatever the number of threads.
/// </remarks>
/// <example>
/// <code>
/// SeriesSet train = SeriesFile.Read("GunPoint_TRAIN.ts");
/// using TimeSeriesClassifier classifier = TimeSeriesClassifier.Train(train).Classifier;
/// classifier.Save("gunpoint.safetensors");
/// double accuracy = classifier.Evaluate(SeriesFile.Read("GunPoint_TEST.ts")).Accuracy;
/// </code>
/// </example>
public sealed partial class TimeSeriesClassifier : IDisposable
{
    // Features of so many series at a time, within these numbers of series: enough to keep all threads busy, whole batches of a network.
    private const int ChunkBytes = 16 << 20;
    private const int LeastChunkRows = 64;
    private const int MostChunkRows = 256;

    private readonly Lock _gate = new();
    private readonly string[] _classes;
    private bool _disposed;

    internal TimeSeriesClassifier(ClassifierOptions options, string[] classes, FrontEnd front, ClassifierHead head)
    {
        Options = options;
        _classes = classes;
        Front = front;
        Head = head;
    }

    /// <summary>How it was trained, all defaults filled in.</summary>
    public ClassifierOptions Options { get; }

    /// <summary>The names of the classes, in the order of their indices.</summary>
    public IReadOnlyList<string> Classes => _classes;

    /// <summary>The number of channels of the series.</summary>
    public int Channels => Front.Channels;

    /// <summary>The number of time steps of the series; where any is taken, the length that MiniRocket's dilations were chosen for.</summary>
    public int Length => Front.Length;

    /// <summary>Whether series of any length from 1 on are taken, not only of <see cref="Length"/>; see <see cref="ClassifierOptions.AlwaysPads"/>.</summary>
    public bool TakesAnyLength => Front.TakesAnyLength;

    /// <summary>The length of what the head reads: MiniRocket's features, or the series' values.</summary>
    public int FeatureCount => Front.RowLength;

    /// <summary>Whether scores are probabilities.</summary>
    public bool IsProbability => Head.IsProbability;

    internal FrontEnd Front { get; }

    internal ClassifierHead Head { get; }

    /// <summary>Where MiniRocket's sets of series and the network, if there is one, are computed; at first <see cref="Device.Default"/>. A ridge classifier's decision is always computed on the processor.</summary>
    /// <exception cref="Cuda.CudaUnavailableException">The device can't be used; the reason is in it.</exception>
    public Device Device => Head.Device ?? Front.Rocket?.Device ?? Device.Cpu;

    /// <summary>Moves the classifier to another device; its features have the same bits there, a network's scores differ by rounding.</summary>
    /// <param name="device">The device; <see cref="Device.Auto"/> is the first usable GPU, or the processor.</param>
    /// <exception cref="ObjectDisposedException">The classifier was disposed.</exception>
    /// <exception cref="Cuda.CudaUnavailableException">The device can't be used; the reason is in it.</exception>
    /// <exception cref="Cuda.CudaException">The device has too little memory, or failed.</exception>
    public void MoveTo(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        Device target = device.Resolve();
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            Head.MoveTo(target);
            Front.Rocket?.MoveTo(target);
        }
    }

    /// <summary>Trains a classifier.</summary>
    /// <param name="train">
    /// Labelled series of two or more classes, with any number of channels, all finite. Where MiniRocket comes first, 9 time steps or longer, or of lengths that differ, the longest with 9 or more; see
    /// <see cref="ClassifierOptions.AlwaysPads"/>. For <see cref="ClassifierKind.Mlp"/> of one length.
    /// </param>
    /// <param name="validation">Labelled series to measure, not to learn from; null for none, or see <see cref="ClassifierOptions.ValidationFraction"/>.</param>
    /// <param name="options">How to train; null for the defaults.</param>
    /// <param name="callback">Is told how it goes; null for nobody.</param>
    /// <param name="cancellation">Stops a network's training after the step that is being made: the result then has a classifier of that state and <see cref="TrainingHistory.Cancelled"/>.</param>
    /// <exception cref="DataFormatException">The series cannot be used; the message names the set and the numbers.</exception>
    /// <exception cref="ArgumentException">An option is out of range or does not go with the kind.</exception>
    /// <exception cref="TrainingDivergedException">A network's loss is no longer a finite number.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before there was anything to keep.</exception>
    public static TrainingResult Train(
        SeriesSet train,
        SeriesSet? validation = null,
        ClassifierOptions? options = null,
        ClassifierCallback? callback = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        options ??= new ClassifierOptions();
        ClassifierChecks.CheckOptions(options);
        options = ClassifierChecks.CheckTrain(train, options);
        if (validation is not null)
        {
            if (options.ValidationFraction is not null) throw new ArgumentException("Give validation series or a ValidationFraction, not both.", nameof(validation));
            ClassifierChecks.CheckInput(validation, train.Channels, options.AlwaysPads == true ? null : train.MaxLength);
            if (validation.Count == 0) throw DataFormatException.At(validation.Name, 0, "there is no series to validate with.");
            validation = validation.RequireLabels().WithClasses(train.Classes);
        }
        else if (options.ValidationFraction is { } fraction)
        {
            (int[] kept, int[] heldOut) = Splits.Stratified(train.Labels, fraction, options.Seed);
            if (heldOut.Length == 0) throw DataFormatException.At(train.Name, 0, $"no class of the {train.Count} series has two, so none can be held out for validation.");
            validation = train.Subset(heldOut);
            train = train.Subset(kept);
        }

        FeaturePlan plan = FeaturePlan.For(options, train, validation);
        return new ClassifierTraining(train, validation, options, plan, callback, cancellation).Run();
    }

    /// <summary>Reads a classifier that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file's path.</param>
    /// <exception cref="DataFormatException">There is no such file, or it is damaged, of another kind or version, or its parts do not fit one another; the message says which.</exception>
    public static TimeSeriesClassifier Load(string path) => ClassifierFile.Load(SafetensorsFile.Read(path));

    /// <summary>Reads a classifier that <see cref="Save"/> wrote.</summary>
    /// <param name="stream">The stream, at the beginning of the content.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <exception cref="DataFormatException">The content is damaged, of another kind or version, or its parts do not fit one another; the message says which.</exception>
    public static TimeSeriesClassifier Load(Stream stream, string name) => ClassifierFile.Load(SafetensorsFile.Read(stream, name));

    /// <summary>Writes everything that prediction needs, and how it was trained, as one safetensors file; an old file is replaced only when the new one is whole.</summary>
    /// <param name="path">The file's path.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <remarks>The same classifier gives the same bytes. A SHA-256 of the content is in the metadata and is checked by <see cref="Load(string)"/>.</remarks>
    public void Save(string path)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            ClassifierFile.Save(this, path);
        }
    }

    /// <summary>Classifies series. Features are computed a few hundred series at a time, so their number does not matter for memory.</summary>
    /// <param name="set">Series as in training; labels are not looked at.</param>
    /// <exception cref="DataFormatException">The series have other channels than in training, or another length where that counts, or a value is missing or infinite.</exception>
    public Predictions Predict(SeriesSet set)
    {
        CheckInput(set);
        return Run(set, [], out _);
    }

    /// <summary>Classifies one series.</summary>
    /// <param name="series">The values, shape [<see cref="Channels"/>, <see cref="Length"/>], or of any length that is taken; all finite.</param>
    /// <returns>The class, as an index into <see cref="Classes"/>.</returns>
    /// <exception cref="ArgumentException">The length is another one than in training, where that counts, or there is no value, or the channels are not of one length.</exception>
    /// <exception cref="DataFormatException">A value is missing or infinite.</exception>
    public int Predict(ReadOnlySpan<float> series)
    {
        Span<float> scores = _classes.Length <= 256 ? stackalloc float[_classes.Length] : new float[_classes.Length];
        return Predict(series, scores);
    }

    /// <summary>Classifies one series.</summary>
    /// <param name="series">The values, shape [<see cref="Channels"/>, <see cref="Length"/>], or of any length that is taken; all finite.</param>
    /// <param name="scores">The scores of the classes, shape [classes]; overwritten.</param>
    /// <returns>The class, as an index into <see cref="Classes"/>.</returns>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    /// <exception cref="DataFormatException">A value is missing or infinite.</exception>
    /// <remarks>A network's scores may differ in their last bits from those of the same series among others: products of one row are summed in another order.</remarks>
    public int Predict(ReadOnlySpan<float> series, Span<float> scores)
    {
        int length = LengthOf(series);
        if (scores.Length != _classes.Length)
            throw new ArgumentException($"There are {_classes.Length} classes, but room for {scores.Length} scores.", nameof(scores));
        Predictions predictions = Predict(new SeriesSet("the series", Channels, [length], series.ToArray(), [], _classes));
        predictions.Scores.CopyTo(scores);
        return predictions.ClassIndices[0];
    }

    /// <summary>Starts to classify a stream of samples by its latest window.</summary>
    /// <returns>The stream; to be disposed by the caller, and not to be used after this classifier was disposed.</returns>
    public ClassifierStream OpenStream()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new ClassifierStream(this);
    }

    /// <summary>Classifies series whose classes are known, and counts how often it is right.</summary>
    /// <param name="set">Labelled series as in training; classes are matched by name.</param>
    /// <exception cref="DataFormatException">The series have other channels than in training, or another length where that counts, a value is missing or infinite, there are no labels, or one did not occur in training.</exception>
    public ClassifierEvaluation Evaluate(SeriesSet set)
    {
        CheckInput(set);
        SeriesSet aligned = set.RequireLabels().WithClasses(_classes);
        Predictions predictions = Run(aligned, aligned.Labels, out double loss);
        var confusion = new ConfusionMatrix(aligned.Labels, predictions.ClassIndices, _classes.Length);
        return new ClassifierEvaluation(predictions, new ClassificationReport(confusion, _classes), double.IsNaN(loss) ? null : loss);
    }

    /// <summary>Frees the memory of the head, and what MiniRocket has on a GPU.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            Head.Dispose();
            Front.Rocket?.FreeGpu();
        }
    }

    /// <summary>Computes the scores of rows of features.</summary>
    /// <param name="rows">The rows, scaled.</param>
    /// <param name="labels">Their classes where the loss is asked for; else empty.</param>
    /// <param name="scores">Shape [rows, classes]; overwritten.</param>
    /// <returns>The sum of the rows' losses; NaN where it was not asked for or the scores are no probabilities.</returns>
    internal double ScoreRows(FeatureMatrix rows, ReadOnlySpan<int> labels, Span<float> scores)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return Head.Score(rows, labels, scores);
        }
    }

    private double Score(SeriesSet series, ReadOnlySpan<int> labels, FeatureMatrix rows, Span<float> scores)
    {
        Front.Write(series, rows);
        return ScoreRows(rows, labels, scores);
    }

    private int LengthOf(ReadOnlySpan<float> series)
    {
        if (TakesAnyLength ? series.Length > 0 && series.Length % Channels == 0 : series.Length == (long)Channels * Length) return series.Length / Channels;
        string wanted = TakesAnyLength ? $"{Channels} channels of any one length from 1 on" : $"{Channels} x {Length}";
        throw new ArgumentException($"The series has {series.Length} values, but the classifier was trained on {wanted}.", nameof(series));
    }

    private void CheckInput(SeriesSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        ClassifierChecks.CheckInput(set, Channels, Front.OnlyLength);
    }

    private Predictions Run(SeriesSet set, ReadOnlySpan<int> labels, out double loss)
    {
        int[] classes = new int[set.Count];
        float[] scores = new float[checked(set.Count * _classes.Length)];
        // The same memory for all chunks but the last: what the system takes to hand it out again is a tenth of the time.
        int chunkRows = Math.Clamp(ChunkBytes / sizeof(float) / FeatureCount / LeastChunkRows * LeastChunkRows, LeastChunkRows, MostChunkRows);
        using var chunk = new FeatureMatrix(Math.Min(chunkRows, set.Count), FeatureCount, clear: false);
        double sum = 0;
        for (int start = 0; start < set.Count; start += chunkRows)
        {
            int count = Math.Min(chunkRows, set.Count - start);
            Span<float> part = scores.AsSpan(start * _classes.Length, count * _classes.Length);
            ReadOnlySpan<int> partLabels = labels.IsEmpty ? default : labels.Slice(start, count);
            SeriesSet series = set.Subset([.. Enumerable.Range(start, count)]);
            if (count == chunk.Rows)
            {
                sum += Score(series, partLabels, chunk, part);
            }
            else
            {
                using var last = new FeatureMatrix(count, FeatureCount, clear: false);
                sum += Score(series, partLabels, last, part);
            }

            for (int i = 0; i < count; i++) classes[start + i] = ArgMax.Of(part.Slice(i * _classes.Length, _classes.Length));
        }

        loss = sum / set.Count;
        return new Predictions(_classes, classes, scores, IsProbability);
    }
}
