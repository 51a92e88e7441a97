using System.Globalization;
using System.Runtime.InteropServices;
using FastNets.Cuda;
using FastNets.Kernels;
using FastNets.Threading;

namespace FastNets.Perf;

/// <summary>What the figures depend on besides the code.</summary>
internal static class Machine
{
    /// <summary>The environment variable that names the commit that is measured; the build script sets it.</summary>
    public const string CommitVariable = "FASTNETS_COMMIT";

    public static string Cpu { get; } = CpuName();

    /// <summary>The GPU that cases run on, if any.</summary>
    public static GpuDescription? Gpu => Device.Default.Kind != DeviceKind.Cuda ? null : GpuDescription.All(out _).FirstOrDefault(gpu => gpu.Device.Ordinal == Device.Default.Ordinal);

    public static int Processors => Environment.ProcessorCount;

    public static string OperatingSystem => RuntimeInformation.OSDescription;

    public static string Runtime => RuntimeInformation.FrameworkDescription;

    public static string Isa => CpuIsa.Name(CpuIsa.Active);

    public static int Threads => WorkerPool.Threads;

    public static string Commit => Environment.GetEnvironmentVariable(CommitVariable) ?? "";

    public static string Date => DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    // Linux tells it in a file, Windows in a variable; elsewhere the architecture has to do.
    private static string CpuName()
    {
        const string facts = "/proc/cpuinfo";
        string? line = File.Exists(facts)
            ? File.ReadLines(facts).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")
            ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
