using System.Globalization;
using NUnit.Framework;

namespace FastNets.Tests.Shared.Reference;

/// <summary>Compares single-precision results with double-precision references.</summary>
public static class Close
{
    /// <summary>Fails with the worst element where |actual - expected| is above absolute + relative * |expected|.</summary>
    public static void ShouldBeCloseTo(ReadOnlySpan<float> actual, ReadOnlySpan<double> expected, double relative, double absolute, string what)
    {
        if (actual.Length != expected.Length) Assert.Fail($"{what}: {actual.Length} elements, expected {expected.Length}.");
        int worst = -1;
        double most = 1;
        for (int i = 0; i < actual.Length; i++)
        {
            double allowed = absolute + (relative * Math.Abs(expected[i]));
            double error = Math.Abs(actual[i] - expected[i]);
            if (actual[i] == expected[i] || (double.IsNaN(expected[i]) && float.IsNaN(actual[i]))) continue;
            double used = double.IsNaN(error) ? double.PositiveInfinity : error / allowed;
            if (used <= most) continue;
            most = used;
            worst = i;
        }

        if (worst >= 0)
        {
            Assert.Fail(string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: element {worst} of {actual.Length} is {actual[worst]:G9}, expected {expected[worst]:G17}; {100 * most:F0} % of the tolerance."));
        }
    }
}
