using FastNets.Kernels;
using FastNets.Random;
using FastNets.Rocket.Heads.Solver;
using FastNets.Threading;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Rocket.Heads;

[NonParallelizable]
public unsafe class BandReductionTests
{
    private static readonly Isa[] Isas = [.. Enum.GetValues<Isa>().Where(CpuIsa.IsSupported)];

    // Orders around the edges of blocks (48), of items (96, 192) and of groups of reflections (240); ranks from nothing to all.
    [Test]
    public void The_band_in_the_new_basis_is_the_matrix(
        [Values("1 1", "2 1", "48 60", "49 60", "50 0", "96 3", "97 150", "145 40", "241 300", "300 97")] string sizes, [ValueSource(nameof(Isas))] Isa isa)
    {
        int[] size = [.. sizes.Split(' ').Select(int.Parse)];
        using var gram = new GramMatrix(size[0], isa);
        double[,] expected = Fill(gram, size[1]);
        gram.FillPadding(1);
        using BandReduction band = BandReduction.Reduce(gram, isa);
        using var rows = new BandRows<double>(gram, band, isa);

        double[,] b = Band(gram, band);
        double norm = Math.Max(1, gram.Order * size[1]);
        for (int i = 0; i < gram.Order; i++)
        {
            // B Q^T e_i, whose products with other rows of Q are elements of Q B Q^T.
            var column = new double[band.Order];
            for (int r = 0; r < band.Order; r++)
            {
                for (int c = Math.Max(0, r - 96); c < Math.Min(band.Order, r + 97); c++) column[r] += b[r, c] * *rows.Values.At(c, i);
            }

            for (int j = 0; j <= i; j++)
            {
                double sum = 0, orthogonal = 0;
                for (int r = 0; r < band.Order; r++)
                {
                    sum += *rows.Values.At(r, j) * column[r];
                    orthogonal += *rows.Values.At(r, i) * *rows.Values.At(r, j);
                }

                sum.ShouldBe(expected[i, j], 1e-14 * norm);
                orthogonal.ShouldBe(i == j ? 1 : 0, 1e-13);
            }
        }
    }

    [Test]
    public void Sums_of_products_in_single_precision_are_those_in_double_precision(
        [Values(1, 48, 97, 250)] int order, [Values(1, 64, 100, 300)] int depth, [ValueSource(nameof(Isas))] Isa isa)
    {
        using var gram = new GramMatrix(order, isa);
        using var packed = new NativeMatrix<float>(gram.Padded / 48, depth * 48);
        var random = new PhiloxStream(12, 0);
        for (int i = 0; i < order; i++)
        {
            for (int p = 0; p < depth; p++) *packed.At(i / 48, (p * 48) + (i % 48)) = random.NextSingle() - 0.4f;
        }

        gram.AddProduct(packed, depth);
        gram.AddProduct(packed, depth);

        for (int i = 0; i < order; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = 0;
                for (int p = 0; p < depth; p++) sum += (double)*packed.At(i / 48, (p * 48) + (i % 48)) * *packed.At(j / 48, (p * 48) + (j % 48));

                // 64 sums of at most 0.36 * 64, each rounded by 2^-24 of it, in each stretch.
                (*gram.Values.At(i, j)).ShouldBe(2 * sum, 2 * depth * 0.36 * 64 / 16777216);
            }
        }
    }

    [Test]
    public void Rows_in_single_precision_are_those_in_double_precision([Values(1, 97, 300)] int order, [ValueSource(nameof(Isas))] Isa isa)
    {
        using var gram = new GramMatrix(order, isa);
        Fill(gram, order + 5);
        gram.FillPadding(1);
        using BandReduction band = BandReduction.Reduce(gram, isa);
        using var rows = new BandRows<double>(gram, band, isa);
        using var single = new BandRows<float>(gram, band, isa);
        for (int i = 0; i < band.Order; i++)
        {
            for (int j = 0; j < band.Order; j++) ((double)*single.Values.At(i, j)).ShouldBe(*rows.Values.At(i, j), 2e-6);
        }
    }

    [Test]
    public void Columns_that_enter_and_leave_the_basis_are_as_before([Values(30, 145, 300)] int order, [ValueSource(nameof(Isas))] Isa isa)
    {
        using var gram = new GramMatrix(order, isa);
        Fill(gram, order / 2);
        using BandReduction band = BandReduction.Reduce(gram, isa);
        using var rows = new BandRows<double>(gram, band, isa);
        using var columns = new NativeMatrix<double>(band.Order, 48);
        for (int i = 0; i < order; i++) *columns.At(i, i % 48) = i + 1;

        BandBasis.Enter(gram, band, columns, isa);
        for (int r = 0; r < band.Order; r++)
        {
            double sum = 0;
            for (int i = 5; i < order; i += 48) sum += *rows.Values.At(r, i) * (i + 1);
            (*columns.At(r, 5)).ShouldBe(sum, 1e-10);
        }

        BandBasis.Leave(gram, band, columns, isa);
        for (int i = 0; i < order; i++) (*columns.At(i, i % 48)).ShouldBe(i + 1, 1e-10);
    }

    [Test]
    public void A_factor_solves_the_band([Values(20, 96, 200)] int order, [ValueSource(nameof(Isas))] Isa isa)
    {
        using var gram = new GramMatrix(order, isa);
        Fill(gram, order / 3);
        gram.FillPadding(1);
        using BandReduction band = BandReduction.Reduce(gram, isa);
        double[,] b = Band(gram, band);
        using var factor = new BandFactor(gram, band, gram.Order, 0.5, isa);
        factor.IsDefinite.ShouldBeTrue();
        using var solved = new NativeMatrix<double>(band.Order, 24);
        double* right = stackalloc double[48 * 24];
        for (int block = 0; block < band.Order / 48; block++)
        {
            for (int i = 0; i < 48 * 24; i++) right[i] = (block * 48) + (i / 24) + (i % 24);
            factor.SolveForward(block, right, solved.At(block * 48, 0) - (48 * 24), 24, solved.At(block * 48, 0), 24);
        }

        factor.SolveBackward(solved);
        for (int r = 0; r < band.Order; r++)
        {
            double sum = 0.5 * *solved.At(r, 7);
            for (int c = 0; c < band.Order; c++) sum += b[r, c] * *solved.At(c, 7);
            sum.ShouldBe(r + 7, 1e-9 * band.Order);
        }
    }

    [Test]
    public void A_singular_band_has_no_factor([ValueSource(nameof(Isas))] Isa isa)
    {
        using var gram = new GramMatrix(150, isa);
        Fill(gram, 10);
        double trace = gram.Trace;
        gram.FillPadding(1);
        using BandReduction band = BandReduction.Reduce(gram, isa);
        using var factor = new BandFactor(gram, band, trace, 1e-300, isa);
        factor.IsDefinite.ShouldBeFalse();
    }

    [Test]
    public void Items_of_a_triangle_are_its_blocks_row_after_row()
    {
        int item = 0;
        for (int row = 0; row < 300; row++)
        {
            for (int column = 0; column <= row; column++) GramMatrix.TriangleItem(item++).ShouldBe((row, column));
        }
    }

    [Test]
    public void The_bits_do_not_depend_on_the_number_of_threads()
    {
        int before = WorkerPool.Threads;
        try
        {
            WorkerPool.Threads = 1;
            double[] one = Rows(1100);
            WorkerPool.Threads = 5;
            Rows(1100).ShouldBe(one);
        }
        finally
        {
            WorkerPool.Threads = before;
        }
    }

    private static double[] Rows(int order)
    {
        using var gram = new GramMatrix(order, CpuIsa.Active);
        Fill(gram, 70, check: false);
        using BandReduction band = BandReduction.Reduce(gram, CpuIsa.Active);
        using var rows = new BandRows<float>(gram, band, CpuIsa.Active);
        return [.. Enumerable.Range(0, order).Select(i => (double)*rows.Values.At(i, order - 1 - i) + *gram.Values.At(i, i))];
    }

    // Small whole numbers, whose products are exact.
    private static double[,] Fill(GramMatrix gram, int rank, bool check = true)
    {
        using var factor = new NativeMatrix<double>(gram.Padded, Math.Max(1, rank));
        using var packed = new NativeMatrix<double>(gram.Padded / 24, Math.Max(1, rank) * 24);
        var random = new PhiloxStream(11, (ulong)gram.Order);
        for (int i = 0; i < gram.Order; i++)
        {
            for (int p = 0; p < rank; p++) *factor.At(i, p) = *packed.At(i / 24, (p * 24) + (i % 24)) = random.NextInt32(3) - 1;
        }

        gram.AddProduct(packed, rank);
        var products = new double[gram.Order, gram.Order];
        for (int i = 0; i < gram.Order && check; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                for (int p = 0; p < rank; p++) products[i, j] += *factor.At(i, p) * *factor.At(j, p);
                (*gram.Values.At(i, j)).ShouldBe(products[i, j]);
            }
        }

        return products;
    }

    private static double[,] Band(GramMatrix gram, BandReduction band)
    {
        var b = new double[band.Order, band.Order];
        for (int i = 0; i < band.Order; i++)
        {
            int start = i / 48 * 48;
            for (int j = start; j <= i; j++) b[i, j] = b[j, i] = *gram.Values.At(i, j);
            for (int j = start + 48; j < Math.Min(start + 96, band.Order); j++) b[j, i] = b[i, j] = *band.Below.At(start + (j - start - 48), i - start);
        }

        return b;
    }
}
