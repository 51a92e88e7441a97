using System.Globalization;
using FastNets.Cuda.Driver;

namespace FastNets.Cuda;

/// <summary>A GPU that can be used, and what drives it.</summary>
/// <param name="Device">Its name for <see cref="Network.MoveTo"/>.</param>
/// <param name="Name">The product's name.</param>
/// <param name="ComputeCapability">Its generation, as 9.0.</param>
/// <param name="Multiprocessors">How many multiprocessors it has.</param>
/// <param name="TotalBytes">Its memory.</param>
/// <param name="DriverVersion">The newest CUDA that the driver supports, as 13.0.</param>
/// <param name="CublasVersion">The version of cuBLAS that was found, as 12.5.</param>
public sealed record GpuDescription(Device Device, string Name, Version ComputeCapability, int Multiprocessors, long TotalBytes, string DriverVersion, string CublasVersion)
{
    /// <summary>All GPUs that can be used.</summary>
    /// <param name="reason">Why there is none, or why one of several can't be used; else null.</param>
    public static IReadOnlyList<GpuDescription> All(out string? reason)
    {
        List<GpuDescription> gpus = [];
        List<string> problems = [];
        int count = Math.Max(CudaContext.Count, 1);
        for (int i = 0; i < count; i++)
        {
            if (!CudaContext.TryGet(i, out CudaContext? context, out CudaUnavailableException? problem))
            {
                problems.Add(problem.Message);
                continue;
            }

            gpus.Add(
                new GpuDescription(
                    Device.Cuda(i), context.Name, context.ComputeCapability, context.Multiprocessors, context.TotalBytes,
                    Text(context.DriverVersion, 1000, 10), Text(context.CublasVersion, 10000, 100)));
        }

        reason = problems.Count == 0 ? null : string.Join(' ', problems.Distinct());
        return gpus;
    }

    // Both count 1000 (10000) for the major version and 10 (100) for the minor one.
    private static string Text(int version, int major, int minor) => string.Create(CultureInfo.InvariantCulture, $"{version / major}.{version % major / minor}");
}
