namespace FastNets.Random;

/// <summary>Draws the values that weights start with.</summary>
public static class Initializers
{
    // The standard deviation of a normal distribution cut at two deviations, so that the wanted variance can be met (Keras does the same).
    private const double TruncatedDeviation = 0.87962566103423978;

    /// <summary>Sets all values. The same kind, sizes, seed and stream give the same values everywhere.</summary>
    /// <param name="kind">The distribution.</param>
    /// <param name="values">The weights.</param>
    /// <param name="fanIn">The number of inputs that an output sums over, at least 1.</param>
    /// <param name="fanOut">The number of outputs that an input goes to, at least 1.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="stream">Which stream of the seed: each parameter of a network has its own.</param>
    /// <exception cref="ArgumentOutOfRangeException">A fan is below 1, or the kind is not known.</exception>
    public static void Fill(Initializer kind, Span<float> values, int fanIn, int fanOut, ulong seed, ulong stream)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fanIn, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(fanOut, 1);
        double fans = (double)fanIn + fanOut;
        switch (kind)
        {
            case Initializer.Zeros:
                values.Clear();
                break;
            case Initializer.Ones:
                values.Fill(1f);
                break;
            case Initializer.GlorotUniform:
                Uniform(values, Math.Sqrt(6 / fans), seed, stream);
                break;
            case Initializer.GlorotNormal:
                TruncatedNormal(values, Math.Sqrt(2 / fans), seed, stream);
                break;
            case Initializer.HeUniform:
                Uniform(values, Math.Sqrt(6.0 / fanIn), seed, stream);
                break;
            case Initializer.HeNormal:
                TruncatedNormal(values, Math.Sqrt(2.0 / fanIn), seed, stream);
                break;
            case Initializer.LecunUniform:
                Uniform(values, Math.Sqrt(3.0 / fanIn), seed, stream);
                break;
            case Initializer.LecunNormal:
                TruncatedNormal(values, Math.Sqrt(1.0 / fanIn), seed, stream);
                break;
            case Initializer.PyTorchLinear:
                Uniform(values, Math.Sqrt(1.0 / fanIn), seed, stream);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "This initializer is not known.");
        }
    }

    private static void Uniform(Span<float> values, double bound, ulong seed, ulong stream)
    {
        var random = new PhiloxStream(seed, stream);
        foreach (ref float value in values) value = (float)(bound * ((2.0 * random.NextDouble()) - 1.0));
    }

    private static void TruncatedNormal(Span<float> values, double deviation, ulong seed, ulong stream)
    {
        var random = new PhiloxStream(seed, stream);
        double scale = deviation / TruncatedDeviation;
        foreach (ref float value in values)
        {
            double normal;
            do normal = random.NextNormal();
            while (Math.Abs(normal) > 2);
            value = (float)(scale * normal);
        }
    }
}
