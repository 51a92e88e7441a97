namespace FastNets.Training.Callbacks;

/// <summary>Stops training when a figure has not become better for some epochs, and puts the best epoch's weights back.</summary>
/// <remarks>
/// The best weights, running statistics included, are kept in host memory that is taken once, at the start. They are put back at the end of training, however it ends, after at
/// least one epoch: also where a later epoch diverged or training was cancelled. The optimizer's moments stay those of the last step. Put it behind a <see cref="WeightAveraging"/> in the list, so that
/// averaged weights are kept where averaged weights were measured.
/// </remarks>
public sealed class EarlyStopping : TrainerCallback
{
    private WeightSnapshot? _best;

    /// <summary>Sets the rule.</summary>
    /// <param name="monitor">The figure.</param>
    /// <param name="patience">After how many epochs without a better figure training stops; 1 or more.</param>
    /// <param name="minDelta">By how much more than this a figure must be better than the best so far to count; 0 or more.</param>
    /// <param name="restoreBest">Whether the best epoch's weights are put back.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public EarlyStopping(MonitoredFigure monitor = MonitoredFigure.ValidationLoss, int patience = 10, double minDelta = 0, bool restoreBest = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(patience, 1);
        if (!double.IsFinite(minDelta) || minDelta < 0) throw new ArgumentOutOfRangeException(nameof(minDelta), minDelta, "The smallest gain that counts is a finite number, 0 or more.");
        Monitor = MonitoredFigures.Valid(monitor, nameof(monitor));
        Patience = patience;
        MinDelta = minDelta;
        RestoreBest = restoreBest;
        Best = Monitor.Worst();
    }

    /// <summary>The figure.</summary>
    public MonitoredFigure Monitor { get; }

    /// <summary>After how many epochs without a better figure training stops.</summary>
    public int Patience { get; }

    /// <summary>By how much more than this a figure must be better to count.</summary>
    public double MinDelta { get; }

    /// <summary>Whether the best epoch's weights are put back.</summary>
    public bool RestoreBest { get; }

    /// <summary>The best figure of the last run; infinite before the first epoch.</summary>
    public double Best { get; private set; }

    /// <summary>The epoch of the best figure; 0 before the first.</summary>
    public int BestEpoch { get; private set; }

    /// <inheritdoc/>
    public override void OnTrainBegin(TrainerContext context)
    {
        Monitor.Require(context, nameof(EarlyStopping));
        Best = Monitor.Worst();
        BestEpoch = 0;
        if (RestoreBest) _best = new WeightSnapshot(context.Network);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainerContext context, EpochRecord record)
    {
        double value = Monitor.Of(record);
        if (Monitor.MoreIsBetter() ? value > Best + MinDelta : value < Best - MinDelta)
        {
            Best = value;
            BestEpoch = record.Epoch;
            _best?.Take();
        }
        else if (record.Epoch - Math.Max(BestEpoch, context.Options.FirstEpoch - 1) >= Patience)
        {
            context.Stop($"{Monitor.Text(value)} in epoch {record.Epoch}: no better than {Monitor.Text(Best)} of epoch {BestEpoch} for {Patience} epochs");
        }
    }

    /// <inheritdoc/>
    public override void OnTrainEnd(TrainerContext context)
    {
        if (BestEpoch > 0) _best?.Restore();
        _best = null;
    }
}
