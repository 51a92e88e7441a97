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
    ];

    /// <summary>The cases whose names contain <paramref name="substring"/>, whatever its case.</summary>
    public static PerfCase[] Matching(string substring)
        => [.. All.Where(one => one.Name.Contains(substring, StringComparison.OrdinalIgnoreCase))];
}
