using FastNets.Backends;
using FastNets.Cuda.Kernels;
using FastNets.Kernels.Convolution;

namespace FastNets.Cuda.Backend;

internal readonly unsafe partial struct CudaBackend
{
    // Channels that one block of the kernels over whole series takes.
    private const int ChannelsOfBlock = 32;

    /// <inheritdoc/>
    public void MaxPool1D(Slot x, Slot y, int batch, PoolingShape shape) =>
        Pool(PoolingKernelSet.Max, Series(x, batch, shape.Length, shape.Channels), Series(y, batch, shape.OutputLength, shape.Channels), 0, batch, shape);

    /// <inheritdoc/>
    public void MaxPool1DBackward(Slot dY, Slot x, Slot dX, int batch, PoolingShape shape, bool accumulate)
    {
        ulong places = _device.Scratch((long)batch * shape.OutputLength * shape.Channels * sizeof(int));
        Pool(PoolingKernelSet.MaxPlaces, Series(x, batch, shape.Length, shape.Channels), 0, places, batch, shape);
        PoolBackward(dY, places, dX, batch, shape, accumulate);
    }

    /// <inheritdoc/>
    public void AveragePool1D(Slot x, Slot y, int batch, PoolingShape shape) =>
        Pool(PoolingKernelSet.Average, Series(x, batch, shape.Length, shape.Channels), Series(y, batch, shape.OutputLength, shape.Channels), 0, batch, shape);

    /// <inheritdoc/>
    public void AveragePool1DBackward(Slot dY, Slot dX, int batch, PoolingShape shape, bool accumulate) => PoolBackward(dY, 0, dX, batch, shape, accumulate);

    /// <inheritdoc/>
    public void GlobalAveragePool1D(Slot x, Slot lengths, Slot y, int batch, int length, int channels) =>
        GlobalPool(PoolingKernelSet.GlobalAverage, Series(x, batch, length, channels), lengths, Matrix(y, batch, channels), 0, batch, length, channels);

    /// <inheritdoc/>
    public void GlobalAveragePool1DBackward(Slot dY, Slot lengths, Slot dX, int batch, int length, int channels, bool accumulate) =>
        GlobalPoolBackward(dY, lengths, 0, dX, batch, length, channels, accumulate);

    /// <inheritdoc/>
    public void GlobalMaxPool1D(Slot x, Slot lengths, Slot y, int batch, int length, int channels) =>
        GlobalPool(PoolingKernelSet.GlobalMax, Series(x, batch, length, channels), lengths, Matrix(y, batch, channels), 0, batch, length, channels);

    /// <inheritdoc/>
    public void GlobalMaxPool1DBackward(Slot dY, Slot x, Slot lengths, Slot dX, int batch, int length, int channels, bool accumulate)
    {
        ulong places = _device.Scratch((long)batch * channels * sizeof(int));
        GlobalPool(PoolingKernelSet.GlobalMax, Series(x, batch, length, channels), lengths, 0, places, batch, length, channels);
        GlobalPoolBackward(dY, lengths, places, dX, batch, length, channels, accumulate);
    }

    private void Pool(CudaKernel kernel, ulong x, ulong y, ulong places, int batch, in PoolingShape shape)
    {
        shape.Check();
        Launch(
            kernel,
            LaunchShape.InStrides((long)batch * shape.OutputLength * shape.Channels),
            new PoolArguments
            {
                X = x,
                Y = y,
                Places = places,
                Batch = batch,
                Length = shape.Length,
                Channels = shape.Channels,
                Width = shape.Width,
                Stride = shape.Stride,
                PadLeft = shape.PadLeft,
                Outputs = shape.OutputLength,
            });
    }

    private void PoolBackward(Slot dY, ulong places, Slot dX, int batch, in PoolingShape shape, bool accumulate)
    {
        shape.Check();
        Launch(
            PoolingKernelSet.Backward,
            LaunchShape.InStrides((long)batch * shape.Length * shape.Channels),
            new PoolBackwardArguments
            {
                DY = Series(dY, batch, shape.OutputLength, shape.Channels),
                Places = places,
                DX = Series(dX, batch, shape.Length, shape.Channels),
                Batch = batch,
                Length = shape.Length,
                Channels = shape.Channels,
                Width = shape.Width,
                Stride = shape.Stride,
                PadLeft = shape.PadLeft,
                Outputs = shape.OutputLength,
                Accumulate = accumulate ? 1 : 0,
            });
    }

    private void GlobalPool(CudaKernel kernel, ulong x, Slot lengths, ulong y, ulong places, int batch, int length, int channels) =>
        Launch(
            kernel,
            new LaunchShape(checked(batch * ((channels + ChannelsOfBlock - 1) / ChannelsOfBlock)), 256),
            new GlobalPoolArguments { X = x, Lengths = Integers(lengths, batch), Y = y, Places = places, Batch = batch, Length = length, Channels = channels });

    private void GlobalPoolBackward(Slot dY, Slot lengths, ulong places, Slot dX, int batch, int length, int channels, bool accumulate) =>
        Launch(
            PoolingKernelSet.GlobalBackward,
            Moves((long)batch * length * channels),
            new GlobalPoolBackwardArguments
            {
                DY = Matrix(dY, batch, channels),
                Lengths = Integers(lengths, batch),
                Places = places,
                DX = Series(dX, batch, length, channels),
                Batch = batch,
                Length = length,
                Channels = channels,
                Accumulate = accumulate ? 1 : 0,
            });
}
