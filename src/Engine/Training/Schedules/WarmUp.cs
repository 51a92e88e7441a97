using System.Globalization;

namespace FastNets.Training.Schedules;

/// <summary>A rate that first grows in a straight line, in front of another schedule.</summary>
/// <remarks>
/// Step t of W steps of warm-up has the rate r * (s + (1 - s) * t / W): r is the following schedule's first rate, s the factor of the start, as in
/// PyTorch's LinearLR. The schedule behind counts its steps and epochs from the end of the warm-up, and runs over what is left of training.
/// </remarks>
public sealed class WarmUp : LearningRateSchedule
{
    private readonly LearningRateSchedule _then;

    /// <summary>Sets the schedule.</summary>
    /// <param name="steps">How many steps the warm-up takes; 1 or more. Where training has no more, it is all warm-up.</param>
    /// <param name="then">What follows; null for the optimizer's own rate.</param>
    /// <param name="startFactor">The first step's share of the rate, in (0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public WarmUp(int steps, LearningRateSchedule? then = null, double startFactor = 0.1)
    {
        Steps = AtLeastOne(steps, nameof(steps));
        _then = then ?? new ConstantRate();
        StartFactor = Factor(startFactor, nameof(startFactor));
    }

    /// <summary>How many steps the warm-up takes.</summary>
    public int Steps { get; }

    /// <summary>The first step's share of the rate.</summary>
    public double StartFactor { get; }

    /// <inheritdoc/>
    public override string Description => string.Create(CultureInfo.InvariantCulture, $"warm-up({Steps} steps from x {StartFactor}), then {_then.Description}");

    /// <inheritdoc/>
    protected internal override double RateAt(double baseRate, TrainingProgress progress)
    {
        double rate = _then.RateAt(baseRate, Rest(progress));
        return progress.Step >= Steps ? rate : rate * (StartFactor + ((1 - StartFactor) * progress.Step / Steps));
    }

    /// <inheritdoc/>
    protected internal override double? MomentumAt(TrainingProgress progress) => _then.MomentumAt(Rest(progress));

    // The place that the schedule behind sees: its first step as long as the warm-up lasts.
    private TrainingProgress Rest(TrainingProgress progress)
        => progress with { Step = Math.Max(progress.Step - Steps, 0), Steps = Math.Max(progress.Steps - Steps, 1) };
}
