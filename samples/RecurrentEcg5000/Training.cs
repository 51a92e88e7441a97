using FastNets;
using FastNets.Training;
using FastNets.Training.Optimizers;
using FastNets.Training.Schedules;

namespace RecurrentEcg5000;

/// <summary>How the networks are trained.</summary>
/// <param name="Epochs">How often the training set is gone through.</param>
/// <param name="LearningRate">The largest step size of the cycle.</param>
public sealed record Training(int Epochs, float LearningRate)
{
    private const int Batch = 32;

    /// <summary>Trains a network by backpropagation through all steps of each series.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">The series.</param>
    /// <returns>The accuracy on the test set, and the time of training.</returns>
    public (double Accuracy, double Seconds) Run(Network network, Ecg5000 data)
    {
        // Scaled down where their common norm is above 1, and only there.
        var adam = new Adam(LearningRate) { Clipping = GradientClipping.ByGlobalNorm(1) };
        var options = new TrainerOptions { Epochs = Epochs, BatchSize = Batch, Schedule = new OneCycle() };
        TrainingHistory history = Trainer.Fit(network, TrainingSource.FromSeries(data.Train), validation: null, adam, options);
        return (Trainer.Evaluate(network, TrainingSource.FromSeries(data.Test)).Accuracy!.Value, history.Seconds);
    }
}
