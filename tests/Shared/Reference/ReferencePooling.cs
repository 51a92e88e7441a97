namespace FastNets.Tests.Shared.Reference;

/// <summary>Pooling over the steps of series of [batch, length, channels] in double precision, by definition.</summary>
public sealed record ReferencePooling(int Batch, int Length, int Channels, int Width, int Stride, int PadLeft, int PadRight)
{
    /// <summary>How many windows fit.</summary>
    public int OutputLength
    {
        get
        {
            int count = 0;
            while ((count * Stride) + Width <= Length + PadLeft + PadRight) count++;
            return count;
        }
    }

    /// <summary>One window over the first lengths[b] steps.</summary>
    public static double[] Global(bool max, double[] x, int[] lengths, int length, int channels) =>
        Each(lengths.Length, 1, channels, (b, _, c) => Pool(max, [.. Enumerable.Range(0, lengths[b]).Select(t => x[(((b * length) + t) * channels) + c])], 0));

    /// <summary>The gradient of <see cref="Global"/>.</summary>
    public static double[] GlobalBackward(bool max, double[] dY, double[] x, int[] lengths, int length, int channels)
    {
        var dX = new double[x.Length];
        Each(lengths.Length, 1, channels, (b, _, c) =>
        {
            Spread(max, dY[(b * channels) + c], x, dX, [.. Enumerable.Range(0, lengths[b]).Select(t => (((b * length) + t) * channels) + c)]);
            return 0;
        });
        return dX;
    }

    /// <summary>The largest or the mean of each window's steps within the series.</summary>
    public double[] Forward(bool max, double[] x) =>
        Each(Batch, OutputLength, Channels, (b, t, c) => Pool(max, [.. Places(b, t, c).Select(i => x[i])], max ? double.NegativeInfinity : 0));

    /// <summary>The gradient: to the first of the largest, or to all in equal shares.</summary>
    public double[] Backward(bool max, double[] dY, double[] x)
    {
        var dX = new double[x.Length];
        Each(Batch, OutputLength, Channels, (b, t, c) =>
        {
            Spread(max, dY[(((b * OutputLength) + t) * Channels) + c], x, dX, [.. Places(b, t, c)]);
            return 0;
        });
        return dX;
    }

    private static double Pool(bool max, double[] values, double nothing) => values.Length == 0 ? nothing : max ? values.Max() : values.Average();

    private static void Spread(bool max, double gradient, double[] x, double[] dX, int[] places)
    {
        if (places.Length == 0) return;
        if (max) dX[places.MaxBy(i => x[i])] += gradient;
        else foreach (int i in places) dX[i] += gradient / places.Length;
    }

    private static double[] Each(int batch, int length, int channels, Func<int, int, int, double> value)
    {
        var result = new double[batch * length * channels];
        for (int i = 0; i < result.Length; i++) result[i] = value(i / channels / length, i / channels % length, i % channels);
        return result;
    }

    private IEnumerable<int> Places(int b, int t, int c) => Enumerable.Range((t * Stride) - PadLeft, Width)
        .Where(step => step >= 0 && step < Length).Select(step => (((b * Length) + step) * Channels) + c);
}
