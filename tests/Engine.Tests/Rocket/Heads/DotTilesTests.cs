using FastNets.Kernels;
using FastNets.Random;
using FastNets.Rocket.Heads;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Rocket.Heads;

public unsafe class DotTilesTests
{
    private static readonly Isa[] Isas = [.. Enum.GetValues<Isa>().Where(CpuIsa.IsSupported)];

    [Test]
    public void Products_of_integers_are_exact(
        [Values(4, 8, 20)] int rows, [Values(4, 12)] int columns, [Values(0, 8, 24, 512, 520, 1032)] int inner, [Values(0, 1, 2)] int kind,
        [ValueSource(nameof(Isas))] Isa isa)
    {
        var into = (DotTiles.Into)kind;
        using DoubleMatrix a = Integers(rows, inner + 3, 1);
        using DoubleMatrix b = Integers(columns, inner + 5, 2);
        using DoubleMatrix c = Integers(rows, columns + 2, 3);
        using DoubleMatrix before = Integers(rows, columns + 2, 3);

        DotTiles.Multiply(c.At(0, 0), c.Columns, a.At(0, 0), a.Columns, b.At(0, 0), b.Columns, rows, columns, inner, into, isa);

        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                double sum = 0;
                for (int k = 0; k < inner; k++) sum += *a.At(i, k) * *b.At(j, k);
                double old = *before.At(i, j);
                (*c.At(i, j)).ShouldBe(into switch { DotTiles.Into.Overwrite => sum, DotTiles.Into.Add => old + sum, _ => old - sum });
            }

            for (int j = columns; j < c.Columns; j++) (*c.At(i, j)).ShouldBe(*before.At(i, j));
        }
    }

    [Test]
    public void Single_precision_dots_of_integers_are_exact([Range(0, 200)] int count, [ValueSource(nameof(Isas))] Isa isa)
    {
        var random = new PhiloxStream(4, (ulong)count);
        var x = new float[count + 1];
        var y = new float[count + 1];
        float expected = 0;
        for (int i = 0; i < count; i++)
        {
            x[i] = random.NextInt32(9) - 4;
            y[i] = random.NextInt32(9) - 4;
            expected += x[i] * y[i];
        }

        // What lies behind the end must not be read into the sum.
        x[count] = y[count] = 1000;
        fixed (float* px = x, py = y) DotProduct.Compute(px, py, count, isa).ShouldBe(expected);
    }

    private static DoubleMatrix Integers(int rows, int columns, ulong stream)
    {
        var random = new PhiloxStream(4, stream);
        var matrix = new DoubleMatrix(rows, columns);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++) *matrix.At(i, j) = random.NextInt32(21) - 10;
        }

        return matrix;
    }
}
