using System.Numerics;
using FastNets.Backends;
using FastNets.Cuda.Kernels;

namespace FastNets.Cuda.Backend;

internal readonly unsafe partial struct CudaBackend
{
    // Longer rows are taken by blocks, shorter ones by warps or by parts of them.
    private const int LongRow = 1024;

    // Rows from which on a block has all threads that it can have.
    private const int VeryLongRow = 4096;

    /// <inheritdoc/>
    public void Softmax(Slot x, Slot y, int batch, int columns)
    {
        if (columns == 0) return;
        Launch(
            columns <= LongRow ? SoftmaxKernelSet.Forward : SoftmaxKernelSet.ForwardLong,
            SoftmaxShape(batch, columns),
            new SoftmaxArguments
            {
                X = Matrix(x, batch, columns),
                Y = Matrix(y, batch, columns),
                Rows = batch,
                Columns = columns,
                Lanes = LanesOfRow(columns),
            });
    }

    /// <inheritdoc/>
    public void SoftmaxBackward(Slot dY, Slot y, Slot dX, int batch, int columns)
    {
        if (columns == 0) return;
        Launch(
            columns <= LongRow ? SoftmaxKernelSet.Backward : SoftmaxKernelSet.BackwardLong,
            SoftmaxShape(batch, columns),
            new SoftmaxBackwardArguments
            {
                DY = Matrix(dY, batch, columns),
                Y = Matrix(y, batch, columns),
                DX = Matrix(dX, batch, columns),
                Rows = batch,
                Columns = columns,
                Lanes = LanesOfRow(columns),
            });
    }

    private static int LanesOfRow(int columns) => (int)Math.Clamp(BitOperations.RoundUpToPowerOf2((uint)columns), 1, 32);

    private static LaunchShape SoftmaxShape(int batch, int columns) =>
        columns <= LongRow ? LaunchShape.InStrides((long)batch * LanesOfRow(columns)) : BlockARow(batch, columns <= VeryLongRow ? 256 : 1024);

    /// <summary>For a kernel whose blocks take a row each, in strides of all blocks.</summary>
    private static LaunchShape BlockARow(int rows, int threads) => LaunchShape.InStrides((long)rows * threads, threads);
}
