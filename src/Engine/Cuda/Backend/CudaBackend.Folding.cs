using FastNets.Backends;
using FastNets.Cuda.Kernels;

namespace FastNets.Cuda.Backend;

// Batch normalisation for inference, as BatchNormFolding does it.
internal readonly unsafe partial struct CudaBackend
{
    /// <inheritdoc/>
    public void BatchNormAffine(Slot gamma, Slot beta, Slot runningMean, Slot runningVariance, Slot scale, Slot shift, int features, float epsilon) =>
        Launch(
            FoldingKernelSet.Affine,
            LaunchShape.OneEach(features),
            new BatchNormAffineArguments
            {
                Gamma = Matrix(gamma, 1, features),
                Beta = Matrix(beta, 1, features),
                RunningMean = Matrix(runningMean, 1, features),
                RunningVariance = Matrix(runningVariance, 1, features),
                Scale = Matrix(scale, 1, features),
                Shift = Matrix(shift, 1, features),
                Columns = features,
                Epsilon = epsilon,
            });

    /// <inheritdoc/>
    public void FoldBefore(Slot kernel, Slot bias, Slot scale, Slot shift, Slot foldedKernel, Slot foldedBias, int inputs, int units)
    {
        int parts = NormParts(inputs);
        FoldArguments arguments = Fold(kernel, bias, foldedKernel, foldedBias, inputs, units);
        arguments.Scale = Matrix(scale, 1, inputs);
        arguments.Shift = Matrix(shift, 1, inputs);
        arguments.Partials = parts > 1 ? _device.Scratch((long)parts * units * sizeof(double)) : 0;
        arguments.Parts = parts;
        Launch(FoldingKernelSet.Before, NormShape(units, parts), arguments);
        if (parts != 1) Launch(FoldingKernelSet.BeforeBias, NormShape(units, 1), arguments);
    }

    /// <inheritdoc/>
    public void FoldAfter(Slot kernel, Slot bias, Slot scale, Slot shift, Slot foldedKernel, Slot foldedBias, int inputs, int units)
    {
        FoldArguments arguments = Fold(kernel, bias, foldedKernel, foldedBias, inputs, units);
        arguments.Scale = Matrix(scale, 1, units);
        arguments.Shift = Matrix(shift, 1, units);
        Launch(FoldingKernelSet.After, Moves(((long)inputs + 1) * units), arguments);
    }

    private FoldArguments Fold(Slot kernel, Slot bias, Slot foldedKernel, Slot foldedBias, int inputs, int units) => new()
    {
        Kernel = Matrix(kernel, inputs, units),
        Bias = Optional(bias, 1, units),
        Folded = Matrix(foldedKernel, inputs, units),
        FoldedBias = Matrix(foldedBias, 1, units),
        Rows = inputs,
        Columns = units,
    };
}
