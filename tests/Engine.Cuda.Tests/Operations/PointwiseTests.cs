using FastNets.Backends;
using FastNets.Engine.Cuda.Tests.Harness;
using FastNets.Kernels.Pointwise;
using NUnit.Framework;

namespace FastNets.Engine.Cuda.Tests.Operations;

/// <summary>Dense layers and functions of each element, forward and backward.</summary>
public sealed class PointwiseTests
{
    private static readonly (int Rows, int Columns)[] Shapes = [(1, 1), (2, 31), (3, 32), (5, 33), (7, 129), (300, 10), (257, 200)];

    [Test]
    public void Dense_layers([ValueSource(nameof(Shapes))] (int Rows, int Columns) shape, [Values] bool bias, [Values(0f, 0.3f)] float rate)
    {
        (int rows, int units) = shape;
        const int Inputs = 19;
        using var pair = new BackendPair();
        Slot x = pair.Normal(Arena.Input, rows * Inputs, "x");
        Slot kernel = pair.Normal(Arena.Parameters, Inputs * units, "kernel");
        Slot b = bias ? pair.Normal(Arena.Parameters, units, "bias") : Slot.None;
        Slot z = pair.Output(Arena.Activations, rows * units, "preactivation");
        Slot y = pair.Output(Arena.Activations, rows * units, "y");
        Slot dKernel = pair.Normal(Arena.Gradients, Inputs * units, "kernel gradient");
        Slot dX = pair.Normal(Arena.Activations, rows * Inputs, "input gradient");
        var mask = new DropoutMask(rate, 0x1234_5678_9abc_def0, 3, pair.Step);
        pair.Run(new DenseLayer(x, kernel, b, z, y, dKernel, dX, rows, Inputs, units, mask));
    }

    [Test]
    public void Functions([ValueSource(nameof(Shapes))] (int Rows, int Columns) shape, [Values(0f, 0.5f)] float rate)
    {
        Run<Relu>(shape, rate);
        Run<LeakyRelu>(shape, rate);
        Run<Elu>(shape, rate);
        Run<Selu>(shape, rate);
        Run<Silu>(shape, rate);
        Run<Softplus>(shape, rate);
        Run<Sigmoid>(shape, rate);
        Run<Tanh>(shape, rate);
        Run<Gelu>(shape, rate);
        Run<GeluTanh>(shape, rate);
        Run<Identity>(shape, rate);
        Run<Chain<Tanh, Relu>>(shape, rate);
        Run<Chain<Identity, Sigmoid>>(shape, rate);
        Run<Chain<Chain<Gelu, Tanh>, Chain<Softplus, LeakyRelu>>>(shape, rate);
    }

    [Test]
    public void Functions_of_extreme_numbers()
    {
        float[] extremes = [0f, -0f, 1e-30f, -1e-30f, 88f, -88f, 104f, -104f, 1e30f, -1e30f, float.PositiveInfinity, float.NegativeInfinity, float.NaN, 7.9f, -7.9f, 3.99f, 1e-6f];
        Extremes<Relu>(extremes);
        Extremes<LeakyRelu>(extremes);
        Extremes<Elu>(extremes);
        Extremes<Selu>(extremes);
        Extremes<Silu>(extremes);
        Extremes<Softplus>(extremes);
        Extremes<Sigmoid>(extremes);
        Extremes<Tanh>(extremes);
        Extremes<Gelu>(extremes);
        Extremes<GeluTanh>(extremes);
    }

    [Test]
    public void Column_sums_of_many_rows([Values(256, 257, 1000, 40_001)] int rows, [Values(1, 35)] int columns)
    {
        using var pair = new BackendPair();
        Slot dY = pair.Normal(Arena.Activations, rows * columns, "dY");
        Slot sums = pair.Output(Arena.Gradients, columns, "sums");
        pair.Run(new Sums(dY, sums, rows, columns));
    }

    [Test]
    public void Column_sums_of_no_rows()
    {
        using var pair = new BackendPair();
        Slot dY = pair.Normal(Arena.Activations, 3, "dY");
        Slot sums = pair.Output(Arena.Gradients, 3, "sums");
        pair.Run(new Sums(dY, sums, 0, 3));
    }

    [Test]
    public void More_elements_than_threads_that_take_one_place_each([Values(0f, 0.5f)] float rate) => Run<Silu>((66_001, 3), rate);

    [Test]
    public void Affine_maps([ValueSource(nameof(Shapes))] (int Rows, int Columns) shape)
    {
        using var pair = new BackendPair();
        Slot x = pair.Normal(Arena.Activations, shape.Rows * shape.Columns, "x");
        Slot scale = pair.Normal(Arena.Folded, shape.Columns, "scale");
        Slot shift = pair.Normal(Arena.Folded, shape.Columns, "shift");
        pair.Run(new AffineInPlace(x, scale, shift, shape.Rows, shape.Columns));
    }

    private static void Run<TActivation>((int Rows, int Columns) shape, float rate)
        where TActivation : struct, IActivation
    {
        (int rows, int columns) = shape;
        using var pair = new BackendPair();
        Slot x = pair.Normal(Arena.Activations, rows * columns, typeof(TActivation).Name + " x");
        Slot y = pair.Output(Arena.Activations, rows * columns, typeof(TActivation).Name + " y");
        Slot dY = pair.Normal(Arena.Activations, rows * columns, "dY");
        Slot dX = pair.Output(Arena.Activations, rows * columns, typeof(TActivation).Name + " dX");
        Slot dBias = pair.Output(Arena.Gradients, columns, typeof(TActivation).Name + " dBias");
        pair.Run(new Function<TActivation>(x, y, dY, dX, dBias, rows, columns, new DropoutMask(rate, 42, 1, pair.Step)));
    }

    private static void Extremes<TActivation>(float[] values)
        where TActivation : struct, IActivation
    {
        using var pair = new BackendPair();
        Slot x = pair.Take(Arena.Activations, values, typeof(TActivation).Name + " x");
        Slot y = pair.Output(Arena.Activations, values.Length, typeof(TActivation).Name + " y");
        pair.Run(new Once<TActivation>(x, y, values.Length), 0);
    }

    private readonly struct DenseLayer(Slot x, Slot kernel, Slot bias, Slot z, Slot y, Slot dKernel, Slot dX, int rows, int inputs, int units, DropoutMask mask) : IOperation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend
        {
            backend.Dense<Gelu>(x, kernel, bias, z, y, rows, inputs, units, mask);
            backend.DenseWeightGradient(x, y, dKernel, rows, inputs, units, accumulate: true);
            backend.DenseInputGradient(y, kernel, dX, rows, inputs, units, accumulate: false);
        }
    }

    private readonly struct Function<TActivation>(Slot x, Slot y, Slot dY, Slot dX, Slot dBias, int rows, int columns, DropoutMask mask) : IOperation
        where TActivation : struct, IActivation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend
        {
            backend.Pointwise<TActivation>(x, y, rows, columns, mask);
            Slot saved = TActivation.IsIdentity ? Slot.None : TActivation.DerivativeOfInput ? x : y;
            backend.PointwiseBackward<TActivation>(dY, saved, dX, dBias, rows, columns, mask);
        }
    }

    private readonly struct Once<TActivation>(Slot x, Slot y, int columns) : IOperation
        where TActivation : struct, IActivation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend => backend.Pointwise<TActivation>(x, y, 1, columns, DropoutMask.None);
    }

    private readonly struct Sums(Slot dY, Slot sums, int rows, int columns) : IOperation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend => backend.PointwiseBackward<Identity>(dY, Slot.None, Slot.None, sums, rows, columns, DropoutMask.None);
    }

    private readonly struct AffineInPlace(Slot x, Slot scale, Slot shift, int rows, int columns) : IOperation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend => backend.Affine<Silu>(x, scale, shift, x, rows, columns);
    }
}
