using FastNets.Data;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Data;

public class BatchSamplerTests
{
    [Test]
    public void Gives_every_sample_once_an_epoch([Values(1, 7, 10, 64)] int batchSize, [Values] bool shuffle)
    {
        var sampler = new BatchSampler(50, batchSize, shuffle, seed: 5);
        for (int epoch = 0; epoch < 3; epoch++)
        {
            sampler.StartEpoch(epoch);
            Epoch(sampler).Order().ShouldBe(Enumerable.Range(0, 50));
        }

        sampler.BatchCount.ShouldBe((50 + batchSize - 1) / batchSize);
    }

    [Test]
    public void An_epochs_order_follows_from_seed_and_number_alone()
    {
        var sampler = new BatchSampler(40, 8, shuffle: true, seed: 5);
        int[] zero = Epoch(sampler);
        sampler.StartEpoch(1);
        int[] one = Epoch(sampler);
        one.ShouldNotBe(zero);

        var resumed = new BatchSampler(40, 8, shuffle: true, seed: 5);
        resumed.StartEpoch(1);
        Epoch(resumed).ShouldBe(one);
        resumed.StartEpoch(0);
        Epoch(resumed).ShouldBe(zero);
        Epoch(new BatchSampler(40, 8, shuffle: true, seed: 6)).ShouldNotBe(zero);
        Epoch(new BatchSampler(40, 8, shuffle: false, seed: 6)).ShouldBe(Enumerable.Range(0, 40));
    }

    [Test]
    public void Leaves_out_a_last_batch_that_is_not_full_when_asked()
    {
        var sampler = new BatchSampler(10, 4, shuffle: false, seed: 0, dropLast: true);
        sampler.BatchCount.ShouldBe(2);
        Epoch(sampler).Length.ShouldBe(8);
        new BatchSampler(8, 4, shuffle: false, seed: 0, dropLast: true).BatchCount.ShouldBe(2);
        Should.Throw<ArgumentException>(() => new BatchSampler(3, 4, shuffle: true, seed: 0, dropLast: true)).Message.ShouldContain("nothing is left");
    }

    [Test]
    public void Allocates_nothing_while_it_runs()
    {
        var sampler = new BatchSampler(1000, 16, shuffle: true, seed: 5);
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
    public void Refuses_numbers_that_make_no_sense()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new BatchSampler(0, 4, shuffle: true, seed: 0));
        Should.Throw<ArgumentOutOfRangeException>(() => new BatchSampler(4, 0, shuffle: true, seed: 0));
        var sampler = new BatchSampler(4, 2, shuffle: true, seed: 0);
        Should.Throw<ArgumentOutOfRangeException>(() => sampler.Batch(2).Length);
        Should.Throw<ArgumentOutOfRangeException>(() => sampler.Batch(-1).Length);
        Should.Throw<ArgumentOutOfRangeException>(() => sampler.StartEpoch(-1));
    }

    private static int[] Epoch(BatchSampler sampler)
    {
        var samples = new List<int>();
        for (int batch = 0; batch < sampler.BatchCount; batch++) samples.AddRange(sampler.Batch(batch));
        return [.. samples];
    }
}
