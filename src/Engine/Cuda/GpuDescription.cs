using FastNets.Cuda.Driver;

namespace FastNets.Cuda;

/// <summary>A GPU that FastNets supports, and what drives it.</summary>
/// <param name="Device">Its name for <see cref="Network.MoveTo"/>.</param>
/// <param name="Name">The product's name.</param>
/// <param name="ComputeCapability">Its generation, as 9.0.</param>
/// <param name="Multiprocessors">How many multiprocessors it has.</param>
/// <param name="TotalBytes">Its memory.</param>
/// <param name="DriverVersion">The newest CUDA that the driver supports, as 13.0.</param>
/// <param name="CublasVersion">The version of the cuBLAS that was found, as 12.5, or the name of its library where it does not tell its version.</param>
public sealed record GpuDescription(Device Device, string Name, Version ComputeCapability, int Multiprocessors, long TotalBytes, string DriverVersion, string CublasVersion)
{
    /// <summary>All GPUs that are supported, where the driver and cuBLAS are there. Takes no memory of them, so one that is full or that another process has to itself is among them.</summary>
    /// <param name="reason">Why there is none, or why one of several can't be used; else null.</param>
    public static IReadOnlyList<GpuDescription> All(out string? reason)
    {
        List<GpuDescription> gpus = [];
        List<string> problems = [];
        int count = Math.Max(CudaContext.Count, 1);
        for (int i = 0; i < count; i++)
        {
            if (!CudaProbe.TryDevice(i, out CudaDeviceFacts? facts, out CudaUnavailableException? problem))
            {
                problems.Add(problem.Message);
                continue;
            }

            gpus.Add(
                new GpuDescription(
                    Device.Cuda(i), facts.Name, facts.ComputeCapability, facts.Multiprocessors, facts.TotalBytes, VersionText.Of(facts.DriverVersion), CudaProbe.Cublas()));
        }

        reason = problems.Count == 0 ? null : string.Join(' ', problems.Distinct());
        return gpus;
    }
}
