using FastNets.Training;

namespace FastNets.Engine.Tests.Training;

/// <summary>What steps allocate, from the end of one to the end of the next; the first two epochs are left out: they take the optimizer's moments and each thread's scratch, and on a GPU record what later ones replay.</summary>
internal sealed class StepAllocations : TrainerCallback
{
    private long _before;

    public long WithinEpochs { get; private set; }

    public int Steps { get; private set; }

    public override void OnBatchEnd(TrainerContext context, in BatchRecord batch)
    {
        long now = GC.GetAllocatedBytesForCurrentThread();
        if (batch is { Epoch: > 2, Batch: > 1 })
        {
            WithinEpochs += now - _before;
            Steps++;
        }

        _before = GC.GetAllocatedBytesForCurrentThread();
    }
}
