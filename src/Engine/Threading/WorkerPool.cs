using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace FastNets.Threading;

/// <summary>A piece of work that is cut into items, each of which may run on any thread of the pool.</summary>
public interface IParallelBody
{
    /// <summary>Runs one item.</summary>
    /// <param name="item">The item's index, from 0 to the number of items less one.</param>
    void Invoke(int item);
}

/// <summary>The one pool of threads of the process.</summary>
/// <remarks>
/// <para>Work is cut by the shape of the problem, never by the number of threads, and each item writes what no other
/// item writes: results are the same bits whatever <see cref="Threads"/> is. A call allocates nothing.</para>
/// <para>Thread-safe. Calls from several threads at a time take turns; a call from inside an item runs on that thread alone.</para>
/// </remarks>
public static unsafe class WorkerPool
{
    /// <summary>The environment variable that sets the number of threads at the start of the process.</summary>
    public const string EnvironmentVariable = "FASTNETS_THREADS";

    /// <summary>The largest number of threads that may be asked for.</summary>
    public const int MaxThreads = 1024;

    // Long enough to catch the next operation of a training step, short enough to leave the core to others between steps.
    private const int SpinsBeforeSleep = 2000;

    private static readonly Lock Gate = new();
    private static readonly SemaphoreSlim Wake = new(0);
    private static readonly Job Only = new();
    private static int _threads = ThreadsFromEnvironment();
    private static int _started;
    private static int _sleeping;
    private static volatile Job? _job;

    [ThreadStatic]
    private static bool _inside;

    /// <summary>How many threads work on a call, the caller's included. At least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1 or above <see cref="MaxThreads"/>.</exception>
    public static int Threads
    {
        get => _threads;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxThreads);
            lock (Gate) _threads = value;
        }
    }

    /// <summary>Runs all items, on this thread alone where the work is not worth sharing out, and returns when the last one is done.</summary>
    /// <typeparam name="TBody">A struct, so that the call to each item is direct.</typeparam>
    /// <param name="items">The number of items; nothing happens at 0 or below.</param>
    /// <param name="parallel">Whether other threads may take part.</param>
    /// <param name="body">The work. It is copied: results go to the memory that it points to.</param>
    /// <remarks>An exception of an item is thrown here when the other items that had begun are done; items not yet begun are left out.</remarks>
    public static void Run<TBody>(int items, bool parallel, TBody body)
        where TBody : struct, IParallelBody
    {
        if (parallel)
        {
            Run(items, body);
            return;
        }

        for (int i = 0; i < items; i++) body.Invoke(i);
    }

    /// <summary>Runs all items and returns when the last one is done.</summary>
    /// <typeparam name="TBody">A struct, so that the call to each item is direct.</typeparam>
    /// <param name="items">The number of items; nothing happens at 0 or below.</param>
    /// <param name="body">The work. It is copied: results go to the memory that it points to.</param>
    /// <remarks>An exception of an item is thrown here when the other items that had begun are done; items not yet begun are left out.</remarks>
    public static void Run<TBody>(int items, TBody body)
        where TBody : struct, IParallelBody
    {
        int threads = Math.Min(_threads, items);
        if (threads <= 1 || _inside)
        {
            for (int i = 0; i < items; i++) body.Invoke(i);
            return;
        }

        lock (Gate)
        {
            EnsureStarted(threads - 1);
            Job job = Only;
            job.Begin(items, threads - 1, &InvokeItem<TBody>, Unsafe.AsPointer(ref body));
            _job = job;
            Interlocked.MemoryBarrier();
            int sleeping = Volatile.Read(ref _sleeping);
            if (sleeping > 0) Wake.Release(Math.Min(sleeping, threads - 1));

            _inside = true;
            try
            {
                job.Work();
            }
            finally
            {
                _inside = false;
                _job = null;
                job.WaitForHelpers();
            }

            job.Failure?.Throw();
        }
    }

    private static void InvokeItem<TBody>(void* body, int item)
        where TBody : struct, IParallelBody => Unsafe.AsRef<TBody>(body).Invoke(item);

    private static void EnsureStarted(int helpers)
    {
        while (_started < helpers)
        {
            _started++;
            new Thread(HelperLoop) { IsBackground = true, Name = $"FastNets worker {_started}" }.Start();
        }
    }

    private static void HelperLoop()
    {
        _inside = true;
        int lastSeen = 0;
        while (true)
        {
            Job? job = null;
            for (int spin = 0; spin < SpinsBeforeSleep; spin++)
            {
                job = _job;
                if (job is not null && job.Serial != lastSeen) break;
                job = null;
                Thread.SpinWait(8);
            }

            if (job is null)
            {
                Interlocked.Increment(ref _sleeping);
                // A job that was published before the increment would not wake this thread: look once more.
                if (_job is null) Wake.Wait();
                Interlocked.Decrement(ref _sleeping);
                continue;
            }

            lastSeen = job.Serial;
            if (job.TryJoin())
            {
                job.Work();
                job.Leave();
            }
        }
    }

    private static int ThreadsFromEnvironment()
    {
        string? text = Environment.GetEnvironmentVariable(EnvironmentVariable);
        return int.TryParse(text, out int threads) && threads is >= 1 and <= MaxThreads
            ? threads
            : Math.Min(Environment.ProcessorCount, MaxThreads);
    }

    private sealed class Job
    {
        private delegate*<void*, int, void> _invoke;
        private void* _body;
        private int _items;
        private int _next;
        // Helpers inside in the low half; the job is closed to new ones when the top bit is set.
        private int _gate = Closed;
        private int _places;
        private const int Closed = 1 << 30;

        public volatile int Serial;

        public ExceptionDispatchInfo? Failure;

        public void Begin(int items, int helpers, delegate*<void*, int, void> invoke, void* body)
        {
            _invoke = invoke;
            _body = body;
            _items = items;
            _places = helpers;
            Failure = null;
            Volatile.Write(ref _next, 0);
            Serial++;
            Volatile.Write(ref _gate, 0);
        }

        public bool TryJoin()
        {
            while (true)
            {
                int gate = Volatile.Read(ref _gate);
                if (gate >= Closed || gate >= _places) return false;
                if (Interlocked.CompareExchange(ref _gate, gate + 1, gate) == gate) return true;
            }
        }

        public void Leave() => Interlocked.Decrement(ref _gate);

        public void Work()
        {
            try
            {
                int item;
                while ((item = Interlocked.Increment(ref _next) - 1) < _items) _invoke(_body, item);
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref Failure, ExceptionDispatchInfo.Capture(e), null);
                Volatile.Write(ref _next, _items);
            }
        }

        public void WaitForHelpers()
        {
            Interlocked.Add(ref _gate, Closed);
            var spin = default(SpinWait);
            while (Volatile.Read(ref _gate) != Closed) spin.SpinOnce(sleep1Threshold: -1);
        }
    }
}
