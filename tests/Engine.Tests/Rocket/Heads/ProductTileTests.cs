using FastNets.Kernels;
using FastNets.Random;
using FastNets.Rocket.Heads.Solver;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Rocket.Heads;

public unsafe class ProductTileTests
{
    private static readonly Isa[] Isas = [.. Enum.GetValues<Isa>().Where(CpuIsa.IsSupported)];

    [Test]
    public void Products_of_integers_are_exact_in_double_precision(
        [Values(8, 24)] int rows, [Values(0, 1, 7, 48)] int depth, [Values(0, 1, 2)] int into, [Values] bool transposed, [ValueSource(nameof(Isas))] Isa isa)
        => Check<double>(rows, depth, (ProductTile.Into)into, transposed, isa, value => value, value => value);

    [Test]
    public void Products_of_integers_are_exact_in_single_precision(
        [Values(8, 24)] int rows, [Values(0, 1, 7, 48)] int depth, [Values(0, 1, 2)] int into, [Values] bool transposed, [ValueSource(nameof(Isas))] Isa isa)
        => Check<float>(rows, depth, (ProductTile.Into)into, transposed, isa, value => value, value => value);

    [Test]
    public void Sums_of_columns_of_integers_are_exact([Values(8, 16, 40, 72)] int count, [ValueSource(nameof(Isas))] Isa isa)
    {
        switch (isa)
        {
            case Isa.Vector512: CheckColumns<Double8>(count); break;
            case Isa.Vector256: CheckColumns<Double4>(count); break;
            default: CheckColumns<Double1>(count); break;
        }
    }

    private static void CheckColumns<T>(int count)
        where T : struct, ITileLanes<T, double>
    {
        using NativeMatrix<double> v = Integers<double>(8, count + 3, 1, value => value);
        using NativeMatrix<double> x = Integers<double>(1, count + 1, 2, value => value);
        using NativeMatrix<double> before = Integers<double>(1, count + 1, 2, value => value);
        double* dots = stackalloc double[8];
        ColumnSums.Dots<T>(v.At(0, 0), v.Columns, x.At(0, 0), count, dots);
        for (int j = 0; j < 8; j++)
        {
            double sum = 0;
            for (int i = 0; i < count; i++) sum += *v.At(j, i) * *x.At(0, i);
            dots[j].ShouldBe(sum);
            ColumnSums.Dot<T>(v.At(j, 0), x.At(0, 0), count).ShouldBe(sum);
        }

        double* factors = stackalloc double[] { 1, 2, -3, 4, 5, -6, 7, 8 };
        ColumnSums.SubtractAll<T>(x.At(0, 0), v.At(0, 0), v.Columns, factors, count);
        ColumnSums.Subtract<T>(x.At(0, 0), v.At(3, 0), 2, count);
        for (int i = 0; i <= count; i++)
        {
            double expected = *before.At(0, i);
            for (int j = 0; j < 8 && i < count; j++) expected -= (factors[j] + (j == 3 ? 2 : 0)) * *v.At(j, i);
            (*x.At(0, i)).ShouldBe(expected);
        }
    }

    private static void Check<N>(int rows, int depth, ProductTile.Into into, bool transposed, Isa isa, Func<int, N> make, Func<N, double> read)
        where N : unmanaged
    {
        int width = ProductTile.Width<N>();
        using NativeMatrix<N> a = transposed ? Integers(depth, rows + 1, 1, make) : Integers(rows, depth + 3, 1, make);
        using NativeMatrix<N> b = Integers(depth, width + 5, 2, make);
        using NativeMatrix<N> c = Integers(rows, width + 2, 3, make);
        using NativeMatrix<N> before = Integers(rows, width + 2, 3, make);
        (nint row, nint step) = transposed ? (1, a.Columns) : (a.Columns, 1);

        ProductTile.Multiply(c.At(0, 0), c.Columns, a.At(0, 0), row, step, b.At(0, 0), b.Columns, rows, depth, into, isa);

        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < c.Columns; j++)
            {
                double sum = 0;
                for (int p = 0; p < depth && j < width; p++) sum += read(a.At(0, 0)[(i * row) + (p * step)]) * read(*b.At(p, j));
                double old = read(*before.At(i, j));
                double expected = into == ProductTile.Into.Subtract ? old - sum : old + sum;
                if (into == ProductTile.Into.Overwrite && j < width) expected = sum;
                read(*c.At(i, j)).ShouldBe(expected);
            }
        }
    }

    private static NativeMatrix<N> Integers<N>(int rows, int columns, ulong stream, Func<int, N> make)
        where N : unmanaged
    {
        var random = new PhiloxStream(4, stream);
        var matrix = new NativeMatrix<N>(rows, columns);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++) *matrix.At(i, j) = make(random.NextInt32(21) - 10);
        }

        return matrix;
    }
}
