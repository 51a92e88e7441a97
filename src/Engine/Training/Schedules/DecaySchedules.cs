using System.Globalization;

namespace FastNets.Training.Schedules;

/// <summary>Always the optimizer's own rate.</summary>
public sealed class ConstantRate : LearningRateSchedule
{
    /// <inheritdoc/>
    public override string Description => "constant";

    /// <inheritdoc/>
    protected internal override double RateAt(double baseRate, TrainingProgress progress) => baseRate;
}

/// <summary>Multiplies the rate by a factor every few epochs: PyTorch's StepLR.</summary>
public sealed class StepDecay : LearningRateSchedule
{
    /// <summary>Sets the schedule.</summary>
    /// <param name="every">How many epochs or steps a rate stays; 1 or more.</param>
    /// <param name="factor">What it is multiplied by then, in (0, 1].</param>
    /// <param name="unit">What is counted.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public StepDecay(int every, double factor = 0.1, ScheduleUnit unit = ScheduleUnit.Epochs)
    {
        Every = AtLeastOne(every, nameof(every));
        DecayFactor = Factor(factor, nameof(factor));
        Unit = unit;
    }

    /// <summary>How many epochs or steps a rate stays.</summary>
    public int Every { get; }

    /// <summary>What the rate is multiplied by then.</summary>
    public double DecayFactor { get; }

    /// <summary>What is counted.</summary>
    public ScheduleUnit Unit { get; }

    /// <inheritdoc/>
    public override string Description => string.Create(CultureInfo.InvariantCulture, $"step decay(x {DecayFactor} every {Every} {Unit.Name()})");

    /// <inheritdoc/>
    protected internal override double RateAt(double baseRate, TrainingProgress progress) => baseRate * Math.Pow(DecayFactor, Unit.Done(progress) / Every);
}

/// <summary>Multiplies the rate by a factor at given epochs: PyTorch's MultiStepLR.</summary>
public sealed class MultiStepDecay : LearningRateSchedule
{
    private readonly int[] _milestones;

    /// <summary>Sets the schedule.</summary>
    /// <param name="milestones">After how many epochs or steps, counted from the start, the rate is multiplied; 1 or more each, growing.</param>
    /// <param name="factor">What it is multiplied by then, in (0, 1].</param>
    /// <param name="unit">What is counted.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    /// <exception cref="ArgumentException">There are no milestones, or they don't grow.</exception>
    public MultiStepDecay(IReadOnlyList<int> milestones, double factor = 0.1, ScheduleUnit unit = ScheduleUnit.Epochs)
    {
        ArgumentNullException.ThrowIfNull(milestones);
        _milestones = [.. milestones];
        if (_milestones.Length == 0) throw new ArgumentException("A multi-step decay has one milestone or more.", nameof(milestones));
        for (int i = 0; i < _milestones.Length; i++)
        {
            AtLeastOne(_milestones[i], nameof(milestones));
            if (i > 0 && _milestones[i] <= _milestones[i - 1])
                throw new ArgumentException($"Milestones grow, but {_milestones[i]} comes after {_milestones[i - 1]}.", nameof(milestones));
        }

        DecayFactor = Factor(factor, nameof(factor));
        Unit = unit;
    }

    /// <summary>After how many epochs or steps the rate is multiplied.</summary>
    public IReadOnlyList<int> Milestones => _milestones;

    /// <summary>What the rate is multiplied by then.</summary>
    public double DecayFactor { get; }

    /// <summary>What is counted.</summary>
    public ScheduleUnit Unit { get; }

    /// <inheritdoc/>
    public override string Description => string.Create(CultureInfo.InvariantCulture, $"multi-step decay(x {DecayFactor} after {string.Join(", ", _milestones)} {Unit.Name()})");

    /// <inheritdoc/>
    protected internal override double RateAt(double baseRate, TrainingProgress progress)
    {
        long done = Unit.Done(progress);
        int passed = 0;
        while (passed < _milestones.Length && done >= _milestones[passed]) passed++;
        return baseRate * Math.Pow(DecayFactor, passed);
    }
}

/// <summary>Multiplies the rate by a factor each epoch or each step: PyTorch's ExponentialLR.</summary>
public sealed class ExponentialDecay : LearningRateSchedule
{
    /// <summary>Sets the schedule.</summary>
    /// <param name="factor">What the rate is multiplied by, in (0, 1].</param>
    /// <param name="unit">How often.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is out of its range.</exception>
    public ExponentialDecay(double factor, ScheduleUnit unit = ScheduleUnit.Epochs)
    {
        DecayFactor = Factor(factor, nameof(factor));
        Unit = unit;
    }

    /// <summary>What the rate is multiplied by.</summary>
    public double DecayFactor { get; }

    /// <summary>How often.</summary>
    public ScheduleUnit Unit { get; }

    /// <inheritdoc/>
    public override string Description => string.Create(CultureInfo.InvariantCulture, $"exponential decay(x {DecayFactor}, {Unit.Name()})");

    /// <inheritdoc/>
    protected internal override double RateAt(double baseRate, TrainingProgress progress) => baseRate * Math.Pow(DecayFactor, Unit.Done(progress));
}

/// <summary>From the optimizer's rate down to a smallest one along half a cosine over all steps (Loshchilov and Hutter, 2017, without restarts).</summary>
/// <remarks>The rate of step t of T is min + (base - min) * (1 + cos(pi * t / T)) / 2: the smallest rate itself would be that of step T.</remarks>
public sealed class CosineAnnealing : LearningRateSchedule
{
    /// <summary>Sets the schedule.</summary>
    /// <param name="minimum">The smallest rate, 0 or more; a base rate below it goes up to it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The minimum is not a finite number, 0 or more.</exception>
    public CosineAnnealing(double minimum = 0)
        => Minimum = double.IsFinite(minimum) && minimum >= 0 ? minimum : throw new ArgumentOutOfRangeException(nameof(minimum), minimum, "The smallest learning rate is a finite number, 0 or more.");

    /// <summary>The smallest rate.</summary>
    public double Minimum { get; }

    /// <inheritdoc/>
    public override string Description => string.Create(CultureInfo.InvariantCulture, $"cosine annealing(to {Minimum})");

    /// <inheritdoc/>
    protected internal override double RateAt(double baseRate, TrainingProgress progress) => Cosine(baseRate, Minimum, (double)progress.Step / progress.Steps);
}
