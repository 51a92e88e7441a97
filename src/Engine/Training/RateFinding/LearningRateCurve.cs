namespace FastNets.Training.RateFinding;

/// <summary>One step of a sweep.</summary>
/// <param name="Rate">Its learning rate.</param>
/// <param name="Loss">The batch's mean loss before the update, penalties not included.</param>
/// <param name="SmoothedLoss">The running mean of losses up to here.</param>
public readonly record struct LearningRatePoint(float Rate, float Loss, double SmoothedLoss);

/// <summary>What a <see cref="LearningRateFinder"/> saw.</summary>
public sealed class LearningRateCurve
{
    // The last few rates belong to the divergence, as in fastai.
    private const int LeftOutAtEnd = 5;

    private readonly LearningRatePoint[] _points;

    internal LearningRateCurve(IReadOnlyList<LearningRatePoint> points, bool diverged, int leftOutAtStart)
    {
        _points = [.. points];
        Diverged = diverged;
        Suggest(leftOutAtStart);
    }

    /// <summary>The steps, with growing rates.</summary>
    public IReadOnlyList<LearningRatePoint> Points => _points;

    /// <summary>Whether the sweep ended because the loss diverged. Where it did not, larger rates may be worth a try.</summary>
    public bool Diverged { get; }

    /// <summary>The rate at which the smoothed loss fell fastest over the rate's logarithm; null where it fell nowhere.</summary>
    public float? Steepest { get; private set; }

    /// <summary>A tenth of the rate with the smallest smoothed loss; null where the sweep was too short to tell.</summary>
    public float? TenthOfMinimum { get; private set; }

    // The first tenth of the sweep, where the mean is still of few losses, and the last steps are left out, as far as something remains.
    private void Suggest(int leftOutAtStart)
    {
        int from = Math.Min(leftOutAtStart, _points.Length);
        int to = Diverged || _points.Length - from > 2 * LeftOutAtEnd ? _points.Length - LeftOutAtEnd : _points.Length;
        if (to - from < 2) return;
        int least = from;
        double steepest = 0;
        for (int i = from; i < to; i++)
        {
            if (_points[i].SmoothedLoss < _points[least].SmoothedLoss) least = i;
            if (i + 1 >= to) continue;

            // Rates are evenly spaced in logarithm, so that differences are slopes.
            double fall = _points[i].SmoothedLoss - _points[i + 1].SmoothedLoss;
            if (fall <= steepest) continue;
            steepest = fall;
            Steepest = _points[i].Rate;
        }

        TenthOfMinimum = _points[least].Rate / 10;
    }
}
