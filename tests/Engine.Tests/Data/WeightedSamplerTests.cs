using FastNets.Data;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Data;

public class WeightedSamplerTests
{
    private static IEnumerable<double[]> Weights =>
    [
        [1], [1, 1], [0, 1, 0], [3, 0, 1, 2, 0, 4], [1e-300, 1e-300, 2e-300], [1e200, 0, 1e200], [0.1, 0.2, 0.3, 0.4], [1000, 1, 1, 1, 1],
        [.. Enumerable.Range(0, 50).Select(i => (double)i)],
    ];

    [TestCaseSource(nameof(Weights))]
    public void Each_sample_comes_as_often_as_its_weight_says(double[] weights)
    {
        const int Draws = 200_000;
        var sampler = new WeightedSampler(weights, Draws, 64, seed: 3);
        int[] counts = new int[weights.Length];
        foreach (int sample in Epoch(sampler)) counts[sample]++;
        for (int i = 0; i < weights.Length; i++)
        {
            // Five standard deviations of a binomial distribution.
            double share = weights[i] / weights.Sum();
            ((double)counts[i]).ShouldBe(share * Draws, (5 * Math.Sqrt(share * (1 - share) * Draws)) + 1e-6, $"sample {i}");
        }
    }

    [Test]
    public void Classes_come_equally_often_and_samples_of_a_class_too()
    {
        const int Draws = 100_000;
        int[] labels = [.. Enumerable.Repeat(0, 900), .. Enumerable.Repeat(-1, 50), .. Enumerable.Repeat(3, 90), .. Enumerable.Repeat(1, 10)];
        var sampler = new BalancedSampler(labels, classes: 5, Draws, 100, seed: 3);
        int[] counts = new int[labels.Length];
        for (int batch = 0; batch < sampler.BatchCount; batch++)
            foreach (int sample in sampler.Batch(batch)) counts[sample]++;
        foreach ((int label, double share) in ((int, double)[])[(0, 1.0 / 3), (1, 1.0 / 3), (3, 1.0 / 3), (-1, 0)])
        {
            double drawn = labels.Select((l, i) => l == label ? counts[i] : 0).Sum();
            drawn.ShouldBe(share * Draws, (5 * Math.Sqrt(share * (1 - share) * Draws)) + 1e-6, $"class {label}");
        }

        counts[^10..].ShouldAllBe(c => Math.Abs(c - (Draws / 30.0)) < 5 * Math.Sqrt(Draws / 30.0));
        (sampler.Count, sampler.SamplesPerEpoch, sampler.BatchSize, sampler.BatchCount, sampler.Epoch).ShouldBe((1050, Draws, 100, 1000, 0));
    }

    [Test]
    public void What_an_epoch_draws_follows_from_seed_and_number_alone()
    {
        var sampler = new WeightedSampler([1, 2, 3, 4, 5], 40, 8, seed: 5);
        int[] zero = Epoch(sampler);
        sampler.StartEpoch(1);
        int[] one = Epoch(sampler);
        one.ShouldNotBe(zero);
        sampler.Epoch.ShouldBe(1);

        var resumed = new WeightedSampler([1, 2, 3, 4, 5], 40, 8, seed: 5);
        resumed.StartEpoch(1);
        Epoch(resumed).ShouldBe(one);
        resumed.StartEpoch(0);
        Epoch(resumed).ShouldBe(zero);
        Epoch(new WeightedSampler([1, 2, 3, 4, 5], 40, 8, seed: 6)).ShouldNotBe(zero);
        var balanced = new BalancedSampler([0, 0, 1], 2, 40, 40, seed: 5);
        int[] first = [.. balanced.Batch(0)];
        balanced.StartEpoch(1);
        balanced.Batch(0).ToArray().ShouldNotBe(first);
        balanced.StartEpoch(0);
        balanced.Batch(0).ToArray().ShouldBe(first);
    }

    [Test]
    public void Batches_end_with_a_smaller_one_or_without_it()
    {
        var all = new WeightedSampler([1, 1], 10, 4, seed: 0);
        (all.BatchCount, all.Batch(2).Length).ShouldBe((3, 2));
        new WeightedSampler([1, 1], 10, 4, seed: 0, dropLast: true).BatchCount.ShouldBe(2);
        Should.Throw<ArgumentException>(() => new WeightedSampler([1, 1], 3, 4, seed: 0, dropLast: true)).Message.ShouldContain("nothing is left");
    }

    [Test]
    public void Allocates_nothing_while_it_runs()
    {
        var sampler = new WeightedSampler([1, 2, 3], 100, 16, seed: 5);
        sampler.StartEpoch(1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        int sum = 0;
        for (int epoch = 2; epoch < 10; epoch++)
        {
            sampler.StartEpoch(epoch);
            for (int batch = 0; batch < sampler.BatchCount; batch++) sum += sampler.Batch(batch)[0];
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        sum.ShouldBeGreaterThan(0);
    }

    [Test]
    public void Refuses_weights_labels_and_numbers_that_make_no_sense()
    {
        foreach (double weight in (double[])[-1, double.NaN, double.PositiveInfinity])
            Should.Throw<ArgumentOutOfRangeException>(() => new WeightedSampler([1, weight], 4, 2, seed: 0)).Message.ShouldContain("Sample 1 has weight");
        Should.Throw<ArgumentException>(() => new WeightedSampler([0, 0], 4, 2, seed: 0)).Message.ShouldContain("add up to 0");
        Should.Throw<ArgumentException>(() => new WeightedSampler([], 4, 2, seed: 0)).Message.ShouldContain("0 samples");
        Should.Throw<ArgumentException>(() => new WeightedSampler([1e308, 1e308], 4, 2, seed: 0)).ParamName.ShouldBe("weights");
        Should.Throw<ArgumentOutOfRangeException>(() => new WeightedSampler([1], 0, 2, seed: 0));
        Should.Throw<ArgumentOutOfRangeException>(() => new WeightedSampler([1], 4, 0, seed: 0));
        Should.Throw<ArgumentOutOfRangeException>(() => new BalancedSampler([0, 2], 2, 4, 2, seed: 0)).Message.ShouldContain("Sample 1 has class 2; with 2 classes");
        Should.Throw<ArgumentException>(() => new BalancedSampler([-1, -1], 2, 4, 2, seed: 0)).Message.ShouldContain("None of the 2 samples");
        Should.Throw<ArgumentOutOfRangeException>(() => new BalancedSampler([0], 0, 4, 2, seed: 0));
        var sampler = new WeightedSampler([1], 4, 2, seed: 0);
        Should.Throw<ArgumentOutOfRangeException>(() => sampler.Batch(2).Length);
        Should.Throw<ArgumentOutOfRangeException>(() => sampler.StartEpoch(-1));
    }

    private static int[] Epoch(WeightedSampler sampler)
    {
        var samples = new List<int>();
        for (int batch = 0; batch < sampler.BatchCount; batch++) samples.AddRange(sampler.Batch(batch));
        return [.. samples];
    }
}
