using FastNets.Memory;
using FastNets.Random;
using FastNets.Rocket.Heads;

namespace FastNets.Perf.Cases;

/// <summary>Fits of the ridge classifier, ten alphas, on features that are shares of counts and follow a few hidden variables, as a transform's do.</summary>
internal static class RidgeCases
{
    private const int Hidden = 16;
    private const int Counts = 96;

    public static IEnumerable<PerfCase> All { get; } = [Case(500, 9996, 2), Case(1800, 9996, 2), Case(3600, 9996, 2)];

    private static PerfCase Case(int samples, int features, int classes)
        => new($"ridge/n{samples}_f{features}_c{classes}", () => new Fit(samples, features, classes), new PerfFigure("samples_per_s", samples));

    private sealed class Fit : PreparedCase, IDisposable
    {
        private readonly FeatureMatrix _features;
        private readonly int[] _labels;
        private readonly int _classes;

        public Fit(int samples, int features, int classes)
        {
            _features = new FeatureMatrix(samples, features);
            _labels = new int[samples];
            _classes = classes;
            var weights = new float[Hidden * features];
            var random = new PhiloxStream(seed: 0, stream: 0);
            foreach (ref float weight in weights.AsSpan()) weight = random.NextSingle() - 0.5f;
            for (int i = 0; i < samples; i++) FillSample(i, weights);
        }

        public override void Run() => RidgeClassifierCV.Fit(_features, _labels, _classes);

        public void Dispose() => _features.Dispose();

        private void FillSample(int sample, ReadOnlySpan<float> weights)
        {
            var random = new PhiloxStream(seed: 1, stream: (ulong)sample);
            _labels[sample] = sample < _classes ? sample : random.NextInt32(_classes);
            Span<float> hidden = stackalloc float[Hidden];
            for (int h = 0; h < Hidden; h++) hidden[h] = (3 * random.NextSingle()) - 1.5f + (h % _classes == _labels[sample] ? 0.5f : 0);
            Span<float> row = _features.Row(sample);
            for (int j = 0; j < row.Length; j++)
            {
                float sum = random.NextSingle() - 0.5f;
                for (int h = 0; h < Hidden; h++) sum += hidden[h] * weights[(j * Hidden) + h];
                row[j] = MathF.Round(Counts / (1 + MathF.Exp(-sum))) / Counts;
            }
        }
    }
}
