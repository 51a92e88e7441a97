using FastNets.Backends;
using FastNets.Engine.Cuda.Tests.Harness;
using FastNets.Kernels.Normalization;
using FastNets.Kernels.Pointwise;
using NUnit.Framework;

namespace FastNets.Engine.Cuda.Tests.Operations;

/// <summary>Batch normalisation, its gradients and its folding; batches of one part of rows (256) and of several.</summary>
public sealed class BatchNormTests
{
    private static readonly (int Rows, int Columns)[] Shapes =
    [
        (1, 1), (2, 1), (2, 31), (31, 32), (255, 33), (256, 33), (257, 129), (1000, 1), (1000, 35), (512, 64), (9, 1000), (259, 1000), (9000, 3),
    ];

    private static readonly BatchNormSettings Settings = new(0.9f, 1e-3f, true);

    [Test]
    public void Forward_and_backward([ValueSource(nameof(Shapes))] (int Rows, int Columns) shape)
    {
        (int rows, int columns) = shape;
        using var pair = new BackendPair();
        Places p = Places.Take(pair, pair.Normal(Arena.Activations, rows * columns, "x"), rows, columns);
        pair.Run(new Both<Identity>(p, p.DX, rows, columns, Settings, DropoutMask.None));
        pair.Run(new Both<Identity>(p, p.DX, rows, columns, Settings, Mask(pair, 0.4f)));
        pair.Run(new Both<Identity>(p, p.DY, rows, columns, Settings, DropoutMask.None));
    }

    [Test]
    public void With_functions([Values(5, 300)] int rows, [Values(0f, 0.5f)] float rate)
    {
        const int Columns = 37;
        using var pair = new BackendPair();
        Places p = Places.Take(pair, pair.Normal(Arena.Activations, rows * Columns, "x"), rows, Columns);
        DropoutMask mask = Mask(pair, rate);
        pair.Run(new Both<Relu>(p, p.DX, rows, Columns, Settings, mask));
        pair.Run(new Both<LeakyRelu>(p, p.DX, rows, Columns, Settings, mask));
        pair.Run(new Both<Elu>(p, p.DX, rows, Columns, Settings, mask));
        pair.Run(new Both<Selu>(p, p.DX, rows, Columns, Settings, mask));
        pair.Run(new Both<Silu>(p, p.DX, rows, Columns, Settings, mask));
        pair.Run(new Both<Softplus>(p, p.DX, rows, Columns, Settings, mask));
        pair.Run(new Both<Sigmoid>(p, p.DX, rows, Columns, Settings, mask));
        pair.Run(new Both<Tanh>(p, p.DX, rows, Columns, Settings, mask));
        pair.Run(new Both<Gelu>(p, p.DX, rows, Columns, Settings, mask));
        pair.Run(new Both<GeluTanh>(p, p.DX, rows, Columns, Settings, mask));
        pair.Run(new Both<Chain<Tanh, Relu>>(p, p.DX, rows, Columns, Settings, mask));
        pair.Run(new Both<Chain<Identity, Sigmoid>>(p, p.DX, rows, Columns, Settings, mask));
        pair.Run(new Both<Chain<Chain<Gelu, Tanh>, Chain<Softplus, LeakyRelu>>>(p, p.DY, rows, Columns, Settings, mask));
    }

    [Test]
    public void Large_means_cost_no_digits([Values(100, 1000)] int rows, [Values(100f, 5000f)] float mean)
    {
        const int Columns = 40;
        using var pair = new BackendPair();
        Places places = Places.Take(pair, pair.Uniform(Arena.Activations, rows * Columns, mean, mean + 1, "x"), rows, Columns);
        pair.Run(new Both<Identity>(places, places.DY, rows, Columns, new BatchNormSettings(0.9f, 1e-5f, false), DropoutMask.None));
    }

    [Test]
    public void Rows_that_drift_from_part_to_part()
    {
        const int Rows = 1100;
        const int Columns = 33;
        float[] values = new float[Rows * Columns];
        for (int i = 0; i < values.Length; i++) values[i] = (i / Columns) + (i * 31 % 17 * 0.01f);
        using var pair = new BackendPair();
        Places places = Places.Take(pair, pair.Take(Arena.Activations, values, "x"), Rows, Columns);
        pair.Run(new Both<Identity>(places, places.DX, Rows, Columns, new BatchNormSettings(0.99f, 1e-3f, true), DropoutMask.None));
    }

    [Test]
    public void Constant_columns_and_columns_of_numbers_that_are_none([Values(7, 700)] int rows)
    {
        const int Columns = 5;
        float[] values = new float[rows * Columns];
        for (int row = 0; row < rows; row++)
        {
            values[row * Columns] = 3;
            values[(row * Columns) + 1] = row == rows - 1 ? float.NaN : row;
            values[(row * Columns) + 2] = row == 0 ? float.PositiveInfinity : row;
            values[(row * Columns) + 3] = 1e-30f * row;
            values[(row * Columns) + 4] = row % 3;
        }

        using var pair = new BackendPair();
        Places places = Places.Take(pair, pair.Take(Arena.Activations, values, "x"), rows, Columns);
        pair.Run(new Both<Identity>(places, places.DX, rows, Columns, new BatchNormSettings(0.5f, 1e-3f, false), DropoutMask.None));
    }

    [Test]
    public void Running_statistics_and_no_input_gradient([Values(1, 2, 300)] int rows)
    {
        using var pair = new BackendPair();
        Places places = Places.Take(pair, pair.Normal(Arena.Activations, rows * 9, "x"), rows, 9);
        foreach (float momentum in (float[])[1, 0.9f, 0])
        {
            pair.Run(new Both<Tanh>(places, Slot.None, rows, 9, new BatchNormSettings(momentum, 1e-3f, false), DropoutMask.None));
            pair.Run(new Both<Tanh>(places, Slot.None, rows, 9, new BatchNormSettings(momentum, 1e-3f, true), Mask(pair, 0.2f)));
        }
    }

    [Test]
    public void Affine_map([Values(1, 31, 257, 1000)] int features)
    {
        using var pair = new BackendPair();
        Slot gamma = pair.Normal(Arena.Parameters, features, "gamma");
        Slot beta = pair.Normal(Arena.Parameters, features, "beta");
        Slot mean = pair.Normal(Arena.State, features, "mean");
        Slot variance = pair.Uniform(Arena.State, features, 0, 10, "variance");
        Slot scale = pair.Output(Arena.Folded, features, "scale");
        Slot shift = pair.Output(Arena.Folded, features, "shift");
        pair.Run(new Map(gamma, beta, mean, variance, scale, shift, features), 1e-7);
    }

    [Test]
    public void Folding([Values(1, 2, 255, 257, 1000)] int inputs, [Values(1, 33, 129)] int units)
    {
        using var pair = new BackendPair();
        Slot kernel = pair.Normal(Arena.Parameters, inputs * units, "kernel");
        Slot bias = pair.Normal(Arena.Parameters, units, "bias");
        Slot scale = pair.Normal(Arena.Folded, inputs, "scale before");
        Slot shift = pair.Normal(Arena.Folded, inputs, "shift before");
        Slot scaleAfter = pair.Normal(Arena.Folded, units, "scale after");
        Slot shiftAfter = pair.Normal(Arena.Folded, units, "shift after");
        Slot before = pair.Output(Arena.Folded, inputs * units, "W' of a map before");
        Slot biasBefore = pair.Output(Arena.Folded, units, "b' of a map before");
        Slot after = pair.Output(Arena.Folded, inputs * units, "W' of a map after");
        Slot biasAfter = pair.Output(Arena.Folded, units, "b' of a map after");
        pair.Run(new Before(kernel, Slot.None, scale, shift, before, biasBefore, inputs, units), 1e-6);
        pair.Run(new Before(kernel, bias, scale, shift, before, biasBefore, inputs, units), 1e-6);
        pair.Run(new Before(before, biasBefore, scale, shift, before, biasBefore, inputs, units), 1e-6);
        pair.Run(new After(kernel, Slot.None, scaleAfter, shiftAfter, after, biasAfter, inputs, units), 1e-6);
        pair.Run(new After(kernel, bias, scaleAfter, shiftAfter, after, biasAfter, inputs, units), 1e-6);
        pair.Run(new After(after, biasAfter, scaleAfter, shiftAfter, after, biasAfter, inputs, units), 1e-6);
    }

    [Test]
    public void More_columns_than_a_grid_has_room_for_along_y()
    {
        const int Columns = (65535 * 32) + 1;
        using var pair = new BackendPair();
        Places p = Places.Take(pair, pair.Normal(Arena.Activations, 2 * Columns, "x"), 2, Columns);
        pair.Run(new Both<Identity>(p, p.DY, 2, Columns, Settings, DropoutMask.None));
    }

    private static DropoutMask Mask(BackendPair pair, float rate) => new(rate, 0x1234_5678_9abc_def0, 5, pair.Step);

    private readonly record struct Places(
        Slot X, Slot Gamma, Slot Beta, Slot RunningMean, Slot RunningVariance, Slot Mean, Slot Inverse, Slot Y, Slot DY, Slot DX, Slot DGamma, Slot DBeta)
    {
        public static Places Take(BackendPair pair, Slot x, int rows, int columns) => new(
            x,
            pair.Normal(Arena.Parameters, columns, "gamma"),
            pair.Normal(Arena.Parameters, columns, "beta"),
            pair.Normal(Arena.State, columns, "running mean"),
            pair.Uniform(Arena.State, columns, 0.5f, 2, "running variance"),
            pair.Output(Arena.Activations, columns, "mean"),
            pair.Output(Arena.Activations, columns, "inverse deviation"),
            pair.Output(Arena.Activations, rows * columns, "y"),
            pair.Normal(Arena.Activations, rows * columns, "dY"),
            pair.Output(Arena.Activations, rows * columns, "dX"),
            pair.Output(Arena.Gradients, columns, "dGamma"),
            pair.Output(Arena.Gradients, columns, "dBeta"));
    }

    private readonly struct Both<TActivation>(Places p, Slot dX, int rows, int columns, BatchNormSettings settings, DropoutMask mask) : IOperation
        where TActivation : struct, IActivation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend
        {
            backend.BatchNorm<TActivation>(p.X, p.Gamma, p.Beta, p.RunningMean, p.RunningVariance, p.Mean, p.Inverse, p.Y, rows, columns, settings, mask);
            backend.BatchNormBackward<TActivation>(p.DY, p.X, p.Gamma, p.Beta, p.Mean, p.Inverse, dX, p.DGamma, p.DBeta, rows, columns, mask);
        }
    }

    private readonly struct Map(Slot gamma, Slot beta, Slot mean, Slot variance, Slot scale, Slot shift, int features) : IOperation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend => backend.BatchNormAffine(gamma, beta, mean, variance, scale, shift, features, 1e-3f);
    }

    private readonly struct Before(Slot kernel, Slot bias, Slot scale, Slot shift, Slot folded, Slot foldedBias, int inputs, int units) : IOperation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend => backend.FoldBefore(kernel, bias, scale, shift, folded, foldedBias, inputs, units);
    }

    private readonly struct After(Slot kernel, Slot bias, Slot scale, Slot shift, Slot folded, Slot foldedBias, int inputs, int units) : IOperation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend => backend.FoldAfter(kernel, bias, scale, shift, folded, foldedBias, inputs, units);
    }
}
