using FastNets.Backends;
using FastNets.Engine.Cuda.Tests.Harness;
using FastNets.Kernels.Pointwise;
using NUnit.Framework;

namespace FastNets.Engine.Cuda.Tests.Operations;

/// <summary>Operations that move elements, or add them.</summary>
public sealed class LayoutTests
{
    private static readonly (int First, int Second, int Columns)[] Cubes =
    [
        (1, 1, 1), (1, 5, 3), (5, 1, 3), (2, 3, 1), (33, 65, 1), (64, 128, 1), (1000, 3, 1), (100, 70, 2), (3, 257, 3), (64, 32, 4), (40, 37, 5),
        (41, 37, 7), (33, 16, 8), (17, 19, 9), (5, 300, 33), (257, 5, 129), (2, 3, 1000),
    ];

    private static readonly (int Rows, int Columns)[] Shapes = [(1, 1), (2, 31), (255, 32), (256, 33), (7, 129), (1000, 1), (257, 40), (3, 1000)];

    [Test]
    public void Axes_swapped([ValueSource(nameof(Cubes))] (int First, int Second, int Columns) cube)
    {
        int elements = cube.First * cube.Second * cube.Columns;
        using var pair = new BackendPair();
        Slot x = pair.Normal(Arena.Activations, elements, "x");
        Slot y = pair.Output(Arena.Activations, elements, "y");
        pair.Run(new Swap(x, y, cube.First, cube.Second, cube.Columns), 0);
    }

    [Test]
    public void Sums([ValueSource(nameof(Shapes))] (int Rows, int Columns) shape)
    {
        (int rows, int columns) = shape;
        using var pair = new BackendPair();
        Slot a = pair.Normal(Arena.Activations, rows * columns, "a");
        Slot b = pair.Normal(Arena.Activations, rows * columns, "b");
        Slot y = pair.Output(Arena.Activations, rows * columns, "y");
        var mask = new DropoutMask(0.3f, 77, 2, pair.Step);
        pair.Run(new Addition<Identity>(a, b, y, rows, columns, DropoutMask.None), 1e-6);
        pair.Run(new Addition<Identity>(a, b, y, rows, columns, mask), 1e-6);
        pair.Run(new Addition<Gelu>(a, b, y, rows, columns, mask), 1e-6);
        pair.Run(new Addition<Chain<Tanh, Softplus>>(a, b, y, rows, columns, DropoutMask.None), 1e-6);
        pair.Run(new Addition<LeakyRelu>(a, b, b, rows, columns, mask), 1e-6);
        pair.Run(new Addition<Silu>(a, b, a, rows, columns, DropoutMask.None), 1e-6);
        pair.Run(new Addition<Elu>(a, b, b, rows, columns, DropoutMask.None), 1e-6);
        pair.Run(new Addition<Identity>(a, b, a, rows, columns, mask), 1e-6);
    }

    [Test]
    public void Columns_copied([ValueSource(nameof(Shapes))] (int Rows, int Columns) shape)
    {
        (int rows, int count) = shape;
        using var pair = new BackendPair();
        Slot source = pair.Normal(Arena.Activations, rows * (count + 7), "source");
        Slot whole = pair.Normal(Arena.Activations, rows * count, "a source of as many columns");
        Slot target = pair.Normal(Arena.Activations, rows * (count + 12), "target");
        pair.Run(new Copies(source, whole, target, rows, count, accumulate: true), 0);
        pair.Run(new Copies(source, whole, target, rows, count, accumulate: false), 0);
    }

    [Test]
    public void Columns_that_a_matrix_does_not_have_are_refused()
    {
        using var pair = new BackendPair();
        Slot source = pair.Normal(Arena.Activations, 12, "source");
        Slot target = pair.Normal(Arena.Activations, 12, "target");
        Assert.Throws<ArgumentOutOfRangeException>(() => pair.RunOnGpu(new Copy(source, target, 2, 0, 3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => pair.RunOnGpu(new Copy(source, target, 0, 2, 3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => pair.RunOnGpu(new Copy(source, target, -1, 0, 3)));
        pair.Run(new Copy(source, target, 1, 1, 3), 0);
    }

    [Test]
    public void A_row_over_and_over([ValueSource(nameof(Shapes))] (int Rows, int Columns) shape)
    {
        using var pair = new BackendPair();
        Slot row = pair.Normal(Arena.Parameters, shape.Columns, "row");
        Slot y = pair.Output(Arena.Activations, shape.Rows * shape.Columns, "y");
        Slot zeros = pair.Output(Arena.Activations, shape.Rows * shape.Columns, "zeros");
        pair.Run(new Rows(row, y, zeros, shape.Rows, shape.Columns), 0);
    }

    [Test]
    public void Running_means([Values(1, 3, 1000, 1024, 5001)] int length)
    {
        using var pair = new BackendPair();
        Slot x = pair.Normal(Arena.Gradients, length, "x");
        Slot y = pair.Normal(Arena.AccumulatedGradients, length, "y");
        foreach (float fraction in (float[])[0, 0.125f, 0.3f, 1]) pair.Run(new Step(x, y, fraction), 1e-7);
    }

    [Test]
    public void A_mean_begins_whatever_was_there()
    {
        using var pair = new BackendPair();
        Slot x = pair.Normal(Arena.Gradients, 3, "x");
        Slot y = pair.Take(Arena.AccumulatedGradients, [float.NaN, float.PositiveInfinity, 0f], "y");
        pair.Run(new Step(x, y, 1), 0);
    }

    private readonly struct Swap(Slot x, Slot y, int first, int second, int columns) : IOperation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend => backend.SwapAxes(x, y, first, second, columns);
    }

    private readonly struct Addition<TActivation>(Slot a, Slot b, Slot y, int rows, int columns, DropoutMask mask) : IOperation
        where TActivation : struct, IActivation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend => backend.Add<TActivation>(a, b, y, rows, columns, mask);
    }

    private readonly struct Copies(Slot source, Slot whole, Slot target, int rows, int count, bool accumulate) : IOperation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend
        {
            backend.CopyColumns(source, count + 7, 4, target, count + 12, 9, rows, count, accumulate);
            backend.CopyColumns(whole, count, 0, target, count + 12, 0, rows, count, accumulate);
            backend.CopyColumns(source, count + 7, 0, whole, count, 0, rows, count, accumulate);
            backend.CopyColumns(source, count + 7, 0, whole, count, 0, rows, 0, accumulate);
        }
    }

    private readonly struct Copy(Slot source, Slot target, int sourceOffset, int targetOffset, int count) : IOperation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend => backend.CopyColumns(source, 4, sourceOffset, target, 4, targetOffset, 3, count, accumulate: false);
    }

    private readonly struct Rows(Slot row, Slot y, Slot zeros, int rows, int columns) : IOperation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend
        {
            backend.BroadcastRow(row, y, rows, columns);
            backend.BroadcastRow(Slot.None, zeros, rows, columns);
        }
    }

    private readonly struct Step(Slot x, Slot y, float fraction) : IOperation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend => backend.MoveTowards(x, y, fraction);
    }
}
