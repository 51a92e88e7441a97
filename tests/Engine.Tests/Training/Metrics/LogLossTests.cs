using FastNets.Training.Metrics;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Training.Metrics;

public class LogLossTests
{
    [Test]
    public void Is_the_mean_negative_logarithm_of_the_true_class()
        => LogLoss.Compute([0.5f, 0.5f, 0.25f, 0.75f], [0, 0], 2).ShouldBe((Math.Log(2) + Math.Log(4)) / 2, 1e-12);

    [Test]
    public void Certainty_costs_nothing_and_a_lost_probability_the_most_that_single_precision_holds()
    {
        LogLoss.Compute([1, 0], [0], 2).ShouldBe(0);
        LogLoss.Compute([1, 0], [1], 2).ShouldBe(126 * Math.Log(2), 1e-6);
        LogLoss.Compute([1.000001f, 0], [0], 2).ShouldBe(0);
        LogLoss.Compute([], [], 2).ShouldBe(0);
    }

    [TestCase(float.NaN)]
    [TestCase(-0.1f)]
    [TestCase(1.1f)]
    public void What_is_no_probability_is_named(float value)
        => Should.Throw<ArgumentException>(() => LogLoss.Compute([0.5f, 0.5f, 0.5f, value], [0, 1], 2)).Message.ShouldContain("Sample 1's probability of class 1");

    [Test]
    public void Sizes_and_labels_are_checked()
    {
        Should.Throw<ArgumentException>(() => LogLoss.Compute([0.5f], [0], 2)).Message.ShouldContain("2 probabilities");
        Should.Throw<ArgumentOutOfRangeException>(() => LogLoss.Compute([0.5f, 0.5f], [2], 2)).Message.ShouldContain("Sample 0's label");
    }
}
