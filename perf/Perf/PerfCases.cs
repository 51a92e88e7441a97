using FastNets.Perf.Cases;

namespace FastNets.Perf;

/// <summary>The list of all cases, family after family.</summary>
internal static class PerfCases
{
    public static IReadOnlyList<PerfCase> All { get; } =
    [
        .. RandomCases.All,
        .. MiniRocketCases.All,
        .. RidgeCases.All,
        .. GemmCases.All,
        .. ConvolutionCases.All,
        .. RecurrentCases.All,
        .. PerceptronCases.All,
        .. SequenceCases.All,
        .. LossCases.All,
        .. GpuCases.All,
    ];

    /// <summary>The cases of a device whose names contain <paramref name="substring"/>, whatever its case.</summary>
    public static PerfCase[] Matching(string substring, Device device)
    {
        bool gpu = device.Kind != DeviceKind.Cpu;
        return [.. All.Where(one => one.Name.Contains(substring, StringComparison.OrdinalIgnoreCase) && (gpu ? one.RunsOnGpu : !one.NeedsGpu))];
    }
}
