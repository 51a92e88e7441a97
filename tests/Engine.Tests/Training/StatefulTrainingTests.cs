using FastNets.Memory;
using FastNets.Random;
using FastNets.Training;
using FastNets.Training.Optimizers;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Training;

[Network(Length = 3, Loss = Loss.MeanSquaredError)]
public sealed partial class CarriedSum
{
    [Layer(Units = 8, Stateful = true)]
    public partial Gru Carry { get; }

    [Layer(Units = 1)]
    public partial Dense Sum { get; }
}

/// <summary>Windows of longer series through the trainer.</summary>
public sealed class StatefulTrainingTests
{
    [Test]
    public void An_order_that_is_drawn_is_refused()
    {
        using var network = new CarriedSum(maxBatch: 2);
        TrainingSource source = Windows(out _);
        foreach (TrainerOptions options in new[] { new TrainerOptions(), new TrainerOptions { Shuffle = false, SampleWeights = new double[8] } })
        {
            Should.Throw<ArgumentException>(() => Trainer.Fit(network, source, null, new Adam(), options with { BatchSize = 2 })).Message
                .ShouldStartWith("CarriedSum: layer 'Carry' carries its state from batch to batch, so samples must come in the order of their series; set Shuffle to false");
        }
    }

    [Test]
    public void Epochs_and_evaluations_begin_without_a_state()
    {
        using var trained = new CarriedSum(seed: 1, maxBatch: 2);
        using var byHand = new CarriedSum(seed: 1, maxBatch: 2);
        TrainingSource source = Windows(out (float[] X, float[] Y)[] batches);
        var options = new TrainerOptions { Epochs = 3, BatchSize = 2, Shuffle = false };
        TrainingHistory history = Trainer.Fit(trained, source, source, new Adam(0.01f), options);
        var adam = new Adam(0.01f);
        for (int epoch = 0; epoch < 3; epoch++)
        {
            byHand.ResetStates();
            foreach ((float[] x, float[] y) in batches) byHand.TrainStep(x, y, adam);
        }

        TrainingCases.Weights(trained).ShouldBe(TrainingCases.Weights(byHand));
        Trainer.Evaluate(trained, source).Loss.ShouldBe(Trainer.Evaluate(trained, source).Loss);
        history.Epochs[^1].ValidationLoss!.Value.ShouldBe(Trainer.Evaluate(trained, source).Loss);
    }

    // Two series of four windows, window by window: the target is the sum from the series' beginning on.
    private static TrainingSource Windows(out (float[] X, float[] Y)[] batches)
    {
        var random = new PhiloxStream(6, 0);
        var x = new FeatureMatrix(8, 3);
        var y = new FeatureMatrix(8, 1);
        batches = new (float[], float[])[4];
        float[] sums = new float[2];
        for (int window = 0; window < 4; window++)
        {
            batches[window] = (new float[6], new float[2]);
            for (int series = 0; series < 2; series++)
            {
                Span<float> row = x.Row((2 * window) + series);
                foreach (ref float value in row) sums[series] += value = random.NextSingle() - 0.5f;
                y.Row((2 * window) + series)[0] = sums[series];
                row.CopyTo(batches[window].X.AsSpan(3 * series));
                batches[window].Y[series] = sums[series];
            }
        }

        return TrainingSource.FromFeatures(x, y);
    }
}
