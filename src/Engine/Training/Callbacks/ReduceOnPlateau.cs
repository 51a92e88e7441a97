namespace FastNets.Training.Callbacks;

/// <summary>Makes the learning rate smaller when a figure has not become better for some epochs.</summary>
/// <remarks>
/// The rate is multiplied by a factor below 1, as in PyTorch and Keras. (fastai's callback of the same purpose divides by its factor: a factor of 0.5
/// doubles the rate there.) As in PyTorch, the rate falls after more than <see cref="Patience"/> epochs in a row that were no better, and better is meant relatively:
/// a loss below best * (1 - threshold), an accuracy above best * (1 + threshold). The smaller rate stays after training.
/// </remarks>
public sealed class ReduceOnPlateau : TrainerCallback
{
    private double _best;
    private int _waited;
    private int _cooling;

    /// <summary>Sets the rule.</summary>
    /// <param name="monitor">The figure.</param>
    /// <param name="factor">What the rate is multiplied by, above 0 and below 1.</param>
    /// <param name="patience">How many epochs in a row may be no better before the rate falls at the next such one; 0 or more.</param>
    /// <param name="threshold">By which share a figure must be better than the best so far to count; 0 or more and below 1.</param>
    /// <param name="cooldown">How many epochs after a reduction do not count; 0 or more.</param>
    /// <param name="minimum">The smallest rate; 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public ReduceOnPlateau(
        MonitoredFigure monitor = MonitoredFigure.ValidationLoss, float factor = 0.1f, int patience = 10, double threshold = 1e-4, int cooldown = 0, float minimum = 0)
    {
        if (!(factor > 0 && factor < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(factor), factor, "The factor is what the learning rate is multiplied by: above 0 and below 1. To halve the rate give 0.5; where another library divides by its factor, give 1 / factor.");
        }

        if (!(threshold >= 0 && threshold < 1)) throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "The threshold is a share: 0 or more and below 1.");
        if (!float.IsFinite(minimum) || minimum < 0) throw new ArgumentOutOfRangeException(nameof(minimum), minimum, "The smallest learning rate is a finite number, 0 or more.");
        ArgumentOutOfRangeException.ThrowIfNegative(patience);
        ArgumentOutOfRangeException.ThrowIfNegative(cooldown);
        Monitor = MonitoredFigures.Valid(monitor, nameof(monitor));
        Factor = factor;
        Patience = patience;
        Threshold = threshold;
        Cooldown = cooldown;
        Minimum = minimum;
    }

    /// <summary>The figure.</summary>
    public MonitoredFigure Monitor { get; }

    /// <summary>What the rate is multiplied by.</summary>
    public float Factor { get; }

    /// <summary>How many epochs in a row may be no better.</summary>
    public int Patience { get; }

    /// <summary>By which share a figure must be better to count.</summary>
    public double Threshold { get; }

    /// <summary>How many epochs after a reduction do not count.</summary>
    public int Cooldown { get; }

    /// <summary>The smallest rate.</summary>
    public float Minimum { get; }

    /// <summary>How often the rate fell in the last run.</summary>
    public int Reductions { get; private set; }

    /// <inheritdoc/>
    public override void OnTrainBegin(TrainerContext context)
    {
        Monitor.Require(context, nameof(ReduceOnPlateau));
        _best = Monitor.Worst();
        _waited = 0;
        _cooling = 0;
        Reductions = 0;
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainerContext context, EpochRecord record)
    {
        double value = Monitor.Of(record);
        if (Monitor.MoreIsBetter() ? value > _best * (1 + (double.IsInfinity(_best) ? 0 : Threshold)) : value < _best * (1 - Threshold))
        {
            _best = value;
            _waited = 0;
        }
        else
        {
            _waited++;
        }

        if (_cooling > 0)
        {
            _cooling--;
            _waited = 0;
        }

        if (_waited <= Patience) return;
        _waited = 0;
        _cooling = Cooldown;
        float rate = Math.Max(Math.Max(context.Optimizer.LearningRate * Factor, Minimum), float.Epsilon);
        if (rate >= context.Optimizer.LearningRate) return;
        context.Optimizer.LearningRate = rate;
        Reductions++;
    }
}
