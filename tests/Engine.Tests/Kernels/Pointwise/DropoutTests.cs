using FastNets.Kernels;
using FastNets.Kernels.Pointwise;
using FastNets.Random;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Kernels.Pointwise;

internal sealed class DropoutTests
{
    [Test]
    public void Each_element_is_decided_by_the_word_that_the_definition_gives_it(
        [ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [Values(1, 7, 8, 31, 32, 33, 64, 100, 131)] int columns)
    {
        const int Rows = 5;
        var mask = new DropoutMask(0.3f, 0xFEDCBA9876543210, 17, 99);
        float[] x = Forms.Normal(Rows * columns, 1);
        var y = new GuardedFloats(Rows * columns);
        PointwiseKernels.Forward<Identity>(x, y.Span, Rows, columns, mask, isa);
        y.Check("dropout");
        int groups = (columns + 31) / 32;
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                uint block = (uint)((8 * ((row * groups) + (column / 32))) + (column % 8));
                (uint x0, uint x1, uint x2, uint x3) = Philox.Block(block, 0, 17, 99, 0x76543210, 0xFEDCBA98);
                uint word = (column / 8 % 4) switch { 0 => x0, 1 => x1, 2 => x2, _ => x3 };
                float expected = word >= 0.3f * 4294967296.0 ? x[(row * columns) + column] * (1f / (1f - 0.3f)) : 0f;
                y.Span[(row * columns) + column].ShouldBe(expected, $"({row}, {column})");
            }
        }
    }

    [Test]
    public void Forward_and_backward_drop_the_same_elements([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa)
    {
        const int Rows = 9;
        const int Columns = 77;
        var mask = new DropoutMask(0.6f, 5, 1, 2);
        float[] ones = new float[Rows * Columns];
        ones.AsSpan().Fill(1f);
        var y = new float[Rows * Columns];
        var dX = new float[Rows * Columns];
        PointwiseKernels.Forward<Identity>(ones, y, Rows, Columns, mask, isa);
        PointwiseKernels.Backward<Identity>(ones, default, dX, default, Rows, Columns, mask, isa);
        dX.ShouldBe(y);
    }

    [Test]
    public void The_share_of_dropped_elements_is_the_rate([Values(0.1f, 0.5f, 0.9f)] float rate)
    {
        const int Count = 200_000;
        var ones = new float[Count];
        ones.AsSpan().Fill(1f);
        PointwiseKernels.Forward<Identity>(ones, ones, 200, 1000, new DropoutMask(rate, 42, 0, 0));
        (ones.Count(v => v == 0) / (double)Count).ShouldBe(rate, 5 * Math.Sqrt(rate * (1 - rate) / Count));
        ones.Average().ShouldBe(1f, 0.05f);
    }

    [Test]
    public void Steps_layers_and_seeds_draw_different_masks()
    {
        float[] first = Draw(new DropoutMask(0.5f, 1, 1, 1));
        Draw(new DropoutMask(0.5f, 1, 1, 1)).ShouldBe(first);
        Draw(new DropoutMask(0.5f, 2, 1, 1)).ShouldNotBe(first);
        Draw(new DropoutMask(0.5f, 1UL << 32, 1, 1)).ShouldNotBe(first);
        Draw(new DropoutMask(0.5f, 1, 2, 1)).ShouldNotBe(first);
        Draw(new DropoutMask(0.5f, 1, 1, 2)).ShouldNotBe(first);

        static float[] Draw(DropoutMask mask)
        {
            var values = new float[96];
            values.AsSpan().Fill(1f);
            PointwiseKernels.Forward<Identity>(values, values, 2, 48, mask);
            return values;
        }
    }
}
