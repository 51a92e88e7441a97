using System.Globalization;

namespace FastNets.Training.Schedules;

/// <summary>One cycle (Smith and Topin, 2018): the rate grows to its maximum and then falls far below its start, each along half a cosine, while momentum does the opposite.</summary>
/// <remarks>
/// The optimizer's own rate is the maximum. Defaults are those of fastai's fit_one_cycle: the first quarter of the steps from maximum / 25 to the maximum, the rest
/// down to maximum / 1e5, momentum from 0.95 to 0.85 and back. So the very first steps run at a 25th of the given rate, and training for one step only runs
/// there altogether. With <see cref="PyTorch"/> the numbers are those of OneCycleLR. An optimizer that was made without momentum keeps none.
/// </remarks>
public sealed class OneCycle : LearningRateSchedule
{
    private readonly bool _reachesEnd;

    /// <summary>Sets the schedule.</summary>
    /// <param name="startFraction">The share of steps in which the rate grows, in (0, 1).</param>
    /// <param name="division">The maximum divided by the first rate; 1 or more.</param>
    /// <param name="finalDivision">The maximum divided by the rate at the end; 1 or more.</param>
    /// <param name="momentum">The momentum at the start and at the end, in [0, 1).</param>
    /// <param name="lowMomentum">The momentum where the rate is largest, in [0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public OneCycle(double startFraction = 0.25, double division = 25, double finalDivision = 1e5, double momentum = 0.95, double lowMomentum = 0.85)
        : this(startFraction, division, finalDivision, momentum, lowMomentum, reachesEnd: false)
    {
    }

    private OneCycle(double startFraction, double division, double finalDivision, double momentum, double lowMomentum, bool reachesEnd)
    {
        StartFraction = startFraction is > 0 and < 1 ? startFraction : throw new ArgumentOutOfRangeException(nameof(startFraction), startFraction, "The share of growing rates lies in (0, 1).");
        Division = Divisor(division, nameof(division));
        FinalDivision = Divisor(finalDivision, nameof(finalDivision));
        HighMomentum = Fraction(momentum, nameof(momentum));
        LowMomentum = Fraction(lowMomentum, nameof(lowMomentum));
        _reachesEnd = reachesEnd;
    }

    /// <summary>The share of steps in which the rate grows.</summary>
    public double StartFraction { get; }

    /// <summary>The maximum divided by the first rate.</summary>
    public double Division { get; }

    /// <summary>The maximum divided by the rate at the end.</summary>
    public double FinalDivision { get; }

    /// <summary>The momentum at the start and at the end.</summary>
    public double HighMomentum { get; }

    /// <summary>The momentum where the rate is largest.</summary>
    public double LowMomentum { get; }

    /// <inheritdoc/>
    public override string Description
    {
        get
        {
            string end = _reachesEnd ? ", last step at the end" : "";
            return string.Create(
                CultureInfo.InvariantCulture,
                $"one cycle(maximum after {StartFraction}{end}, from 1 / {Division}, to 1 / {FinalDivision}, momentum {HighMomentum} to {LowMomentum})");
        }
    }

    /// <summary>The cycle of PyTorch's OneCycleLR: 0.3 of the steps grow; the end is 1 / 1e4 of the start, not of the maximum, and the last step reaches it.</summary>
    public static OneCycle PyTorch() => new(0.3, 25, 25e4, 0.95, 0.85, reachesEnd: true);

    /// <inheritdoc/>
    protected internal override double RateAt(double baseRate, TrainingProgress progress)
    {
        (bool grows, double fraction) = Phase(progress);
        return grows ? Cosine(baseRate / Division, baseRate, fraction) : Cosine(baseRate, baseRate / FinalDivision, fraction);
    }

    /// <inheritdoc/>
    protected internal override double? MomentumAt(TrainingProgress progress)
    {
        (bool grows, double fraction) = Phase(progress);
        return grows ? Cosine(HighMomentum, LowMomentum, fraction) : Cosine(LowMomentum, HighMomentum, fraction);
    }

    // PyTorch's phases end on steps, fastai's on shares of the number of steps, which the last step does not reach.
    private (bool Grows, double Fraction) Phase(TrainingProgress progress)
    {
        double peak = (StartFraction * progress.Steps) - (_reachesEnd ? 1 : 0);
        double end = progress.Steps - (_reachesEnd ? 1 : 0);
        return progress.Step < peak ? (true, progress.Step / peak) : (false, (progress.Step - peak) / (end - peak));
    }

    private static double Divisor(double value, string name)
        => double.IsFinite(value) && value >= 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is a finite number, 1 or more.");

    private static double Fraction(double value, string name)
        => value is >= 0 and < 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} lies in [0, 1).");
}
