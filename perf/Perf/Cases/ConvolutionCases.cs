using FastNets.Kernels.Convolution;
using FastNets.Kernels.Pointwise;
using FastNets.Memory;
using FastNets.Random;

namespace FastNets.Perf.Cases;

/// <summary>The convolutions of FCN (Wang, Yan and Oates, 2017) and InceptionTime (Ismail Fawaz et al., 2020) on 16 series of 140 steps, each forward, by its weights and by its input.</summary>
internal static class ConvolutionCases
{
    private const int Batch = 16;
    private const int Length = 140;

    public static IEnumerable<PerfCase> All { get; } =
    [
        .. Cases(1, 128, 8), .. Cases(128, 256, 5), .. Cases(256, 128, 3),
        .. Cases(32, 32, 10), .. Cases(32, 32, 20), .. Cases(32, 32, 40), .. Cases(128, 32, 1),
    ];

    private static IEnumerable<PerfCase> Cases(int channels, int filters, int width)
    {
        var shape = new ConvolutionShape(Length, channels, filters, width, 1, 1, (width - 1) / 2, width / 2);
        var rate = new PerfFigure("gflops", 2e-9 * Batch * Length * channels * filters * width);
        foreach (Part part in Enum.GetValues<Part>())
        {
            // A series' own gradient is never asked for.
            if (channels == 1 && part == Part.Input) continue;
            string name = part switch { Part.Forward => "forward", Part.Weights => "weights", _ => "input" };
            yield return new($"conv/{name}_c{channels}_f{filters}_w{width}", () => new Convolution(shape, part), rate);
        }
    }

    private enum Part
    {
        Forward,
        Weights,
        Input,
    }

    private sealed class Convolution(ConvolutionShape shape, Part part) : PreparedCase, IDisposable
    {
        private readonly AlignedBuffer _x = Uniform(Batch * Length * shape.Channels, stream: 0);
        private readonly AlignedBuffer _kernel = Uniform(shape.Width * shape.Channels * shape.Filters, stream: 1);
        private readonly AlignedBuffer _y = Uniform(Batch * Length * shape.Filters, stream: 2);

        public override void Run()
        {
            Span<float> x = _x.Span(0, (int)_x.Length), kernel = _kernel.Span(0, (int)_kernel.Length), y = _y.Span(0, (int)_y.Length);
            switch (part)
            {
                case Part.Forward: ConvolutionKernels.Forward<Identity>(x, kernel, default, default, y, Batch, shape, DropoutMask.None); break;
                case Part.Weights: ConvolutionKernels.WeightGradient(x, y, kernel, Batch, shape); break;
                default: ConvolutionKernels.InputGradient(y, kernel, x, Batch, shape, accumulate: false); break;
            }
        }

        public void Dispose()
        {
            _x.Dispose();
            _kernel.Dispose();
            _y.Dispose();
        }

        private static AlignedBuffer Uniform(int count, ulong stream)
        {
            var buffer = new AlignedBuffer(count);
            var random = new PhiloxStream(seed: 0, stream);
            foreach (ref float value in buffer.Span(0, count)) value = random.NextSingle();
            return buffer;
        }
    }
}
