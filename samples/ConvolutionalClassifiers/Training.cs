using FastNets;
using FastNets.Data;
using FastNets.Training;
using FastNets.Training.Optimizers;
using FastNets.Training.Schedules;

namespace ConvolutionalClassifiers;

/// <summary>How the networks are trained.</summary>
public static class Training
{
    /// <summary>The largest batch.</summary>
    public const int Batch = 8;

    /// <summary>Trains a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="train">The training set.</param>
    /// <param name="test">The test set, with the same classes.</param>
    /// <param name="epochs">How often the training set is gone through.</param>
    /// <returns>The training loss of the first and the last epoch, and the accuracy on the test set.</returns>
    public static (double FirstLoss, double LastLoss, double Accuracy) Run(Network network, SeriesSet train, SeriesSet test, int epochs)
    {
        var options = new TrainerOptions { Epochs = epochs, BatchSize = Math.Min(Batch, train.Count), Schedule = new OneCycle() };
        TrainingHistory history = Trainer.Fit(network, TrainingSource.FromSeries(train), validation: null, new Adam(learningRate: 3e-3f), options);
        double accuracy = Trainer.Evaluate(network, TrainingSource.FromSeries(test)).Accuracy!.Value;
        return (history.Epochs[0].Loss, history.Epochs[^1].Loss, accuracy);
    }
}
