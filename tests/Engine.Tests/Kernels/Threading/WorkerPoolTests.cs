using FastNets.Threading;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Kernels.Threading;

[NonParallelizable]
internal sealed unsafe class WorkerPoolTests
{
    private int _before;

    [SetUp]
    public void Remember() => _before = WorkerPool.Threads;

    [TearDown]
    public void Restore() => WorkerPool.Threads = _before;

    [Test]
    public void Each_item_runs_once([Values(1, 2, 3, 8)] int threads, [Values(-1, 0, 1, 2, 7, 1000)] int items)
    {
        WorkerPool.Threads = threads;
        var counts = new int[Math.Max(items, 1)];
        for (int round = 0; round < 20; round++) WorkerPool.Run(items, new Count(counts));
        counts.AsSpan(0, Math.Max(items, 0)).ToArray().ShouldAllBe(count => count == 20);
    }

    [Test]
    public void An_exception_comes_back_and_the_pool_goes_on([Values(1, 2, 4)] int threads)
    {
        WorkerPool.Threads = threads;
        Should.Throw<InvalidDataException>(() => WorkerPool.Run(100, default(Fail))).Message.ShouldBe("item 37");
        var counts = new int[50];
        WorkerPool.Run(50, new Count(counts));
        counts.ShouldAllBe(count => count == 1);
    }

    [Test]
    public void A_call_from_inside_an_item_runs_to_its_end([Values(1, 2, 4)] int threads)
    {
        WorkerPool.Threads = threads;
        var counts = new int[40];
        WorkerPool.Run(25, new Nested(counts));
        counts.ShouldAllBe(count => count == 25);
    }

    [Test]
    public void Callers_on_many_threads_take_turns()
    {
        WorkerPool.Threads = 3;
        var counts = new int[64];
        Thread[] callers = [.. Enumerable.Range(0, 6).Select(_ => new Thread(() =>
        {
            for (int i = 0; i < 50; i++) WorkerPool.Run(64, new Count(counts));
        }))];
        foreach (Thread caller in callers) caller.Start();
        foreach (Thread caller in callers) caller.Join();
        counts.ShouldAllBe(count => count == 300);
    }

    [Test]
    public void A_call_allocates_nothing()
    {
        WorkerPool.Threads = 2;
        var counts = new int[64];
        Allocations.Of(() => WorkerPool.Run(64, new Count(counts))).ShouldBe(0);
    }

    [Test]
    public void The_number_of_threads_has_bounds()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => WorkerPool.Threads = 0);
        Should.Throw<ArgumentOutOfRangeException>(() => WorkerPool.Threads = WorkerPool.MaxThreads + 1);
    }

    private readonly struct Count(int[] counts) : IParallelBody
    {
        public void Invoke(int item) => Interlocked.Increment(ref counts[item]);
    }

    private readonly struct Fail : IParallelBody
    {
        public void Invoke(int item)
        {
            if (item == 37) throw new InvalidDataException("item 37");
        }
    }

    private readonly struct Nested(int[] counts) : IParallelBody
    {
        public void Invoke(int item) => WorkerPool.Run(counts.Length, new Count(counts));
    }
}
