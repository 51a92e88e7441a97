using FastNets.Random;
using FastNets.Tests.Shared.Reference;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Random;

internal sealed class OrthogonalInitializerTests
{
    [TestCase(1, 1)]
    [TestCase(1, 7)]
    [TestCase(7, 1)]
    [TestCase(5, 5)]
    [TestCase(3, 20)]
    [TestCase(20, 3)]
    [TestCase(100, 100)]
    [TestCase(37, 130)]
    public void The_shorter_side_is_orthonormal(int rows, int columns) => RequireOrthonormal(Fill([rows, columns]), rows, columns);

    [Test]
    public void More_than_two_dimensions_are_taken_as_all_but_the_last_by_the_last()
    {
        float[] values = Fill([3, 4, 5]);
        RequireOrthonormal(values, 12, 5);
        values.ShouldBe(Fill([12, 5]));
    }

    [TestCase(1, 4)]
    [TestCase(16, 4)]
    [TestCase(33, 3)]
    public void Each_gate_of_a_recurrent_kernel_is_orthogonal(int units, int gates)
    {
        float[] values = Fill([units, gates * units], gates);
        for (int gate = 0; gate < gates; gate++)
        {
            float[] block = [.. Enumerable.Range(0, units).SelectMany(r => values.Skip((((r * gates) + gate) * units)).Take(units))];
            RequireOrthonormal(block, units, units);
            if (gate > 0 && units > 1) block.ShouldNotBe(values.Take(units * units));
        }

        if (units > 1) values.Take(units).ShouldNotBe(values.Skip(units).Take(units));
    }

    [Test]
    public void Signs_are_as_likely_as_each_other()
    {
        // Without R's positive diagonal the signs would come from the decomposition; 400 coins, five deviations.
        int positive = Enumerable.Range(0, 400).Count(i => Fill([1, 1], 1, (ulong)i)[0] == 1f);
        positive.ShouldBeInRange(150, 250);
        Enumerable.Range(0, 400).Count(i => Fill([2, 2], 1, (ulong)i)[3] > 0).ShouldBeInRange(150, 250);
    }

    [Test]
    public void Elements_have_the_moments_of_a_uniformly_random_rotation()
    {
        float[] values = Fill([200, 200]);
        values.Average(v => (double)v).ShouldBe(0, 5 / (200 * Math.Sqrt(200)));
        values.Average(v => Math.Pow(v, 4)).ShouldBe(3.0 / (200 * 202), 0.05 * 3 / (200 * 202));
    }

    [Test]
    public void Seed_and_stream_decide_the_values()
    {
        Fill([20, 30], seed: 5).ShouldBe(Fill([20, 30], seed: 5));
        Fill([20, 30], seed: 6).ShouldNotBe(Fill([20, 30], seed: 5));
    }

    [Test]
    public void Shapes_that_make_no_matrix_are_refused()
    {
        Should.Throw<ArgumentException>(() => Fill([5])).Message.ShouldContain("[5] has fewer than two dimensions");
        Should.Throw<ArgumentException>(() => Fill([5, 6], 4)).Message.ShouldContain("6 columns of [5, 6] don't divide into 4 blocks");
        Fill([0, 4]).ShouldBeEmpty();
    }

    // To the precision of the single-precision numbers that come of it.
    private static void RequireOrthonormal(float[] values, int rows, int columns)
    {
        double[] q = [.. values.Select(v => (double)v)];
        int count = Math.Min(rows, columns);
        double[] product = rows >= columns ? ReferenceGemm.Multiply(q, true, q, false, count, count, rows) : ReferenceGemm.Multiply(q, false, q, true, count, count, columns);
        for (int i = 0; i < product.Length; i++) product[i].ShouldBe(i / count == i % count ? 1 : 0, 2e-7, $"[{rows}, {columns}]: element {i} of the product");
    }

    private static float[] Fill(int[] shape, int blocks = 1, ulong seed = 1)
    {
        var values = new float[shape.Aggregate(1, (a, b) => a * b)];
        values.AsSpan().Fill(float.NaN);
        Initializers.Fill(Initializer.Orthogonal, values, shape, 1, 1, seed, 3, blocks);
        return values;
    }
}
