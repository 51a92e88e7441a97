namespace FastNets.Training.Schedules;

/// <summary>How the learning rate moves in the course of training.</summary>
/// <remarks>A function of the step's place alone, without a state: training that goes on where it was interrupted has the rates that it would have had.</remarks>
public abstract class LearningRateSchedule
{
    /// <summary>The schedule and its settings in one line.</summary>
    public abstract string Description { get; }

    /// <summary>The learning rate of a step.</summary>
    /// <param name="baseRate">The optimizer's own rate.</param>
    /// <param name="progress">The step's place.</param>
    /// <returns>The rate, above 0: a rate too small for single precision is the smallest number above 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are no steps, or the place is not one of them.</exception>
    public float Rate(float baseRate, TrainingProgress progress)
    {
        Check(progress);
        return (float)Math.Max(RateAt(baseRate, progress), float.Epsilon);
    }

    /// <summary>The momentum of a step: <see cref="Optimizers.Sgd.Momentum"/>, <see cref="Optimizers.RmsProp.Momentum"/> or <see cref="Optimizers.Adam.Beta1"/>; null leaves it alone.</summary>
    /// <param name="progress">The step's place.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no steps, or the place is not one of them.</exception>
    public float? Momentum(TrainingProgress progress)
    {
        Check(progress);
        return (float?)MomentumAt(progress);
    }

    /// <summary>The learning rate of a step.</summary>
    /// <param name="baseRate">The optimizer's own rate.</param>
    /// <param name="progress">The step's place.</param>
    protected internal abstract double RateAt(double baseRate, TrainingProgress progress);

    /// <summary>The momentum of a step; null leaves it alone.</summary>
    /// <param name="progress">The step's place.</param>
    protected internal virtual double? MomentumAt(TrainingProgress progress) => null;

    private protected static double Factor(double value, string name)
        => value is > 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} multiplies the learning rate and lies in (0, 1].");

    private protected static int AtLeastOne(int value, string name)
        => value >= 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be 1 or more.");

    // From one value to another along half a cosine.
    private protected static double Cosine(double from, double to, double fraction) => to + ((from - to) * 0.5 * (1 + Math.Cos(Math.PI * fraction)));

    private static void Check(TrainingProgress progress)
    {
        if (progress.StepsPerEpoch < 1) throw new ArgumentOutOfRangeException(nameof(progress), progress.StepsPerEpoch, "An epoch has 1 step or more.");
        if (progress.Step < 0 || progress.Step >= progress.Steps)
            throw new ArgumentOutOfRangeException(nameof(progress), progress.Step, $"A step's number is from 0 to {progress.Steps - 1}, the number of steps less one.");
    }
}

/// <summary>What a schedule counts.</summary>
public enum ScheduleUnit
{
    /// <summary>Epochs done.</summary>
    Epochs,

    /// <summary>Steps done.</summary>
    Steps,
}

/// <summary>Counts.</summary>
internal static class ScheduleUnits
{
    public static long Done(this ScheduleUnit unit, TrainingProgress progress) => unit == ScheduleUnit.Epochs ? progress.Epoch : progress.Step;

    public static string Name(this ScheduleUnit unit) => unit == ScheduleUnit.Epochs ? "epochs" : "steps";
}
