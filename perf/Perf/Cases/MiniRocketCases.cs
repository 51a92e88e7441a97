using FastNets.Data;
using FastNets.Memory;
using FastNets.Rocket;

namespace FastNets.Perf.Cases;

/// <summary>The MiniRocket transform of random walks, 9996 features each: of whole series, of series with several channels, and of a window that moves on; fitting lies outside the timing.</summary>
internal static class MiniRocketCases
{
    public static IEnumerable<PerfCase> All { get; } =
    [
        Case(1000, 140),
        Case(500, 512),
        Case(100, 2048),
        Case(200, 100, channels: 6),
        Case(200, 51, channels: 24),
        StreamCase(140),
        StreamCase(512),
        StreamCase(2048),
    ];

    /// <summary>A transform of series that are all there.</summary>
    public static PerfCase Case(int series, int length, int channels = 1)
        => new(
            $"minirocket/n{series}_t{length}" + (channels == 1 ? "" : $"_c{channels}"),
            () => new Transform(RandomWalks.Make(0, series, length, channels)),
            new PerfFigure("series_per_s", series))
        {
            RunsOnGpu = true,
        };

    private static PerfCase StreamCase(int window)
        => new($"minirocket/stream_w{window}", () => new Stream(RandomWalks.Make(0, 1, window), RandomWalks.Make(1, 1, Stream.Samples)), new PerfFigure("samples_per_s", Stream.Samples));

    private sealed class Transform : PreparedCase, IDisposable
    {
        private readonly SeriesSet _set;
        private readonly MiniRocket _transform;
        private readonly FeatureMatrix _features;

        public Transform(SeriesSet set)
        {
            _set = set;
            _transform = MiniRocket.Fit(set);
            _features = new FeatureMatrix(set.Count, _transform.FeatureCount);
        }

        /// <summary>Into memory that is there: what the system takes to hand out 40 MB would be a tenth of the time.</summary>
        public override void Run() => _transform.Transform(_set, _features);

        public void Dispose() => _features.Dispose();
    }

    /// <summary>One sample after another, with the features of the window after each.</summary>
    private sealed class Stream : PreparedCase, IDisposable
    {
        public const int Samples = 500;

        private readonly SeriesSet _samples;
        private readonly MiniRocketStream _stream;
        private readonly float[] _features;

        public Stream(SeriesSet train, SeriesSet samples)
        {
            _samples = samples;
            _stream = new MiniRocketStream(MiniRocket.Fit(train));
            _features = new float[_stream.FeatureCount];
            for (int i = 0; i < train.MaxLength; i++) _stream.Push(train.Series(0)[i]);
        }

        public override void Run()
        {
            foreach (float sample in _samples.Series(0))
            {
                _stream.Push(sample);
                _stream.Features(_features);
            }
        }

        public void Dispose() => _stream.Dispose();
    }
}
