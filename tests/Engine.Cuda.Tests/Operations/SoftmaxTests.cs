using FastNets.Backends;
using FastNets.Engine.Cuda.Tests.Harness;
using NUnit.Framework;

namespace FastNets.Engine.Cuda.Tests.Operations;

/// <summary>The softmax over rows, forward and backward, on rows for parts of a warp, for a warp and for a block.</summary>
public sealed class SoftmaxTests
{
    private static readonly (int Rows, int Columns)[] Shapes =
    [
        (1, 1), (2, 2), (257, 3), (1000, 5), (255, 8), (33, 9), (256, 31), (3, 32), (7, 33), (5, 129), (9, 1000), (2, 1024), (3, 1025), (1, 4097), (4, 6001),
    ];

    [Test]
    public void Forward_and_backward([ValueSource(nameof(Shapes))] (int Rows, int Columns) shape)
    {
        (int rows, int columns) = shape;
        using var pair = new BackendPair();
        Slot x = pair.Uniform(Arena.Activations, rows * columns, -30, 30, "x");
        Slot y = pair.Output(Arena.Activations, rows * columns, "y");
        Slot dY = pair.Normal(Arena.Activations, rows * columns, "dY");
        Slot dX = pair.Output(Arena.Activations, rows * columns, "dX");
        Slot xThenY = pair.Normal(Arena.Activations, rows * columns, "x, then y");
        Slot dYThenDX = pair.Normal(Arena.Activations, rows * columns, "dY, then dX");
        pair.Run(new Both(x, y, dY, dX, rows, columns));
        pair.Run(new Both(xThenY, xThenY, dYThenDX, dYThenDX, rows, columns));
    }

    [Test]
    public void Rows_of_numbers_that_are_none_or_infinite([Values(5, 70, 1500)] int columns)
    {
        const int Rows = 9;
        float[] values = new float[Rows * columns];
        for (int i = 0; i < values.Length; i++) values[i] = (i * 37 % 101) - 50;
        values[(1 * columns) + columns - 1] = float.NaN;
        values[2 * columns] = float.PositiveInfinity;
        values[(3 * columns) + 1] = float.NegativeInfinity;
        values.AsSpan(4 * columns, columns).Fill(float.NegativeInfinity);
        values.AsSpan(5 * columns, columns).Fill(1e30f);
        values[(6 * columns) + 2] = -3e38f;
        values[(7 * columns) + 3] = 3e38f;
        using var pair = new BackendPair();
        Slot x = pair.Take(Arena.Activations, values, "x");
        Slot y = pair.Output(Arena.Activations, values.Length, "y");
        Slot dY = pair.Normal(Arena.Activations, values.Length, "dY");
        Slot dX = pair.Output(Arena.Activations, values.Length, "dX");
        pair.Run(new Both(x, y, dY, dX, Rows, columns));
    }

    private readonly struct Both(Slot x, Slot y, Slot dY, Slot dX, int rows, int columns) : IOperation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend
        {
            backend.Softmax(x, y, rows, columns);
            backend.SoftmaxBackward(dY, y, dX, rows, columns);
        }
    }
}
