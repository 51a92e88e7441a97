namespace FastNets.Random;

/// <summary>Draws the values that weights start with.</summary>
public static class Initializers
{
    // The standard deviation of a normal distribution cut at two deviations, so that the wanted variance can be met (Keras does the same).
    private const double TruncatedDeviation = 0.87962566103423978;

    // What Keras's random_uniform and random_normal take unless told otherwise.
    private const double KerasBound = 0.05;
    private const double KerasDeviation = 0.05;

    /// <summary>Sets all values. The same kind, sizes, seed and stream give the same values everywhere.</summary>
    /// <param name="kind">The distribution.</param>
    /// <param name="values">The weights.</param>
    /// <param name="shape">The tensor's sizes, the last one fastest; their product is the number of values.</param>
    /// <param name="fanIn">The number of inputs that an output sums over, at least 1.</param>
    /// <param name="fanOut">The number of outputs that an input goes to, at least 1.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="stream">Which stream of the seed: each parameter of a network has its own.</param>
    /// <param name="blocks">
    /// How many matrices lie side by side in the columns, at least 1: the gates of a recurrent layer's kernel [units, gates * units], each of
    /// which <see cref="Initializer.Orthogonal"/> makes orthogonal by itself. Of no effect on the other kinds.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A fan or the number of blocks is below 1, or the kind is not known.</exception>
    /// <exception cref="ArgumentException">
    /// The shape is not that of the values, has fewer than two dimensions or columns that don't divide into the blocks
    /// (<see cref="Initializer.Orthogonal"/>), or is not of four gates (<see cref="Initializer.ForgetGateOnes"/>).
    /// </exception>
    public static void Fill(Initializer kind, Span<float> values, ReadOnlySpan<int> shape, int fanIn, int fanOut, ulong seed, ulong stream, int blocks = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fanIn, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(fanOut, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(blocks, 1);
        RequireShape(values.Length, shape);
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
            case Initializer.PyTorchRecurrent:
                Uniform(values, Math.Sqrt(1.0 / fanIn), seed, stream);
                break;
            case Initializer.Orthogonal:
                Orthogonal(values, shape, blocks, seed, stream);
                break;
            case Initializer.Uniform:
                Uniform(values, KerasBound, seed, stream);
                break;
            case Initializer.Normal:
                Normal(values, KerasDeviation, seed, stream);
                break;
            case Initializer.PyTorchEmbedding:
                Normal(values, 1, seed, stream);
                break;
            case Initializer.ForgetGateOnes:
                ForgetGateOnes(values, shape);
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

    private static void Normal(Span<float> values, double deviation, ulong seed, ulong stream)
    {
        var random = new PhiloxStream(seed, stream);
        foreach (ref float value in values) value = (float)(deviation * random.NextNormal());
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

    private static void Orthogonal(Span<float> values, ReadOnlySpan<int> shape, int blocks, ulong seed, ulong stream)
    {
        if (shape.Length < 2) throw new ArgumentException($"Initializer.Orthogonal makes matrices; {Text(shape)} has fewer than two dimensions.", nameof(shape));
        int columns = shape[^1];
        if (columns % blocks != 0) throw new ArgumentException($"The {columns} columns of {Text(shape)} don't divide into {blocks} blocks.", nameof(blocks));
        if (values.IsEmpty) return;
        var random = new PhiloxStream(seed, stream);
        int width = columns / blocks;
        for (int block = 0; block < blocks; block++)
            OrthogonalMatrix.Fill(values[(block * width)..], values.Length / columns, width, columns, ref random);
    }

    private static void ForgetGateOnes(Span<float> values, ReadOnlySpan<int> shape)
    {
        if (values.Length % 4 != 0) throw new ArgumentException($"Initializer.ForgetGateOnes is for a bias of four gates; {Text(shape)} is no multiple of 4.", nameof(shape));
        int units = values.Length / 4;
        values.Clear();
        values.Slice(units, units).Fill(1f);
    }

    private static void RequireShape(int count, ReadOnlySpan<int> shape)
    {
        long product = 1;
        foreach (int size in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(size, nameof(shape));
            product = Math.Min(product * size, int.MaxValue + 1L);
        }

        if (product != count) throw new ArgumentException($"The shape {Text(shape)} has not as many elements as there are values, {count}.", nameof(shape));
    }

    private static string Text(ReadOnlySpan<int> shape) => $"[{string.Join(", ", shape.ToArray())}]";
}
