using FastNets.Backends;
using FastNets.Engine.Cuda.Tests.Harness;
using FastNets.Kernels.Pointwise;
using NUnit.Framework;

namespace FastNets.Engine.Cuda.Tests.Operations;

/// <summary>Layer normalisation and its gradients, on rows for a warp and for a block, and rows of one part (256) and of several.</summary>
public sealed class LayerNormTests
{
    private static readonly (int Rows, int Columns)[] Shapes =
    [
        (1, 1), (2, 1), (2, 31), (255, 32), (256, 33), (257, 64), (1000, 5), (9, 129), (259, 200), (7, 1000), (3, 1024), (2, 1025), (300, 1100), (1, 5000),
    ];

    [Test]
    public void Forward_and_backward([ValueSource(nameof(Shapes))] (int Rows, int Columns) shape)
    {
        (int rows, int columns) = shape;
        using var pair = new BackendPair();
        Places p = Places.Take(pair, pair.Normal(Arena.Activations, rows * columns, "x"), rows, columns);
        pair.Run(new Both<Identity>(p, p.DX, rows, columns, DropoutMask.None));
        pair.Run(new Both<Identity>(p, p.DX, rows, columns, Mask(pair, 0.4f)));
        pair.Run(new Both<Identity>(p, p.DY, rows, columns, DropoutMask.None));
        pair.Run(new Forward(p.X, p.Gamma, p.Beta, p.Mean, p.Inverse, p.X, rows, columns));
    }

    [Test]
    public void With_functions([Values(70, 1050)] int columns, [Values(0f, 0.5f)] float rate)
    {
        const int Rows = 5;
        using var pair = new BackendPair();
        Places p = Places.Take(pair, pair.Normal(Arena.Activations, Rows * columns, "x"), Rows, columns);
        DropoutMask mask = Mask(pair, rate);
        pair.Run(new Both<Relu>(p, p.DX, Rows, columns, mask));
        pair.Run(new Both<LeakyRelu>(p, p.DX, Rows, columns, mask));
        pair.Run(new Both<Elu>(p, p.DX, Rows, columns, mask));
        pair.Run(new Both<Selu>(p, p.DX, Rows, columns, mask));
        pair.Run(new Both<Silu>(p, p.DX, Rows, columns, mask));
        pair.Run(new Both<Softplus>(p, p.DX, Rows, columns, mask));
        pair.Run(new Both<Sigmoid>(p, p.DX, Rows, columns, mask));
        pair.Run(new Both<Tanh>(p, p.DX, Rows, columns, mask));
        pair.Run(new Both<Gelu>(p, p.DX, Rows, columns, mask));
        pair.Run(new Both<GeluTanh>(p, p.DX, Rows, columns, mask));
        pair.Run(new Both<Chain<Tanh, Relu>>(p, p.DX, Rows, columns, mask));
        pair.Run(new Both<Chain<Identity, Sigmoid>>(p, p.DX, Rows, columns, mask));
        pair.Run(new Both<Chain<Chain<Gelu, Tanh>, Chain<Softplus, LeakyRelu>>>(p, p.DY, Rows, columns, mask));
    }

    [Test]
    public void Large_means_cost_no_digits([Values(50, 2000)] int columns, [Values(100f, 5000f)] float mean)
    {
        const int Rows = 10;
        using var pair = new BackendPair();
        Places places = Places.Take(pair, pair.Uniform(Arena.Activations, Rows * columns, mean, mean + 1, "x"), Rows, columns);
        pair.Run(new Both<Identity>(places, places.DY, Rows, columns, DropoutMask.None));
    }

    [Test]
    public void Rows_that_are_constant_or_hold_numbers_that_are_none([Values(6, 1100)] int columns)
    {
        const int Rows = 5;
        float[] values = new float[Rows * columns];
        for (int i = 0; i < values.Length; i++) values[i] = i % 7;
        values.AsSpan(0, columns).Fill(3);
        values[(2 * columns) - 1] = float.NaN;
        values[2 * columns] = float.NegativeInfinity;
        for (int i = 3 * columns; i < 4 * columns; i++) values[i] *= 1e-30f;
        using var pair = new BackendPair();
        Slot x = pair.Take(Arena.Activations, values, "x");
        Slot y = pair.Output(Arena.Activations, values.Length, "y");
        Slot gamma = pair.Normal(Arena.Parameters, columns, "gamma");
        Slot beta = pair.Normal(Arena.Parameters, columns, "beta");
        Slot mean = pair.Output(Arena.Activations, Rows, "mean");
        Slot inverse = pair.Output(Arena.Activations, Rows, "inverse deviation");
        pair.Run(new Forward(x, gamma, beta, mean, inverse, y, Rows, columns));
    }

    [Test]
    public void Without_an_input_gradient([Values(3, 600)] int rows)
    {
        using var pair = new BackendPair();
        Places places = Places.Take(pair, pair.Normal(Arena.Activations, rows * 40, "x"), rows, 40);
        pair.Run(new Both<Silu>(places, Slot.None, rows, 40, Mask(pair, 0.2f)));
    }

    private static DropoutMask Mask(BackendPair pair, float rate) => new(rate, 0x1234_5678_9abc_def0, 5, pair.Step);

    private readonly record struct Places(Slot X, Slot Gamma, Slot Beta, Slot Mean, Slot Inverse, Slot Y, Slot DY, Slot DX, Slot DGamma, Slot DBeta)
    {
        public static Places Take(BackendPair pair, Slot x, int rows, int columns) => new(
            x,
            pair.Normal(Arena.Parameters, columns, "gamma"),
            pair.Normal(Arena.Parameters, columns, "beta"),
            pair.Output(Arena.Activations, rows, "mean"),
            pair.Output(Arena.Activations, rows, "inverse deviation"),
            pair.Output(Arena.Activations, rows * columns, "y"),
            pair.Normal(Arena.Activations, rows * columns, "dY"),
            pair.Output(Arena.Activations, rows * columns, "dX"),
            pair.Output(Arena.Gradients, columns, "dGamma"),
            pair.Output(Arena.Gradients, columns, "dBeta"));
    }

    private readonly struct Both<TActivation>(Places p, Slot dX, int rows, int columns, DropoutMask mask) : IOperation
        where TActivation : struct, IActivation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend
        {
            backend.LayerNorm<TActivation>(p.X, p.Gamma, p.Beta, p.Mean, p.Inverse, p.Y, rows, columns, 1e-5f, mask);
            backend.LayerNormBackward<TActivation>(p.DY, p.X, p.Gamma, p.Beta, p.Mean, p.Inverse, dX, p.DGamma, p.DBeta, rows, columns, mask);
        }
    }

    private readonly struct Forward(Slot x, Slot gamma, Slot beta, Slot mean, Slot inverse, Slot y, int rows, int columns) : IOperation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend => backend.LayerNorm<Gelu>(x, gamma, beta, mean, inverse, y, rows, columns, 1e-3f, DropoutMask.None);
    }
}
