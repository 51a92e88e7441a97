using FastNets.Memory;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Memory;

public sealed unsafe class AlignedBufferTests
{
    [TestCase(0L)]
    [TestCase(1L)]
    [TestCase(1000L)]
    [TestCase(3L << 20)]
    public void Starts_on_a_cache_line_and_holds_zeros(long length)
    {
        using var buffer = new AlignedBuffer(length);
        ((nuint)buffer.Pointer % AlignedBuffer.Alignment).ShouldBe((nuint)0);
        buffer.Length.ShouldBe(length);
        buffer.Span(0, (int)length).IndexOfAnyExcept(0f).ShouldBe(-1);
    }

    [TestCase(-1L, 1)]
    [TestCase(0L, 11)]
    [TestCase(10L, 1)]
    [TestCase(11L, 0)]
    [TestCase(5L, -1)]
    [TestCase(long.MaxValue, 1)]
    public void A_part_outside_is_refused(long start, int length)
    {
        using var buffer = new AlignedBuffer(10);
        Should.Throw<ArgumentOutOfRangeException>(() => buffer.Span(start, length).Clear());
    }

    [Test]
    public void Is_gone_when_disposed()
    {
        var buffer = new AlignedBuffer(10);
        buffer.Dispose();
        buffer.Dispose();
        Should.Throw<ObjectDisposedException>(() => buffer.Span(0, 1).Clear());
        Should.Throw<ArgumentOutOfRangeException>(() => new AlignedBuffer(-1));
    }

    [Test]
    public void Rows_of_a_matrix_lie_one_after_another()
    {
        using FeatureMatrix matrix = FeatureMatrix.FromValues([1, 2, 3, 4, 5, 6], columns: 3);
        (matrix.Rows, matrix.Columns).ShouldBe((2, 3));
        matrix.Row(1).ToArray().ShouldBe([4f, 5f, 6f]);
        Should.Throw<ArgumentOutOfRangeException>(() => matrix.Row(2).Clear());
        Should.Throw<ArgumentOutOfRangeException>(() => matrix.Row(-1).Clear());
        Should.Throw<ArgumentException>(() => FeatureMatrix.FromValues([1, 2, 3, 4], columns: 3)).Message.ShouldContain("4 values");
    }
}
