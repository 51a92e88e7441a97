using FastNets.Random;

namespace FastNets.Generators.Tests.Harness;

/// <summary>Draws from a stream of random numbers.</summary>
internal sealed class Dice(ulong seed, ulong stream)
{
    private PhiloxStream _random = new(seed, stream);

    /// <summary>A whole number from 0 to one below the limit.</summary>
    public int Below(int limit) => _random.NextInt32(limit);

    /// <summary>True once in so many times.</summary>
    public bool OnceIn(int times) => Below(times) == 0;

    public T Of<T>(params T[] values) => values[Below(values.Length)];

    /// <summary>A single-precision number between two.</summary>
    public double Between(double low, double high) => (float)(low + ((high - low) * _random.NextSingle()));
}
