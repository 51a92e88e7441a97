using FastNets.Memory;
using FastNets.Tests.Shared.Reference;
using FastNets.Training;
using FastNets.Training.Callbacks;
using FastNets.Training.Optimizers;
using NUnit.Framework;
using Shouldly;
using static FastNets.Engine.Tests.Training.TrainingCases;

namespace FastNets.Engine.Tests.Training;

public sealed class WeightAverageTests
{
    private const float Decay = 0.9f;

    [Test]
    public void The_average_of_weights_and_statistics_is_as_stated([Values] bool warmUp)
    {
        using var network = Normalized();
        var average = new WeightAverage(network, Decay, warmUp);
        double[] expected = Array.ConvertAll(Weights(network), w => (double)w);
        Train(network, average, 12, after: n =>
        {
            double decay = warmUp ? Math.Min(Decay, (1.0 + n) / (10.0 + n)) : Decay;
            float[] w = Weights(network);
            for (int i = 0; i < w.Length; i++) expected[i] = (decay * expected[i]) + ((1 - decay) * w[i]);
        });
        average.Updates.ShouldBe(12);
        float[] trained = Weights(network);
        average.Swap();
        Close.ShouldBeCloseTo(Weights(network), expected, 2e-6, 1e-6, "average");
        network.Parameters.Any(p => !p.IsTrainable).ShouldBeTrue();
        Should.Throw<InvalidOperationException>(average.Update).Message.ShouldContain("swap them back");
        average.Swap();
        Weights(network).ShouldBe(trained);
        average.IsSwapped.ShouldBeFalse();
    }

    [Test]
    public void Outputs_are_those_of_the_weights_that_are_in()
    {
        using var network = Normalized();
        var average = new WeightAverage(network, Decay);
        float[] first = Outputs(network);
        Train(network, average, 5, after: _ => { });
        float[] trained = Outputs(network);
        average.Swap();
        float[] averaged = Outputs(network);
        averaged.ShouldNotBe(trained);
        averaged.ShouldNotBe(first);
        average.Swap();
        Outputs(network).ShouldBe(trained);
    }

    [TestCase(-0.1f)]
    [TestCase(1f)]
    [TestCase(float.NaN)]
    public void A_decay_out_of_range_is_refused(float decay)
    {
        using var network = Softmax();
        Should.Throw<ArgumentOutOfRangeException>(() => new WeightAverage(network, decay));
        Should.Throw<ArgumentOutOfRangeException>(() => new WeightAveraging(decay));
    }

    [Test]
    public void As_a_callback_it_is_measured_and_stays_while_training_takes_the_usual_path()
    {
        using var averaged = Normalized();
        using var plain = Normalized();
        TrainingSource validation = Source(30, seed: 9);
        var options = new TrainerOptions { Epochs = 4, BatchSize = 8 };
        TrainingHistory usual = Trainer.Fit(plain, Source(30), validation, new Adam(0.02f), options);
        TrainingHistory history = Trainer.Fit(averaged, Source(30), validation, new Adam(0.02f), options with { Callbacks = [new WeightAveraging(Decay)] });
        history.Epochs.Select(e => e.Loss).ShouldBe(usual.Epochs.Select(e => e.Loss));
        history.Epochs[^1].ValidationLoss.ShouldNotBe(usual.Epochs[^1].ValidationLoss);
        Trainer.Evaluate(averaged, validation).Loss.ShouldBe(history.Epochs[^1].ValidationLoss!.Value, 1e-6);
    }

    [Test]
    public void Early_stopping_behind_it_keeps_the_best_average()
    {
        using var network = Normalized();
        TrainingSource validation = Source(30, seed: 9);
        var stopping = new EarlyStopping(patience: 3);
        Trainer.Fit(network, Source(30), validation, new Adam(0.2f), new TrainerOptions { Epochs = 60, BatchSize = 8, Callbacks = [new WeightAveraging(Decay), stopping] });
        Trainer.Evaluate(network, validation).Loss.ShouldBe(stopping.Best, 1e-6);
    }

    private static void Train(Network network, WeightAverage average, int steps, Action<int> after)
    {
        (FeatureMatrix x, int[] labels) = Clouds(16);
        float[] rows = x.Buffer.Span(0, 16 * Features).ToArray();
        var adam = new Adam(0.05f);
        for (int n = 0; n < steps; n++)
        {
            network.TrainStep(rows, labels, adam);
            average.Update();
            after(n);
        }
    }

    private static float[] Outputs(Network network)
    {
        (FeatureMatrix x, _) = Clouds(16);
        float[] outputs = new float[16 * Classes];
        network.Predict(x.Buffer.Span(0, 16 * Features), outputs);
        return outputs;
    }
}
