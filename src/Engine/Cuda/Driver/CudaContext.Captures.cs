namespace FastNets.Cuda.Driver;

internal sealed partial class CudaContext
{
    /// <summary>Held by a thread while it records, and around calls that wait for a device, or may: these would spoil a recording of any other thread.</summary>
    /// <remarks>
    /// That is so whatever the mode of the capture, for cuBLAS's start and end among others, and also where the collector's thread frees what was forgotten. One for all devices, since
    /// cuBLAS does not say which ones it waits for. It is taken before any other lock of this folder, and by nobody who waits for finalizers.
    /// </remarks>
    public static Lock CaptureGate { get; } = new();
}
