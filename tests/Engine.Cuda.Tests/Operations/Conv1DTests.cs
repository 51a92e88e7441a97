using FastNets.Backends;
using FastNets.Engine.Cuda.Tests.Harness;
using FastNets.Kernels.Convolution;
using FastNets.Kernels.Pointwise;
using NUnit.Framework;

namespace FastNets.Engine.Cuda.Tests.Operations;

/// <summary>Convolutions over series, forward and backward.</summary>
public sealed class Conv1DTests
{
    private static readonly ConvolutionShape[] Shapes =
    [
        new(1, 1, 1, 1, 1, 1, 0, 0),
        new(30, 1, 8, 8, 1, 1, 3, 4),
        new(20, 3, 5, 3, 1, 1, 1, 1),
        new(20, 4, 5, 3, 2, 1, 0, 1),
        new(33, 8, 7, 5, 1, 3, 12, 0), // causal
        new(17, 4, 3, 3, 3, 2, 2, 5),
        new(16, 2, 3, 4, 4, 1, 0, 0), // windows side by side: the series are their matrix
        new(17, 2, 3, 4, 4, 1, 0, 0), // the same with a step left over
        new(24, 4, 40, 1, 1, 7, 0, 0), // products of steps
        new(24, 4, 6, 1, 2, 1, 0, 0), // of every other step
        new(9, 2, 3, 2, 5, 1, 0, 0), // steps that no window sees
        new(3, 4, 2, 5, 2, 3, 11, 12), // windows that lie in the padding
    ];

    [Test]
    public void Forward([ValueSource(nameof(Shapes))] ConvolutionShape shape, [Values(1, 3)] int batch)
    {
        using var pair = new BackendPair();
        Slot x = pair.Normal(Arena.Input, batch * shape.Length * shape.Channels, "x");
        Slot kernel = pair.Normal(Arena.Parameters, shape.Width * shape.Channels * shape.Filters, "kernel");
        Slot bias = pair.Normal(Arena.Parameters, shape.Filters, "bias");
        int outputs = batch * shape.OutputLength * shape.Filters;
        Slot z = pair.Output(Arena.Activations, outputs, "preactivation");
        Slot y = pair.Output(Arena.Activations, outputs, "y");
        pair.Run(new ForwardOf<Identity>(x, kernel, Slot.None, Slot.None, y, batch, shape, DropoutMask.None));
        pair.Run(new ForwardOf<Relu>(x, kernel, bias, Slot.None, y, batch, shape, DropoutMask.None));
        pair.Run(new ForwardOf<Tanh>(x, kernel, bias, z, y, batch, shape, new DropoutMask(0.4f, 99, 4, pair.Step)));
    }

    [Test]
    public void Gradients([ValueSource(nameof(Shapes))] ConvolutionShape shape, [Values(1, 3)] int batch)
    {
        using var pair = new BackendPair();
        int inputs = batch * shape.Length * shape.Channels;
        Slot x = pair.Normal(Arena.Activations, inputs, "x");
        Slot dZ = pair.Normal(Arena.Activations, batch * shape.OutputLength * shape.Filters, "dZ");
        Slot kernel = pair.Normal(Arena.Parameters, shape.Width * shape.Channels * shape.Filters, "kernel");
        Slot dKernel = pair.Output(Arena.Gradients, shape.Width * shape.Channels * shape.Filters, "dKernel");
        Slot dX = pair.Take(Arena.Activations, [.. Enumerable.Repeat(float.NaN, inputs)], "dX");
        Slot sum = pair.Normal(Arena.Activations, inputs, "sum of gradients");
        pair.Run(new WeightGradientOf(x, dZ, dKernel, batch, shape));
        pair.Run(new InputGradientOf(dZ, kernel, dX, batch, shape, false));
        pair.Run(new InputGradientOf(dZ, kernel, sum, batch, shape, true));
    }

    // 37 MB of windows, which are laid out in two parts; the cut lies within the third series.
    [Test]
    public void Windows_that_take_more_than_the_scratch_memory()
    {
        var shape = new ConvolutionShape(6000, 16, 2, 32, 1, 1, 15, 16);
        const int Batch = 3;
        using var pair = new BackendPair();
        Slot x = pair.Normal(Arena.Activations, Batch * shape.Length * shape.Channels, "x");
        Slot kernel = pair.Normal(Arena.Parameters, shape.Width * shape.Channels * shape.Filters, "kernel");
        Slot y = pair.Output(Arena.Activations, Batch * shape.OutputLength * shape.Filters, "y");
        Slot dKernel = pair.Output(Arena.Gradients, shape.Width * shape.Channels * shape.Filters, "dKernel");
        Slot dX = pair.Normal(Arena.Activations, Batch * shape.Length * shape.Channels, "dX");
        Slot sum = pair.Normal(Arena.Activations, Batch * shape.Length * shape.Channels, "sum of gradients");
        pair.Run(new ForwardOf<Identity>(x, kernel, Slot.None, Slot.None, y, Batch, shape, DropoutMask.None));
        pair.Run(new WeightGradientOf(x, y, dKernel, Batch, shape));
        pair.Run(new InputGradientOf(y, kernel, dX, Batch, shape, false));
        pair.Run(new InputGradientOf(y, kernel, sum, Batch, shape, true));
    }

    private readonly struct ForwardOf<TActivation>(
        Slot x, Slot kernel, Slot bias, Slot preactivation, Slot y, int batch, ConvolutionShape shape, DropoutMask dropout) : IOperation
        where TActivation : struct, IActivation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend => backend.Conv1D<TActivation>(x, kernel, bias, preactivation, y, batch, shape, dropout);
    }

    private readonly struct WeightGradientOf(Slot x, Slot dZ, Slot dKernel, int batch, ConvolutionShape shape) : IOperation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend => backend.Conv1DWeightGradient(x, dZ, dKernel, batch, shape);
    }

    private readonly struct InputGradientOf(Slot dZ, Slot kernel, Slot dX, int batch, ConvolutionShape shape, bool accumulate) : IOperation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend => backend.Conv1DInputGradient(dZ, kernel, dX, batch, shape, accumulate);
    }
}
