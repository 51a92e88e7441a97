namespace FastNets.Cuda.Driver;

// Where from comes before where to.
internal sealed unsafe partial class CudaStream
{
    /// <summary>Copies from the host.</summary>
    /// <param name="from">Host memory, unchanged until the copy is done where it is pinned.</param>
    /// <param name="to">Device memory.</param>
    /// <param name="bytes">How much; nothing is done for 0.</param>
    /// <exception cref="CudaException">The driver failed.</exception>
    public void CopyToDevice(void* from, ulong to, long bytes)
    {
        if (bytes == 0) return;
        Context.MakeCurrent();
        Check(CudaDriver.MemcpyHostToDeviceAsync(to, from, (nuint)bytes, Handle), "cuMemcpyHtoDAsync");
    }

    /// <summary>Copies to the host.</summary>
    /// <param name="from">Device memory.</param>
    /// <param name="to">Host memory; it has the data when the stream is synchronized.</param>
    /// <param name="bytes">How much; nothing is done for 0.</param>
    /// <exception cref="CudaException">The driver failed.</exception>
    public void CopyToHost(ulong from, void* to, long bytes)
    {
        if (bytes == 0) return;
        Context.MakeCurrent();
        Check(CudaDriver.MemcpyDeviceToHostAsync(to, from, (nuint)bytes, Handle), "cuMemcpyDtoHAsync");
    }

    /// <summary>Copies within the device.</summary>
    /// <param name="from">Device memory.</param>
    /// <param name="to">Device memory that does not overlap with it.</param>
    /// <param name="bytes">How much; nothing is done for 0.</param>
    /// <exception cref="CudaException">The driver failed.</exception>
    public void Copy(ulong from, ulong to, long bytes)
    {
        if (bytes == 0) return;
        Context.MakeCurrent();
        Check(CudaDriver.MemcpyDeviceToDeviceAsync(to, from, (nuint)bytes, Handle), "cuMemcpyDtoDAsync");
    }

    /// <summary>Sets bytes to 0.</summary>
    /// <param name="address">Device memory.</param>
    /// <param name="bytes">How much; nothing is done for 0.</param>
    /// <exception cref="CudaException">The driver failed.</exception>
    public void Clear(ulong address, long bytes)
    {
        if (bytes == 0) return;
        Context.MakeCurrent();
        Check(CudaDriver.MemsetAsync(address, 0, (nuint)bytes, Handle), "cuMemsetD8Async");
    }
}
