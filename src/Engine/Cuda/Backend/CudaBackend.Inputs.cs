using System.Buffers;
using FastNets.Backends;
using FastNets.Cuda.Kernels;

namespace FastNets.Cuda.Backend;

// What is no product and no function of elements: rows over and over, and layers of the program's own.
internal readonly unsafe partial struct CudaBackend
{
    /// <inheritdoc/>
    public void BroadcastRow(Slot row, Slot y, int rows, int columns)
    {
        ulong target = Matrix(y, rows, columns);
        if (row.IsNone)
        {
            _device.Clear(target, (long)rows * columns * sizeof(float));
            return;
        }

        Launch(
            LayoutKernelSet.BroadcastRow,
            Moves((long)rows * columns),
            new BroadcastRowArguments { Row = Matrix(row, 1, columns), Y = target, Rows = rows, Columns = columns });
    }

    /// <inheritdoc/>
    /// <remarks>It runs on the host, on copies: the device waits meanwhile, and the pass can't be recorded.</remarks>
    public void Custom<TLayer>(Slot x, Slot weights, Slot y, int batch, int inputs, int outputs)
        where TLayer : struct, ICustomLayer
    {
        float[] memory = ArrayPool<float>.Shared.Rent(checked((batch * inputs) + weights.Length + (batch * outputs)));
        try
        {
            Span<float> room = memory;
            Span<float> hostX = Download(Take(ref room, batch * inputs), Matrix(x, batch, inputs));
            Span<float> hostWeights = Download(Take(ref room, weights.Length), Whole(weights));
            Span<float> hostY = Take(ref room, batch * outputs);
            TLayer.Forward(hostX, hostWeights, hostY, batch);
            Upload(hostY, Matrix(y, batch, outputs));
        }
        finally
        {
            ArrayPool<float>.Shared.Return(memory);
        }
    }

    /// <inheritdoc/>
    /// <remarks>It runs on the host, on copies: the device waits meanwhile, and the pass can't be recorded.</remarks>
    public void CustomBackward<TLayer>(Slot dY, Slot x, Slot weights, Slot y, Slot dX, Slot dWeights, int batch, int inputs, int outputs)
        where TLayer : struct, ICustomLayer
    {
        float[] memory = ArrayPool<float>.Shared.Rent(checked((2 * batch * inputs) + (2 * batch * outputs) + weights.Length + dWeights.Length));
        try
        {
            Span<float> room = memory;
            Span<float> hostDY = Download(Take(ref room, batch * outputs), Matrix(dY, batch, outputs));
            Span<float> hostX = Download(Take(ref room, batch * inputs), Matrix(x, batch, inputs));
            Span<float> hostWeights = Download(Take(ref room, weights.Length), Whole(weights));
            Span<float> hostY = Download(Take(ref room, batch * outputs), Matrix(y, batch, outputs));
            Span<float> hostDX = Take(ref room, batch * inputs);
            Span<float> hostDWeights = Take(ref room, dWeights.Length);
            TLayer.Backward(hostDY, hostX, hostWeights, hostY, hostDX, hostDWeights, batch);
            Upload(hostDX, Matrix(dX, batch, inputs));
            Upload(hostDWeights, Whole(dWeights));
        }
        finally
        {
            ArrayPool<float>.Shared.Return(memory);
        }
    }

    /// <summary>The next numbers of rented memory, all zero: what a layer doesn't set is nobody else's.</summary>
    private static Span<float> Take(ref Span<float> room, int count)
    {
        Span<float> taken = room[..count];
        room = room[count..];
        taken.Clear();
        return taken;
    }

    private Span<float> Download(Span<float> host, ulong address)
    {
        if (!host.IsEmpty) _device.Download(address, host);
        return host;
    }

    private void Upload(ReadOnlySpan<float> host, ulong address)
    {
        if (!host.IsEmpty) _device.Upload(host, address);
    }
}
