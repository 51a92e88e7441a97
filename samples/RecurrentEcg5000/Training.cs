using FastNets;
using FastNets.Data;
using FastNets.Training;
using FastNets.Training.Optimizers;
using FastNets.Training.Schedules;

namespace RecurrentEcg5000;

/// <summary>How the networks are trained.</summary>
public static class Training
{
    /// <summary>The largest batch.</summary>
    public const int Batch = 16;

    private const int Epochs = 40;
    private const float LearningRate = 5e-3f;

    /// <summary>Trains a network by backpropagation through all steps of each series.</summary>
    /// <param name="network">The network.</param>
    /// <param name="train">The training set.</param>
    /// <param name="test">The test set, with the same classes.</param>
    /// <returns>The accuracy on the test set, and the time of training.</returns>
    public static (double Accuracy, double Seconds) Run(Network network, SeriesSet train, SeriesSet test)
    {
        // Scaled down where their common norm is above 1, and only there.
        var adam = new Adam(LearningRate) { Clipping = GradientClipping.ByGlobalNorm(1) };
        var options = new TrainerOptions { Epochs = Epochs, BatchSize = Batch, Schedule = new OneCycle() };
        TrainingHistory history = Trainer.Fit(network, TrainingSource.FromSeries(train), validation: null, adam, options);
        return (Trainer.Evaluate(network, TrainingSource.FromSeries(test)).Accuracy!.Value, history.Seconds);
    }
}
