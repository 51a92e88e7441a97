using FastNets.Data;
using FastNets.Memory;
using FastNets.Random;
using FastNets.Rocket;

namespace FastNets.Perf.Cases;

/// <summary>The MiniRocket transform of random walks, 9996 features each; fitting lies outside the timing.</summary>
internal static class MiniRocketCases
{
    public static IEnumerable<PerfCase> All { get; } = [Case(1000, 140), Case(500, 512), Case(100, 2048)];

    private static PerfCase Case(int series, int length)
        => new($"minirocket/n{series}_t{length}", () => new Transform(RandomWalks(series, length)), new PerfFigure("series_per_s", series));

    private static SeriesSet RandomWalks(int series, int length)
    {
        float[] values = new float[series * length];
        for (int i = 0; i < series; i++)
        {
            var random = new PhiloxStream(seed: 0, stream: (ulong)i);
            double position = 0;
            foreach (ref float value in values.AsSpan(i * length, length)) value = (float)(position += random.NextNormal());
        }

        return new SeriesSet("random walks", channels: 1, [.. Enumerable.Repeat(length, series)], values, labels: [], classes: []);
    }

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
}
