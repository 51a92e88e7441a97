using System.CommandLine;
using System.Runtime.InteropServices;
using FastNets.Cli.Errors;
using FastNets.Cuda;
using FastNets.Kernels;
using FastNets.Threading;

namespace FastNets.Cli.Commands;

/// <summary><c>fastnets info</c>: what the program is and what it runs on.</summary>
internal static class InfoCommand
{
    private const double BytesPerGiB = 1 << 30;

    /// <summary>Makes the command.</summary>
    /// <param name="context">What it works with.</param>
    public static Command Create(CommandContext context)
    {
        var command = new Command("info", "Shows the version, the runtime, the instruction set in use, the threads, and the GPUs or the reason why there is none.");
        command.SetAction(_ => Run(context));
        return command;
    }

    private static int Run(CommandContext context)
    {
        GCMemoryInfo memory = GC.GetGCMemoryInfo();
        context.Screen(quiet: false).Facts(
        [
            ("fastnets", VersionAction.Version),
            ("runtime", RuntimeInformation.FrameworkDescription),
            ("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}"),
            ("instruction set", InstructionSet()),
            ("threads", $"{WorkerPool.Threads} of {Environment.ProcessorCount} processors (--threads or {WorkerPool.EnvironmentVariable} changes it)"),
            .. Gpus(),
            ("memory", FormattableString.Invariant($"{memory.TotalAvailableMemoryBytes / BytesPerGiB:0.0} GiB")),
        ]);
        return ExitCodes.Done;
    }

    private static IEnumerable<(string Name, string Value)> Gpus()
    {
        IReadOnlyList<GpuDescription> gpus = GpuDescription.All(out string? reason);
        if (reason is not null) yield return ("gpu", reason);
        foreach (GpuDescription gpu in gpus)
        {
            yield return (
                gpu.Device.ToString(),
                FormattableString.Invariant(
                    $"{gpu.Name}, compute capability {gpu.ComputeCapability}, {gpu.Multiprocessors} multiprocessors, {gpu.TotalBytes / BytesPerGiB:0.0} GiB; driver for CUDA {gpu.DriverVersion}, cuBLAS {gpu.CublasVersion}"));
        }
    }

    private static string InstructionSet()
    {
        string active = CpuIsa.Name(CpuIsa.Active);
        string available = string.Join(", ", Enum.GetValues<Isa>().Where(CpuIsa.IsSupported).Select(CpuIsa.Name));
        return $"{active} (available: {available}; {CpuIsa.EnvironmentVariable} chooses)";
    }
}
