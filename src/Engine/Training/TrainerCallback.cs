namespace FastNets.Training;

/// <summary>Is told how training goes, and may take part in it. Every method may be left out.</summary>
/// <remarks>
/// Called on the training thread, between steps, in the order of <see cref="TrainerOptions.Callbacks"/>: what takes long here makes training slow. One object may
/// serve one run after another, but not two at the same time.
/// </remarks>
public abstract class TrainerCallback
{
    /// <summary>Training begins. The place to refuse, with an exception, what does not fit.</summary>
    /// <param name="context">Where training stands; the same object in all calls of a run.</param>
    public virtual void OnTrainBegin(TrainerContext context)
    {
    }

    /// <summary>An epoch begins.</summary>
    /// <param name="context">Where training stands.</param>
    public virtual void OnEpochBegin(TrainerContext context)
    {
    }

    /// <summary>A training step begins. The place to set its learning rate.</summary>
    /// <param name="context">Where training stands.</param>
    public virtual void OnBatchBegin(TrainerContext context)
    {
    }

    /// <summary>A training step is done.</summary>
    /// <param name="context">Where training stands.</param>
    /// <param name="batch">What it gave.</param>
    public virtual void OnBatchEnd(TrainerContext context, in BatchRecord batch)
    {
    }

    /// <summary>An epoch's steps are done; what follows is validation, if there is any. The place to put weights in that are to be measured.</summary>
    /// <param name="context">Where training stands.</param>
    public virtual void OnEpochTrained(TrainerContext context)
    {
    }

    /// <summary>An epoch is done, validation included.</summary>
    /// <param name="context">Where training stands; the record is the last of its history.</param>
    /// <param name="record">What it gave.</param>
    public virtual void OnEpochEnd(TrainerContext context, EpochRecord record)
    {
    }

    /// <summary>Training ends: after its last epoch, when it is stopped or cancelled, and when an exception ends it.</summary>
    /// <remarks>Called for each callback whose <see cref="OnTrainBegin"/> returned.</remarks>
    /// <param name="context">Where training stands.</param>
    public virtual void OnTrainEnd(TrainerContext context)
    {
    }
}
