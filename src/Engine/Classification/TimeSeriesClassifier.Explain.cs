using FastNets.Classification.Explanation;
using FastNets.Data;
using FastNets.Rocket;

namespace FastNets.Classification;

/// <content>Why a series gets its class: the decision of a linear head, taken apart.</content>
public sealed partial class TimeSeriesClassifier
{
    /// <summary>Whether decisions can be explained: the head is linear on MiniRocket's features, as those of <see cref="ClassifierKind.Ridge"/> and <see cref="ClassifierKind.Softmax"/> are.</summary>
    public bool CanExplain => Front.Rocket is not null && Head.IsLinear;

    /// <summary>Says what each time step, channel, dilation and kernel contributes to the decision for a class on one series.</summary>
    /// <param name="series">The values, shape [<see cref="Channels"/>, length], of a length as in training, all finite.</param>
    /// <param name="classIndex">The class, as an index into <see cref="Classes"/>; null for the one that is predicted.</param>
    /// <exception cref="NotSupportedException">The classifier's head is not linear, see <see cref="CanExplain"/>.</exception>
    /// <exception cref="ArgumentException">The length is another one than in training.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    /// <exception cref="DataFormatException">A value is missing or infinite.</exception>
    /// <remarks>Runs on all threads of the pool; the same bits with any number of them. Takes some milliseconds, tens of times as long as a prediction. What is explained is the series after <see cref="ClassifierOptions.Preprocessing"/>.</remarks>
    public PredictionExplanation Explain(ReadOnlySpan<float> series, int? classIndex = null)
    {
        MiniRocketParameters parameters = RequireLinear();
        bool fits = parameters.AlwaysPads ? series.Length > 0 && series.Length % Channels == 0 : series.Length == Channels * parameters.InputLength;
        if (!fits)
            throw new ArgumentException($"The series has {series.Length} values, but the classifier was trained on {Channels} x {(parameters.AlwaysPads ? "any number" : parameters.InputLength)}.", nameof(series));
        return Explain(new SeriesSet("the series", Channels, [series.Length / Channels], series.ToArray(), [], _classes), 0, classIndex);
    }

    /// <summary>Says what each time step, channel, dilation and kernel contributes to the decision for a class on one series of a set.</summary>
    /// <param name="set">Series as in training; labels are not looked at.</param>
    /// <param name="series">The series' index.</param>
    /// <param name="classIndex">The class, as an index into <see cref="Classes"/>; null for the one that is predicted.</param>
    /// <exception cref="NotSupportedException">The classifier's head is not linear, see <see cref="CanExplain"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such series or class.</exception>
    /// <exception cref="DataFormatException">The series has other channels or another length than in training, or a value is missing or infinite.</exception>
    public PredictionExplanation Explain(SeriesSet set, int series, int? classIndex = null)
    {
        ArgumentNullException.ThrowIfNull(set);
        MiniRocketParameters parameters = RequireLinear();
        ArgumentOutOfRangeException.ThrowIfNegative(series);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(series, set.Count);
        if (classIndex is { } given && (uint)given >= (uint)_classes.Length)
            throw new ArgumentOutOfRangeException(nameof(classIndex), given, $"There are {_classes.Length} classes.");

        SeriesSet one = set.Subset([series]);
        CheckInput(one);
        int explained = classIndex ?? Predict(one).ClassIndices[0];
        LinearDecision decision;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            decision = Head.Decision(explained, Front.Scaler);
        }

        return LinearExplainer.Explain(parameters, decision, FrontEnd.Prepare(one, Front.Preprocessing).Series(0), explained);
    }

    private MiniRocketParameters RequireLinear()
        => CanExplain
            ? Front.Rocket!.Parameters
            : throw new NotSupportedException($"The kind {Options.Kind} cannot be explained: only a linear head on MiniRocket's features can, that of {ClassifierKind.Ridge} or {ClassifierKind.Softmax}.");
}
