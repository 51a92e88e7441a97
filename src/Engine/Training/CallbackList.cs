namespace FastNets.Training;

/// <summary>A run's callbacks, told one after another.</summary>
internal sealed class CallbackList(TrainerCallback[] callbacks, TrainerContext context)
{
    private int _begun;

    public void TrainBegin()
    {
        while (_begun < callbacks.Length)
        {
            callbacks[_begun].OnTrainBegin(context);
            _begun++;
        }
    }

    public void EpochBegin()
    {
        foreach (TrainerCallback callback in callbacks) callback.OnEpochBegin(context);
    }

    public void BatchBegin()
    {
        foreach (TrainerCallback callback in callbacks) callback.OnBatchBegin(context);
    }

    public void BatchEnd(in BatchRecord batch)
    {
        foreach (TrainerCallback callback in callbacks) callback.OnBatchEnd(context, batch);
    }

    public void EpochTrained()
    {
        foreach (TrainerCallback callback in callbacks) callback.OnEpochTrained(context);
    }

    public void EpochEnd(EpochRecord record)
    {
        foreach (TrainerCallback callback in callbacks) callback.OnEpochEnd(context, record);
    }

    public void TrainEnd()
    {
        for (int i = 0; i < _begun; i++) callbacks[i].OnTrainEnd(context);
    }
}
