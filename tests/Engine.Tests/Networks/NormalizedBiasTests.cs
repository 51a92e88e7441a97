using FastNets.Training.Optimizers;
using NUnit.Framework;
using Shouldly;
using static FastNets.Engine.Tests.Networks.NetworkCases;

namespace FastNets.Engine.Tests.Networks;

/// <summary>Batch normalisation takes away what a bias before it adds: the bias's gradient is 0, and not the rounding of a sum that Adam would make whole steps of.</summary>
public sealed class NormalizedBiasTests
{
    private const int Batch = 6;

    [Test]
    public void A_bias_before_batch_normalisation_stays_what_it_was()
    {
        using FullyConvolutional network = Shaken(new FullyConvolutional(steps: 30, maxBatch: Batch));
        Parameter[] biases = [network.First.Bias!, network.Second.Bias!, network.Third.Bias!];
        float[][] before = [.. biases.Select(b => b.Values.ToArray())];
        float[] last = network.Scores.Bias!.Values.ToArray();
        var optimizer = new Adam();
        for (int step = 0; step < 3; step++) network.TrainStep(Normal(Batch * 30, seed: 1), Whole(Batch, 4, seed: 1), optimizer);
        for (int i = 0; i < biases.Length; i++)
        {
            biases[i].Gradient.ToArray().ShouldAllBe(g => g == 0);
            biases[i].Values.ToArray().ShouldBe(before[i]);
        }

        network.Scores.Bias!.Values.ToArray().ShouldNotBe(last);
    }

    [Test]
    public void Accumulated_gradients_leave_it_alone_too()
    {
        using FullyConvolutional network = Shaken(new FullyConvolutional(steps: 30, maxBatch: Batch));
        float[] before = network.First.Bias!.Values.ToArray();
        network.AccumulateGradients(Normal(Batch * 30, seed: 1), Whole(Batch, 4, seed: 1));
        network.AccumulateGradients(Normal(Batch * 30, seed: 2), Whole(Batch, 4, seed: 2));
        network.ApplyGradients(new Adam());
        network.First.Bias!.Values.ToArray().ShouldBe(before);
    }

    [Test]
    public void A_bias_that_is_read_beside_the_normalisation_has_a_gradient()
    {
        using ResidualNet network = Shaken(new ResidualNet(maxBatch: Batch));
        network.ComputeGradients(Normal(Batch * network.InputLength, seed: 1), Whole(Batch, 4, seed: 1));
        network.Stem.Bias!.Gradient.ToArray().ShouldContain(g => g != 0);
        network.Body.Bias!.Gradient.ToArray().ShouldAllBe(g => g == 0);
    }
}
