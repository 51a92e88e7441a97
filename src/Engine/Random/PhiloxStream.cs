namespace FastNets.Random;

/// <summary>A sequence of random numbers drawn from <see cref="Philox"/>: one of 2^64 independent streams of one seed.</summary>
/// <remarks>A mutable value: pass it by reference. The same seed and stream give the same numbers everywhere.</remarks>
public struct PhiloxStream
{
    private readonly uint _k0;
    private readonly uint _k1;
    private readonly uint _c2;
    private readonly uint _c3;
    private ulong _block;
    private int _used;
    private (uint X0, uint X1, uint X2, uint X3) _words;

    /// <summary>Starts a stream.</summary>
    /// <param name="seed">The seed, the generator's key.</param>
    /// <param name="stream">Which stream of the seed: what is drawn for different purposes takes different streams.</param>
    public PhiloxStream(ulong seed, ulong stream)
    {
        _k0 = (uint)seed;
        _k1 = (uint)(seed >> 32);
        _c2 = (uint)stream;
        _c3 = (uint)(stream >> 32);
        _used = 4;
    }

    /// <summary>A random word, uniform over all 2^32.</summary>
    public uint NextUInt32()
    {
        if (_used == 4)
        {
            _words = Philox.Block((uint)_block, (uint)(_block >> 32), _c2, _c3, _k0, _k1);
            _block++;
            _used = 0;
        }

        return _used++ switch { 0 => _words.X0, 1 => _words.X1, 2 => _words.X2, _ => _words.X3 };
    }

    /// <summary>A number uniform in [0, 1), a multiple of 2^-24.</summary>
    public float NextSingle() => Philox.ToUnitSingle(NextUInt32());

    /// <summary>A number uniform in [0, 1), a multiple of 2^-53.</summary>
    public double NextDouble()
    {
        ulong high = NextUInt32();
        ulong low = NextUInt32();
        return (((high << 32) | low) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>An integer uniform in [0, <paramref name="bound"/>), without bias.</summary>
    /// <param name="bound">The number of values, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is below 1.</exception>
    /// <remarks>Source: Lemire, "Fast random integer generation in an interval", 2019.</remarks>
    public int NextInt32(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        uint range = (uint)bound;
        ulong product = (ulong)NextUInt32() * range;
        if ((uint)product < range)
        {
            uint threshold = (0u - range) % range;
            while ((uint)product < threshold) product = (ulong)NextUInt32() * range;
        }

        return (int)(product >> 32);
    }

    /// <summary>A number of the standard normal distribution (Box and Muller, 1958; the cosine half).</summary>
    public double NextNormal()
    {
        double radius = Math.Sqrt(-2.0 * Math.Log(1.0 - NextDouble()));
        return radius * Math.Cos(2.0 * Math.PI * NextDouble());
    }

    /// <summary>Puts the elements in random order, each order equally likely (Fisher and Yates).</summary>
    /// <typeparam name="T">The elements' type.</typeparam>
    /// <param name="values">The elements, reordered in place.</param>
    public void Shuffle<T>(Span<T> values)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int j = NextInt32(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }
}
