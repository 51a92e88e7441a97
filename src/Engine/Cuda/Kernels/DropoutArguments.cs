using System.Runtime.InteropServices;
using FastNets.Kernels.Pointwise;

namespace FastNets.Cuda.Kernels;

/// <summary>A dropout mask as kernels take it: FnDropout of native/cuda/common/dropout.cuh.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct DropoutArguments
{
    private readonly ulong _step;
    private readonly uint _threshold;
    private readonly float _scale;
    private readonly uint _layer;
    private readonly uint _key0;
    private readonly uint _key1;
    private readonly uint _groups;

    /// <summary>Sets the mask.</summary>
    /// <param name="mask">The mask; its step is not used.</param>
    /// <param name="columns">Columns of the matrix that it lies on.</param>
    /// <param name="step">Where the training step's number is, in device memory.</param>
    public DropoutArguments(DropoutMask mask, int columns, ulong step)
    {
        if (!mask.IsActive) return;
        _step = step;
        _threshold = mask.Threshold;
        _scale = mask.Scale;
        _layer = mask.Layer;
        _key0 = (uint)mask.Seed;
        _key1 = (uint)(mask.Seed >> 32);
        _groups = ((uint)columns + DropoutBits.Columns - 1) / DropoutBits.Columns;
    }
}
