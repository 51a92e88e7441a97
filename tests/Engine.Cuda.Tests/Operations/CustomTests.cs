using FastNets.Backends;
using FastNets.Engine.Cuda.Tests.Harness;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Cuda.Tests.Operations;

/// <summary>Layers of the program's own, which run on the host in the midst of a pass.</summary>
public sealed class CustomTests
{
    [Test]
    public void A_layer_that_learns([Values(1, 2, 257)] int batch)
    {
        using var pair = new BackendPair();
        Slot x = pair.Normal(Arena.Activations, batch * 7, "x");
        Slot weights = pair.Normal(Arena.Parameters, 7 * 5, "weights");
        Slot y = pair.Output(Arena.Activations, batch * 5, "y");
        Slot dX = pair.Output(Arena.Activations, batch * 7, "dX");
        Slot dWeights = pair.Output(Arena.Gradients, 7 * 5, "dWeights");
        pair.Run(new Own<Product>(x, weights, y, dX, dWeights, batch, 7, 5), 0);
    }

    [Test]
    public void A_layer_that_learns_nothing_after_one_that_runs_on_the_device()
    {
        using var pair = new BackendPair();
        Slot x = pair.Normal(Arena.Activations, 33 * 4, "x");
        Slot y = pair.Output(Arena.Activations, 33 * 4, "y");
        Slot dX = pair.Output(Arena.Activations, 33 * 4, "dX");
        pair.Run(new SumThenOwn(x, y, dX, 33, 4), 0);
    }

    [Test]
    public void A_pass_with_it_is_not_recorded()
    {
        using var pair = new BackendPair();
        Slot x = pair.Normal(Arena.Activations, 3 * 7, "x");
        Slot weights = pair.Normal(Arena.Parameters, 7 * 5, "weights");
        Slot y = pair.Output(Arena.Activations, 3 * 5, "y");
        Slot dX = pair.Output(Arena.Activations, 3 * 7, "dX");
        Slot dWeights = pair.Output(Arena.Gradients, 7 * 5, "dWeights");
        for (int i = 0; i < 3; i++) pair.Run(new Own<Product>(x, weights, y, dX, dWeights, 3, 7, 5), 0, PassKind.Training);
        pair.Gpu.Recordings.ShouldBe(0);
    }

    [Test]
    public void What_a_layer_throws_ends_the_pass()
    {
        using var pair = new BackendPair();
        Slot x = pair.Normal(Arena.Activations, 6, "x");
        Slot y = pair.Output(Arena.Activations, 6, "y");
        Slot dX = pair.Output(Arena.Activations, 6, "dX");
        Assert.Throws<NotSupportedException>(() => pair.RunOnGpu(new Own<Refusal>(x, Slot.None, y, dX, Slot.None, 2, 3, 3)));
        pair.Run(new SumThenOwn(x, y, dX, 2, 3), 0);
    }

    private readonly struct Product : ICustomLayer
    {
        private const int Inputs = 7;
        private const int Outputs = 5;

        public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> weights, Span<float> y, int batch)
        {
            y.Clear();
            for (int i = 0; i < batch; i++)
            {
                for (int k = 0; k < Inputs; k++)
                {
                    for (int j = 0; j < Outputs; j++) y[(i * Outputs) + j] += x[(i * Inputs) + k] * weights[(k * Outputs) + j];
                }
            }
        }

        public static void Backward(
            ReadOnlySpan<float> dY, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> y, Span<float> dX, Span<float> dWeights, int batch)
        {
            dX.Clear();
            dWeights.Clear();
            for (int i = 0; i < batch; i++)
            {
                for (int k = 0; k < Inputs; k++)
                {
                    for (int j = 0; j < Outputs; j++)
                    {
                        float g = dY[(i * Outputs) + j] + y[(i * Outputs) + j];
                        dX[(i * Inputs) + k] += g * weights[(k * Outputs) + j];
                        dWeights[(k * Outputs) + j] += g * x[(i * Inputs) + k];
                    }
                }
            }
        }
    }

    private readonly struct Cube : ICustomLayer
    {
        public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> weights, Span<float> y, int batch)
        {
            weights.Length.ShouldBe(0);
            for (int i = 0; i < x.Length; i++) y[i] = x[i] * x[i] * x[i];
        }

        public static void Backward(
            ReadOnlySpan<float> dY, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> y, Span<float> dX, Span<float> dWeights, int batch)
        {
            dWeights.Length.ShouldBe(0);
            for (int i = 0; i < x.Length; i++) dX[i] = 3 * dY[i] * x[i] * x[i];
        }
    }

    private readonly struct Refusal : ICustomLayer
    {
        public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> weights, Span<float> y, int batch) => throw new NotSupportedException();

        public static void Backward(
            ReadOnlySpan<float> dY, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> y, Span<float> dX, Span<float> dWeights, int batch)
            => throw new NotSupportedException();
    }

    private readonly struct Own<TLayer>(Slot x, Slot weights, Slot y, Slot dX, Slot dWeights, int batch, int inputs, int outputs) : IOperation
        where TLayer : struct, ICustomLayer
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend
        {
            backend.Custom<TLayer>(x, weights, y, batch, inputs, outputs);
            backend.CustomBackward<TLayer>(y, x, weights, y, dX, dWeights, batch, inputs, outputs);
        }
    }

    private readonly struct SumThenOwn(Slot x, Slot y, Slot dX, int batch, int columns) : IOperation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend
        {
            backend.CopyColumns(x, columns, 0, x, columns, 0, batch, columns, accumulate: true);
            backend.Custom<Cube>(x, Slot.None, y, batch, columns, columns);
            backend.CustomBackward<Cube>(y, x, Slot.None, y, dX, Slot.None, batch, columns, columns);
            backend.CopyColumns(dX, columns, 0, y, columns, 0, batch, columns, accumulate: true);
        }
    }
}
