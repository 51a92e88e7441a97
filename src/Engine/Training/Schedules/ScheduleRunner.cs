namespace FastNets.Training.Schedules;

/// <summary>Sets the optimizer's rate and momentum before each step, and puts its own back at the end.</summary>
internal sealed class ScheduleRunner(LearningRateSchedule schedule) : TrainerCallback
{
    private float _rate;
    private float? _momentum;

    /// <summary>The runner of a schedule, or none.</summary>
    /// <param name="schedule">The schedule; null for none.</param>
    public static TrainerCallback[] For(LearningRateSchedule? schedule) => schedule is null ? [] : [new ScheduleRunner(schedule)];

    /// <inheritdoc/>
    public override void OnTrainBegin(TrainerContext context)
    {
        _rate = context.Optimizer.LearningRate;
        _momentum = context.Optimizer.MovingMomentum;
    }

    /// <inheritdoc/>
    public override void OnBatchBegin(TrainerContext context)
    {
        TrainingProgress progress = context.Progress;
        context.Optimizer.LearningRate = schedule.Rate(_rate, progress);
        if (_momentum is not null && schedule.Momentum(progress) is { } momentum) context.Optimizer.MovingMomentum = momentum;
    }

    /// <inheritdoc/>
    public override void OnTrainEnd(TrainerContext context)
    {
        context.Optimizer.LearningRate = _rate;
        if (_momentum is not null) context.Optimizer.MovingMomentum = _momentum;
    }
}
