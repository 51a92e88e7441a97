using FastNets.Backends;
using FastNets.Engine.Cuda.Tests.Harness;
using FastNets.Kernels.Convolution;
using FastNets.Random;
using NUnit.Framework;

namespace FastNets.Engine.Cuda.Tests.Operations;

/// <summary>Pooling over windows and over whole series. Sums have one order on all devices, so results are equal.</summary>
public sealed class PoolingTests
{
    private static readonly PoolingShape[] Shapes =
    [
        new(1, 1, 1, 1, 0, 0),
        new(20, 3, 2, 2, 0, 0),
        new(21, 33, 2, 2, 0, 1),
        new(20, 5, 3, 1, 1, 1), // windows share steps
        new(17, 4, 5, 2, 4, 3),
        new(10, 2, 2, 4, 0, 0), // steps that no window holds
        new(4, 3, 2, 1, 5, 6), // windows without a step
        new(300, 2, 150, 7, 20, 40), // sums of more than 64 steps
    ];

    private static readonly (int Length, int Channels)[] Series = [(1, 1), (7, 3), (65, 32), (140, 33), (700, 2)];

    /// <summary>What the numbers are.</summary>
    public enum Numbers
    {
        Normal,

        /// <summary>Small whole numbers: the largest is often there twice.</summary>
        Ties,

        /// <summary>Small whole numbers, NaN and infinities.</summary>
        NotFinite,
    }

    [Test]
    public void Windows([ValueSource(nameof(Shapes))] PoolingShape shape, [Values(1, 3)] int batch)
    {
        int inputs = batch * shape.Length * shape.Channels, outputs = batch * shape.OutputLength * shape.Channels;
        using var pair = new BackendPair();
        Slot[] x = [.. Enum.GetValues<Numbers>().Select(numbers => pair.Take(Arena.Activations, Values(inputs, numbers), $"{numbers} x"))];
        Slot y = pair.Output(Arena.Activations, outputs, "y");
        Slot dY = pair.Normal(Arena.Activations, outputs, "dY");
        Slot dX = pair.Normal(Arena.Activations, inputs, "dX");
        foreach (Numbers numbers in Enum.GetValues<Numbers>())
        {
            // What an operation does not add to is overwritten, also where it was not finite.
            foreach (bool accumulate in new[] { true, false })
            {
                pair.Run(new Pool(x[(int)numbers], y, dY, dX, batch, shape, true, accumulate), 0);
                if (numbers != Numbers.NotFinite) pair.Run(new Pool(x[(int)numbers], y, dY, dX, batch, shape, false, accumulate), 0);
            }
        }
    }

    [Test]
    public void Whole_series([ValueSource(nameof(Series))] (int Length, int Channels) sizes, [Values(1, 5)] int batch, [Values] bool hasLengths)
    {
        (int length, int channels) = sizes;
        int inputs = batch * length * channels;
        using var pair = new BackendPair();
        Slot lengths = hasLengths
            ? pair.Integers(Arena.Input, [.. Enumerable.Range(0, batch).Select(b => b == 1 ? 0 : b == 2 ? length : 1 + ((b * 37) % length))], "lengths")
            : Slot.None;
        Slot[] x = [.. Enum.GetValues<Numbers>().Select(numbers => pair.Take(Arena.Activations, Values(inputs, numbers), $"{numbers} x"))];
        Slot y = pair.Output(Arena.Activations, batch * channels, "y");
        Slot dY = pair.Normal(Arena.Activations, batch * channels, "dY");
        Slot dX = pair.Normal(Arena.Activations, inputs, "dX");
        foreach (Numbers numbers in Enum.GetValues<Numbers>())
        {
            foreach (bool accumulate in new[] { true, false })
            {
                pair.Run(new GlobalPool(x[(int)numbers], lengths, y, dY, dX, batch, length, channels, true, accumulate), 0);
                if (numbers != Numbers.NotFinite) pair.Run(new GlobalPool(x[(int)numbers], lengths, y, dY, dX, batch, length, channels, false, accumulate), 0);
            }
        }
    }

    private static float[] Values(int count, Numbers numbers)
    {
        var random = new PhiloxStream(5, 1);
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = numbers == Numbers.Normal ? (float)random.NextNormal() : random.NextInt32(5) - 2;
            if (numbers != Numbers.NotFinite) continue;
            switch (random.NextInt32(12))
            {
                case 0: values[i] = float.NaN; break;
                case 1: values[i] = float.PositiveInfinity; break;
                case 2 or 3: values[i] = float.NegativeInfinity; break;
            }
        }

        return values;
    }

    private readonly struct Pool(Slot x, Slot y, Slot dY, Slot dX, int batch, PoolingShape shape, bool max, bool accumulate) : IOperation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend
        {
            if (max)
            {
                backend.MaxPool1D(x, y, batch, shape);
                backend.MaxPool1DBackward(dY, x, dX, batch, shape, accumulate);
            }
            else
            {
                backend.AveragePool1D(x, y, batch, shape);
                backend.AveragePool1DBackward(dY, dX, batch, shape, accumulate);
            }
        }
    }

    private readonly struct GlobalPool(Slot x, Slot lengths, Slot y, Slot dY, Slot dX, int batch, int length, int channels, bool max, bool accumulate) : IOperation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend
        {
            if (max)
            {
                backend.GlobalMaxPool1D(x, lengths, y, batch, length, channels);
                backend.GlobalMaxPool1DBackward(dY, x, lengths, dX, batch, length, channels, accumulate);
            }
            else
            {
                backend.GlobalAveragePool1D(x, lengths, y, batch, length, channels);
                backend.GlobalAveragePool1DBackward(dY, lengths, dX, batch, length, channels, accumulate);
            }
        }
    }
}
