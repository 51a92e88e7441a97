using System.Runtime.InteropServices;
using FastNets.Cuda.Driver;

namespace FastNets.Cuda;

/// <summary>Where a batch waits for its pass: memory on both sides, and the stream that brings it from the one to the other beside what else the device does.</summary>
internal sealed unsafe class BatchStage : IDisposable
{
    /// <summary>Takes the memory, all of it 0.</summary>
    /// <param name="context">The device's context.</param>
    /// <param name="inputBytes">The length of the input.</param>
    /// <param name="targetBytes">The length of the targets.</param>
    /// <exception cref="CudaException">There is not so much memory, or the driver failed.</exception>
    public BatchStage(CudaContext context, long inputBytes, long targetBytes)
    {
        Stream = new CudaStream(context);
        try
        {
            IsSent = new CudaEvent(context, timing: false);
            Input = new BatchRoom(context, Stream, inputBytes);
            Targets = new BatchRoom(context, Stream, targetBytes);

            // The network's own stream does not wait for this one unless something was sent.
            Stream.Synchronize();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What copies are enqueued in.</summary>
    public CudaStream Stream { get; }

    /// <summary>Happens when the latest batch is on the device.</summary>
    public CudaEvent IsSent { get; }

    /// <summary>The room for samples.</summary>
    public BatchRoom Input { get; }

    /// <summary>The room for what should come out.</summary>
    public BatchRoom Targets { get; }

    /// <summary>What is in it.</summary>
    public StageState State { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The constructor may have failed half way.
        Targets?.Dispose();
        Input?.Dispose();
        IsSent?.Dispose();
        Stream.Dispose();
    }
}

/// <summary>What a stage holds.</summary>
internal enum StageState
{
    /// <summary>Nothing.</summary>
    Empty,

    /// <summary>What the host is writing.</summary>
    Open,

    /// <summary>A batch.</summary>
    Filled,
}

/// <summary>Memory of equal length on both sides.</summary>
internal sealed unsafe class BatchRoom : IDisposable
{
    /// <summary>Takes the memory, and sets it to 0.</summary>
    /// <param name="context">The device's context.</param>
    /// <param name="stream">Where it is set to 0 on the device.</param>
    /// <param name="bytes">The length.</param>
    /// <exception cref="CudaException">There is not so much memory, or the driver failed.</exception>
    public BatchRoom(CudaContext context, CudaStream stream, long bytes)
    {
        Host = new PinnedMemory(context, bytes);
        try
        {
            Device = new DeviceMemory(context, bytes);
            NativeMemory.Clear(Host.Address, (nuint)bytes);
            stream.Clear(Device.Address, bytes);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The host's side.</summary>
    public PinnedMemory Host { get; set; }

    /// <summary>The device's side.</summary>
    public DeviceMemory Device { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Device?.Dispose();
        Host.Dispose();
    }
}
