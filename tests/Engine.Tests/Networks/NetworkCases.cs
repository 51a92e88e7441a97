using FastNets.Random;
using NUnit.Framework;

namespace FastNets.Engine.Tests.Networks;

/// <summary>Samples, and what is done with several networks that learn the same things.</summary>
internal static class NetworkCases
{
    public static float[] Normal(int count, ulong seed)
    {
        var random = new PhiloxStream(seed, 0);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) values[i] = (float)random.NextNormal();
        return values;
    }

    public static int[] Whole(int count, int below, ulong seed)
    {
        var random = new PhiloxStream(seed, 1);
        int[] values = new int[count];
        for (int i = 0; i < count; i++) values[i] = (int)(random.NextDouble() * below);
        return values;
    }

    public static void CopyParameters(Network from, Network to)
    {
        for (int i = 0; i < from.Parameters.Count; i++) from.Parameters[i].Values.CopyTo(to.Parameters[i].Values);
    }

    /// <summary>Biases that start at 0 hide what goes wrong with them.</summary>
    public static T Shaken<T>(T network)
        where T : Network
    {
        ulong seed = 100;
        foreach (Parameter parameter in network.Parameters.Where(p => p.IsTrainable))
        {
            float[] noise = Normal(parameter.Length, seed++);
            Span<float> values = parameter.Values;
            for (int i = 0; i < noise.Length; i++) values[i] += 0.3f * noise[i];
        }

        return network;
    }

    public static float[] Weights(Network network) => [.. network.Parameters.SelectMany(p => p.Values.ToArray())];

    public static double[] Gradients(Network network) => [.. network.Parameters.SelectMany(p => p.Gradient.ToArray()).Select(g => (double)g)];

    /// <summary>The sums of two orders of additions in single precision: 1e-5 of the largest value.</summary>
    public static void ShouldAgree(ReadOnlySpan<float> actual, double[] expected, string what)
    {
        Assert.That(actual.Length, Is.EqualTo(expected.Length), what);
        double allowed = 1e-5 * Math.Max(1e-3, expected.Max(Math.Abs));
        for (int i = 0; i < expected.Length; i++)
            Assert.That((double)actual[i], Is.EqualTo(expected[i]).Within(allowed), $"{what}, element {i}");
    }

    public static void ShouldAgree(ReadOnlySpan<float> actual, ReadOnlySpan<float> expected, string what)
        => ShouldAgree(actual, [.. expected.ToArray().Select(v => (double)v)], what);
}
