using FastNets.Data;
using FastNets.Memory;
using FastNets.Rocket;
using FastNets.Training;

namespace FastNets.Classification;

/// <summary>Classifies the latest window of a stream of samples, again and again.</summary>
/// <remarks>
/// Where MiniRocket comes first and series are taken as they are, its features are brought up to date with each sample (<see cref="MiniRocketStream"/>); where each series is
/// standardised first every window is another series, and is transformed anew. Scores are those of <see cref="TimeSeriesClassifier.Predict(ReadOnlySpan{float}, Span{float})"/> for the window.
/// Not thread-safe; several streams of one classifier may run on threads of their own.
/// </remarks>
public sealed class ClassifierStream : IDisposable
{
    private readonly TimeSeriesClassifier _classifier;
    private readonly MiniRocketStream? _rocket;
    private readonly FeatureMatrix? _features;
    private readonly float[] _window;
    private int _next;

    internal ClassifierStream(TimeSeriesClassifier classifier)
    {
        _classifier = classifier;
        WindowLength = classifier.Length;
        FrontEnd front = classifier.Front;
        if (front.Rocket is not null && front.Preprocessing == SeriesPreprocessing.None)
        {
            _rocket = new MiniRocketStream(front.Rocket, WindowLength);
            _features = new FeatureMatrix(1, front.RowLength);
            _window = [];
        }
        else
        {
            // Twice the length, so that the latest window is always in one piece.
            _window = new float[checked(2 * WindowLength * classifier.Channels)];
        }
    }

    /// <summary>The number of time steps of the window: that of the series that the classifier was trained on.</summary>
    public int WindowLength { get; }

    /// <summary>The number of channels of a sample.</summary>
    public int Channels => _classifier.Channels;

    /// <summary>The number of samples that were taken.</summary>
    public long Count { get; private set; }

    /// <summary>Whether there were enough samples to fill the window.</summary>
    public bool IsFull => Count >= WindowLength;

    /// <summary>Takes the next sample.</summary>
    /// <param name="sample">A value of each channel, all finite.</param>
    /// <exception cref="ArgumentException">There is another number of values.</exception>
    /// <exception cref="DataFormatException">A value is missing or infinite; the sample was not taken.</exception>
    public void Push(ReadOnlySpan<float> sample)
    {
        if (_rocket is not null)
        {
            _rocket.Push(sample);
        }
        else
        {
            MiniRocketStream.CheckSample(sample, Channels, Count);
            for (int channel = 0; channel < Channels; channel++)
            {
                Span<float> both = _window.AsSpan(channel * 2 * WindowLength, 2 * WindowLength);
                both[_next] = both[_next + WindowLength] = sample[channel];
            }

            _next = (_next + 1) % WindowLength;
        }

        Count++;
    }

    /// <summary>Classifies the latest window.</summary>
    /// <param name="scores">The scores of the classes, shape [classes]; overwritten.</param>
    /// <returns>The class, as an index into <see cref="TimeSeriesClassifier.Classes"/>.</returns>
    /// <exception cref="InvalidOperationException">The window is not full yet.</exception>
    /// <exception cref="ArgumentException">There is room for another number of scores.</exception>
    public int Predict(Span<float> scores)
    {
        if (!IsFull) throw new InvalidOperationException($"The window of {WindowLength} time steps is not full: {Count} samples were taken so far.");
        if (_rocket is null) return _classifier.Predict(Window(), scores);
        if (scores.Length != _classifier.Classes.Count)
            throw new ArgumentException($"There are {_classifier.Classes.Count} classes, but room for {scores.Length} scores.", nameof(scores));
        _rocket.Features(_features!.Row(0));
        _classifier.Front.Scaler?.Apply(_features.Row(0));
        _classifier.ScoreRows(_features, [], scores);
        return ArgMax.Of(scores);
    }

    /// <summary>Frees the memory; the classifier stays.</summary>
    public void Dispose()
    {
        _rocket?.Dispose();
        _features?.Dispose();
    }

    private float[] Window()
    {
        float[] window = new float[Channels * WindowLength];
        for (int channel = 0; channel < Channels; channel++)
            _window.AsSpan((channel * 2 * WindowLength) + _next, WindowLength).CopyTo(window.AsSpan(channel * WindowLength));
        return window;
    }
}
