using System.Runtime.CompilerServices;
using FastNets.Backends;
using FastNets.Cuda.Kernels;
using FastNets.Kernels.Pointwise;

namespace FastNets.Cuda.Backend;

/// <summary>An NVIDIA GPU: places are addresses in device memory, operations are launches on the network's stream.</summary>
/// <remarks>
/// An operation returns when it is enqueued, not when it is done. Whatever changes from step to step reaches kernels through device memory
/// (<see cref="CudaNetworkDevice.Varying{T}"/>), so that a pass can be recorded once and replayed.
/// </remarks>
internal readonly unsafe partial struct CudaBackend : IBackend
{
    private readonly CudaNetworkDevice _device;

    public CudaBackend(CudaNetworkDevice device) => _device = device;

    private void Launch<TArguments>(CudaKernel kernel, LaunchShape shape, in TArguments arguments)
        where TArguments : unmanaged
    {
        System.Diagnostics.Debug.Assert(kernel.ArgumentBytes == sizeof(TArguments), kernel.Name);
        if (shape.IsEmpty) return;
        fixed (TArguments* address = &arguments) _device.Launch(kernel, shape, address);
    }

    /// <summary>The address of a matrix.</summary>
    private ulong Matrix(Slot slot, int rows, int columns) => _device.Address(slot, checked(rows * columns));

    /// <summary>The address of a matrix, or 0 where the operation goes without.</summary>
    private ulong Optional(Slot slot, int rows, int columns) => slot.IsNone ? 0 : Matrix(slot, rows, columns);

    private ulong Series(Slot slot, int outer, int inner, int columns) => Matrix(slot, checked(outer * inner), columns);

    private ulong OptionalSeries(Slot slot, int outer, int inner, int columns) => slot.IsNone ? 0 : Series(slot, outer, inner, columns);

    /// <summary>The address of 32-bit integers, or 0.</summary>
    private ulong Integers(Slot slot, int count) => Optional(slot, 1, count);

    private ulong Whole(Slot slot) => slot.IsNone ? 0 : _device.Address(slot, slot.Length);

    private DropoutArguments Dropout(DropoutMask mask, int columns) => new(mask, columns, _device.StepAddress);

    /// <summary>C = op(A) op(B) + beta C, all row-major: op(A) is [m, k], op(B) is [k, n], C is [m, n]; strides are the lengths of rows in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Multiply(ulong a, int strideA, bool transposeA, ulong b, int strideB, bool transposeB, ulong c, int strideC, int m, int n, int k, float beta) =>
        // cuBLAS is column-major, and sees the transposes: C^T = op(B)^T op(A)^T.
        _device.Gemm(transposeB, transposeA, n, m, k, b, strideB, a, strideA, beta, c, strideC);
}
