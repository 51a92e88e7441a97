using FastNets;
using FastNets.Data;
using FastNets.Memory;
using FastNets.Rocket;
using FastNets.Training;
using FastNets.Training.Optimizers;
using FastNets.Training.Schedules;

namespace MiniRocketOnline;

/// <summary>What a run gave.</summary>
/// <param name="FirstLoss">The loss of the first batch, before any update.</param>
/// <param name="TestLoss">The test set's mean loss after training.</param>
/// <param name="Accuracy">The share of the test set's series that were classified rightly.</param>
public readonly record struct Outcome(double FirstLoss, double TestLoss, double Accuracy);

/// <summary>The two ways, with fastai's optimizer and schedules as the document has them.</summary>
public static class Training
{
    /// <summary>Features first: computed once, standardised, and then a head is trained on them.</summary>
    /// <param name="train">The training set, which is one batch.</param>
    /// <param name="test">The test set, with the same classes.</param>
    /// <param name="epochs">The number of steps.</param>
    /// <param name="learningRate">The step size.</param>
    public static Outcome Offline(SeriesSet train, SeriesSet test, int epochs, float learningRate)
    {
        var rocket = MiniRocket.Fit(train);
        using FeatureMatrix trainFeatures = rocket.Transform(train);
        using FeatureMatrix testFeatures = rocket.Transform(test);
        var scaler = StandardScaler.Fit(trainFeatures);
        scaler.Apply(trainFeatures);
        scaler.Apply(testFeatures);

        using var head = new FeatureHead(rocket.FeatureCount, train.Classes.Count, maxBatch: train.Count);
        var labelled = TrainingSource.FromFeatures(trainFeatures, train.Labels.ToArray());
        return Fit(head, labelled, TrainingSource.FromFeatures(testFeatures, test.Labels.ToArray()), epochs, learningRate, schedule: null);
    }

    /// <summary>A network that begins with MiniRocket, fitted to the training set first.</summary>
    /// <param name="train">The training set, which is one batch.</param>
    /// <param name="maxBatch">The largest batch.</param>
    public static RocketNetwork NewOnline(SeriesSet train, int maxBatch)
    {
        var network = new RocketNetwork(train.MaxLength, train.Classes.Count, maxBatch: maxBatch);
        network.Rocket.Fit(train);
        return network;
    }

    /// <summary>Trains a whole network in one cycle.</summary>
    /// <param name="network">The network.</param>
    /// <param name="train">The training set, which is one batch.</param>
    /// <param name="test">The test set, with the same classes.</param>
    /// <param name="epochs">The number of steps.</param>
    /// <param name="learningRate">The largest step size.</param>
    public static Outcome Online(RocketNetwork network, SeriesSet train, SeriesSet test, int epochs, float learningRate)
        => Fit(network, TrainingSource.FromSeries(train), TrainingSource.FromSeries(test), epochs, learningRate, new OneCycle());

    /// <summary>Takes what a batch normalisation's running statistics started from out of them, as if they had been measured alone.</summary>
    /// <param name="norm">The layer.</param>
    /// <param name="steps">The number of training steps so far.</param>
    public static void TakeOutTheStart(BatchNorm norm, int steps)
    {
        // After n steps 0.9^n of them is still the start: mean 0, variance 1.
        float start = MathF.Pow(norm.Settings.Momentum, steps);
        foreach (ref float mean in norm.RunningMean.Values) mean /= 1 - start;
        foreach (ref float variance in norm.RunningVariance.Values) variance = (variance - start) / (1 - start);
    }

    private static Outcome Fit(Network network, TrainingSource train, TrainingSource test, int epochs, float learningRate, LearningRateSchedule? schedule)
    {
        // fastai calls this Adam.
        var adam = new AdamW(learningRate, beta2: 0.99f, epsilon: 1e-5f, weightDecay: 0.01f);
        TrainingHistory history = Trainer.Fit(network, train, validation: null, adam, new TrainerOptions { Epochs = epochs, BatchSize = train.Count, Schedule = schedule });
        EvaluationResult result = Trainer.Evaluate(network, test);
        return new Outcome(history.Epochs[0].Loss, result.Loss, result.Accuracy!.Value);
    }
}
