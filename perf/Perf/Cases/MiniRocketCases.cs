using FastNets.Data;
using FastNets.Memory;
using FastNets.Rocket;

namespace FastNets.Perf.Cases;

/// <summary>The MiniRocket transform of random walks, 9996 features each; fitting lies outside the timing.</summary>
internal static class MiniRocketCases
{
    public static IEnumerable<PerfCase> All { get; } = [Case(1000, 140), Case(500, 512), Case(100, 2048)];

    private static PerfCase Case(int series, int length)
        => new($"minirocket/n{series}_t{length}", () => new Transform(RandomWalks.Make(0, series, length)), new PerfFigure("series_per_s", series));

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
