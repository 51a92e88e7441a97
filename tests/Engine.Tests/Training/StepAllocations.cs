using FastNets.Training;

namespace FastNets.Engine.Tests.Training;

/// <summary>What steps allocate, from the end of one to the end of the next; the first epoch, which takes the optimizer's moments and each thread's scratch, is left out.</summary>
internal sealed class StepAllocations : TrainerCallback
{
    private long _before;

    public long WithinEpochs { get; private set; }

    public int Steps { get; private set; }

    public override void OnBatchEnd(TrainerContext context, in BatchRecord batch)
    {
        long now = GC.GetAllocatedBytesForCurrentThread();
        if (batch is { Epoch: > 1, Batch: > 1 })
        {
            WithinEpochs += now - _before;
            Steps++;
        }

        _before = GC.GetAllocatedBytesForCurrentThread();
    }
}
