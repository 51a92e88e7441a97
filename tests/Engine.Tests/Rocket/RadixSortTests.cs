using FastNets.Kernels;
using FastNets.Memory;
using FastNets.Random;
using FastNets.Rocket;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Rocket;

public sealed class RadixSortTests
{
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(255)]
    [TestCase(5000)]
    public void Sorts_as_comparisons_do(int count)
    {
        var random = new PhiloxStream(1, (ulong)count);
        float[] numbers = [.. Enumerable.Range(0, count).Select(i => (i % 7) switch { 0 => 0f, 1 => (float)random.NextNormal() * 1e-30f, 2 => (float)random.NextNormal() * 1e30f, _ => (float)random.NextNormal() })];
        float[] expected = [.. numbers.Order()];
        RadixSort.Ascending(numbers, new float[count]);
        numbers.ShouldBe(expected);
    }

    [Test]
    public void What_is_not_finite_comes_to_the_ends()
    {
        float[] numbers = [1f, float.NegativeInfinity, BitConverter.UInt32BitsToSingle(0xFFC00000), float.PositiveInfinity, -0f, BitConverter.UInt32BitsToSingle(0x7FC00000), 0f, float.MinValue];
        RadixSort.Ascending(numbers, new float[8]);
        float.IsNaN(numbers[0]).ShouldBeTrue();
        float.IsNaN(numbers[^1]).ShouldBeTrue();
        numbers[1..^1].ShouldBe([float.NegativeInfinity, float.MinValue, -0f, 0f, 1f, float.PositiveInfinity]);
    }

    [TestCaseSource(typeof(RocketCases), nameof(RocketCases.VectorForms))]
    public unsafe void Convolutions_of_all_forms_have_the_same_bits(Isa isa)
    {
        foreach ((int channels, int length, int dilation) in new[] { (1, 9, 1), (1, 140, 17), (3, 61, 7), (1, 5, 3), (2, 300, 20) })
        {
            ReadOnlySpan<float> series = RocketCases.Channels(1, channels, length).Series(0);
            int[] combination = [.. Enumerable.Range(0, channels).Reverse()];
            using var buffer = new AlignedBuffer(PaddedSeries.ScratchLength(channels, length, dilation));
            using var output = new AlignedBuffer(length + PaddedSeries.WidestRegister);
            PaddedSeries padded = PaddedSeries.Write(series, channels, dilation, buffer.Pointer);
            for (int kernel = 0; kernel < 84; kernel++)
            {
                RocketConvolution.Write(padded, combination, dilation, kernel, output.Pointer, isa);
                output.Span(0, length).ToArray().ShouldBe(RocketCases.Outputs(series, channels, combination, dilation, kernel), $"{channels} channels, length {length}, kernel {kernel}");
            }
        }
    }
}
