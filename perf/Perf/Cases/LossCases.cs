using FastNets.Kernels.Losses;

namespace FastNets.Perf.Cases;

/// <summary>Losses with their gradients, of batches as training has them.</summary>
internal static class LossCases
{
    public static IEnumerable<PerfCase> All { get; } =
    [
        CrossEntropy("loss/cross_entropy_256x31", 256, 31, default),
        CrossEntropy("loss/cross_entropy_smoothed_256x31", 256, 31, new CrossEntropySettings(0.1f, 0f, Sum: false, IgnoreMissing: false)),
        CrossEntropy("loss/cross_entropy_focal_256x31", 256, 31, new CrossEntropySettings(0f, 2f, Sum: false, IgnoreMissing: false)),
        CrossEntropy("loss/cross_entropy_16x5", 16, 5, default),
        Element("loss/squared_error_64x70", 64, 70, default(SquaredError)),
        Element("loss/huber_64x70", 64, 70, new HuberError(1f)),
        Element("loss/binary_cross_entropy_64x70", 64, 70, default(BinaryCrossEntropy)),
    ];

    private static PerfCase CrossEntropy(string name, int rows, int classes, CrossEntropySettings settings) =>
        new(name, () => new CrossEntropyRun(rows, classes, settings), new PerfFigure("melements_per_s", rows * classes * 1e-6));

    private static PerfCase Element<TLoss>(string name, int batch, int columns, TLoss loss)
        where TLoss : struct, IPointwiseLoss =>
        new(name, () => new ElementRun<TLoss>(batch, columns, loss), new PerfFigure("melements_per_s", batch * columns * 1e-6));

    private static float[] Numbers(int count, ulong stream)
    {
        var random = new FastNets.Random.PhiloxStream(seed: 1, stream);
        var numbers = new float[count];
        foreach (ref float number in numbers.AsSpan()) number = (float)random.NextNormal();
        return numbers;
    }

    private sealed class CrossEntropyRun(int rows, int classes, CrossEntropySettings settings) : PreparedCase
    {
        private readonly float[] _logits = Numbers(rows * classes, 0);
        private readonly int[] _labels = [.. Enumerable.Range(0, rows).Select(row => row % classes)];
        private readonly float[] _losses = new float[rows];
        private readonly float[] _total = new float[1];
        private readonly float[] _gradient = new float[rows * classes];

        public override void Run() =>
            CrossEntropyKernels.Run(_logits, _labels, default, default, _losses, _total, _gradient, default, rows, 1, classes, settings);
    }

    private sealed class ElementRun<TLoss>(int batch, int columns, TLoss loss) : PreparedCase
        where TLoss : struct, IPointwiseLoss
    {
        private readonly float[] _output = Numbers(batch * columns, 0);
        private readonly float[] _targets = Numbers(batch * columns, 1);
        private readonly float[] _losses = new float[batch];
        private readonly float[] _total = new float[1];
        private readonly float[] _gradient = new float[batch * columns];

        public override void Run() => ElementLossKernels.Run(_output, _targets, default, _losses, _total, _gradient, batch, 1, columns, loss, default);
    }
}
