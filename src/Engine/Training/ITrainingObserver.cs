namespace FastNets.Training;

/// <summary>Is told how training goes. Every method may be left out.</summary>
/// <remarks>Called on the training thread, between steps: what takes long here makes training slow.</remarks>
public interface ITrainingObserver
{
    /// <summary>An epoch begins.</summary>
    /// <param name="epoch">Its number, from 1.</param>
    /// <param name="epochs">How many there will be.</param>
    /// <param name="batches">How many steps it will have.</param>
    void OnEpochStart(int epoch, int epochs, int batches)
    {
    }

    /// <summary>A training step is done.</summary>
    /// <param name="batch">What it gave.</param>
    void OnBatch(in BatchRecord batch)
    {
    }

    /// <summary>An epoch is done, validation included.</summary>
    /// <param name="record">What it gave.</param>
    void OnEpochEnd(EpochRecord record)
    {
    }
}

/// <summary>What one training step gave.</summary>
/// <param name="Epoch">The epoch's number, from 1.</param>
/// <param name="Batch">The step's number within the epoch, from 1.</param>
/// <param name="Batches">How many steps the epoch has.</param>
/// <param name="Samples">The number of samples of this step.</param>
/// <param name="Loss">The mean loss of these samples before the update, penalties not included.</param>
/// <param name="Penalty">The penalties' value before the update.</param>
/// <param name="MeanLoss">The mean loss of the epoch's samples so far.</param>
/// <param name="Accuracy">The accuracy of the epoch's samples so far; NaN where the loss is not a classifier's.</param>
public readonly record struct BatchRecord(int Epoch, int Batch, int Batches, int Samples, float Loss, float Penalty, double MeanLoss, double Accuracy);
