using FastNets.Training;
using FastNets.Training.Optimizers;
using static FastNets.Engine.Tests.Training.TrainingCases;

namespace FastNets.Engine.Tests.Training.Callbacks;

/// <summary>Runs of callbacks on epochs whose figures are given.</summary>
internal static class CallbackCases
{
    /// <summary>Tells a callback of epochs without training, until it stops.</summary>
    /// <returns>The learning rate after each epoch, and the reason of the stop.</returns>
    public static (List<float> Rates, string? Reason) Tell(TrainerCallback callback, float rate, params double[] figures)
    {
        using var network = Softmax();
        var optimizer = new Adam(rate);
        var records = new List<EpochRecord>();
        var context = new TrainerContext(network, optimizer, new TrainerOptions { Epochs = figures.Length }, hasValidation: true, 1, records);
        var rates = new List<float>();
        callback.OnTrainBegin(context);
        foreach (double figure in figures)
        {
            context.Epoch = records.Count + 1;
            records.Add(new EpochRecord
            {
                Epoch = context.Epoch,
                Loss = figure,
                Penalty = 0,
                Accuracy = figure,
                ValidationLoss = figure,
                ValidationAccuracy = figure,
                Seconds = 1,
                SamplesPerSecond = 1,
                LearningRate = rate,
            });
            callback.OnEpochEnd(context, records[^1]);
            rates.Add(optimizer.LearningRate);
            if (context.StopReason is not null) break;
        }

        callback.OnTrainEnd(context);
        return (rates, context.StopReason);
    }
}
