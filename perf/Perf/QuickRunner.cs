using System.Diagnostics;

namespace FastNets.Perf;

/// <summary>Times cases quickly and stably: all cases once, then all once more, so that a busy minute of the machine touches every case.</summary>
internal sealed class QuickRunner(IReadOnlyList<PerfCase> cases, int rounds, TextWriter progress)
{
    /// <summary>What one round of a case takes at least.</summary>
    private static readonly TimeSpan RoundTime = TimeSpan.FromMilliseconds(80);

    // The compiler first counts 30 calls, then waits 100 ms without new work, then compiles anew, twice.
    private const int WarmUps = 3;
    private const int CallsBeforeOptimization = 30;
    private static readonly TimeSpan CompilerPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan WarmUpLimit = TimeSpan.FromSeconds(1);

    /// <summary>Prepares, warms up and times all cases.</summary>
    public IReadOnlyList<PerfResult> Run()
    {
        var running = new List<RunningCase>(cases.Count);
        try
        {
            foreach (PerfCase one in cases) running.Add(new RunningCase(one));
            for (int warmUp = 1; warmUp <= WarmUps; warmUp++)
            {
                progress.WriteLine($"warm-up {warmUp} of {WarmUps}");
                foreach (RunningCase one in running) one.WarmUp();
                Thread.Sleep(CompilerPause);
            }

            foreach (RunningCase one in running) one.Calibrate();
            for (int round = 1; round <= rounds; round++)
            {
                progress.WriteLine($"round {round} of {rounds}");
                foreach (RunningCase one in running) one.TimeOnce();
            }

            return [.. running.Select(one => one.Result())];
        }
        finally
        {
            foreach (RunningCase one in running) one.Dispose();
        }
    }

    private sealed class RunningCase(PerfCase source) : IDisposable
    {
        private readonly PreparedCase _prepared = source.Prepare();
        private readonly List<double> _milliseconds = [];
        private readonly List<double> _deviceTimes = [];
        private int _repetitions = 1;
        private long _allocated;

        public void WarmUp()
        {
            long start = Stopwatch.GetTimestamp();
            for (int call = 0; ; call++)
            {
                TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
                if (elapsed >= WarmUpLimit || (elapsed >= RoundTime && call >= CallsBeforeOptimization)) return;
                _prepared.Run();
            }
        }

        /// <summary>Finds how many repetitions fill a round, by doubling them: a single short run is too coarse a measure.</summary>
        public void Calibrate()
        {
            while (true)
            {
                TimeSpan elapsed = Time();
                if (elapsed >= RoundTime) return;
                double missing = RoundTime / TimeSpan.FromTicks(Math.Max(1, elapsed.Ticks));
                _repetitions = (int)Math.Min(int.MaxValue / 2, Math.Ceiling(_repetitions * Math.Clamp(1.1 * missing, 1.1, 16)));
            }
        }

        public void TimeOnce()
        {
            // What other cases left must not be collected in this one's time.
            GC.Collect();
            long before = GC.GetTotalAllocatedBytes(precise: true);
            TimeSpan elapsed = Time();
            _allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
            _milliseconds.Add(elapsed.TotalMilliseconds / ((double)_repetitions * _prepared.Operations));
            if (_prepared.DeviceMilliseconds is { } device) _deviceTimes.Add(device / _prepared.Operations);
        }

        public PerfResult Result()
            => new(source, [.. _milliseconds], _allocated / ((double)_repetitions * _prepared.Operations), [.. _deviceTimes]);

        public void Dispose() => (_prepared as IDisposable)?.Dispose();

        private TimeSpan Time()
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < _repetitions; i++) _prepared.Run();
            return Stopwatch.GetElapsedTime(start);
        }
    }
}
