using FastNets.Data;

namespace FastNets.Cli.Commands;

/// <summary>A set made by formula.</summary>
internal enum SyntheticKind
{
    /// <summary>Cylinder-Bell-Funnel.</summary>
    CylinderBellFunnel,

    /// <summary>Control charts.</summary>
    ControlCharts,
}

/// <summary>Training and test series made by formula.</summary>
internal static class SyntheticSets
{
    /// <summary>The number of series of a class in each of both sets where none is asked for.</summary>
    public const int SeriesPerClass = 100;

    /// <summary>The length of Cylinder-Bell-Funnel series where none is asked for.</summary>
    public const int CylinderBellFunnelLength = 128;

    /// <summary>The names on the command line.</summary>
    public static IReadOnlyList<(string Word, SyntheticKind Value)> Names { get; } =
        [("cbf", SyntheticKind.CylinderBellFunnel), ("control", SyntheticKind.ControlCharts)];

    /// <summary>Makes both sets.</summary>
    /// <param name="kind">Which formula.</param>
    /// <param name="perClass">The number of series of a class in each set.</param>
    /// <param name="length">The length of Cylinder-Bell-Funnel series.</param>
    /// <param name="seed">The seed.</param>
    /// <remarks>Both are parts of one set, so no seed's training series are another's test series.</remarks>
    public static (SeriesSet Train, SeriesSet Test) Make(SyntheticKind kind, int perClass, int length, ulong seed)
    {
        SeriesSet all = kind == SyntheticKind.CylinderBellFunnel
            ? SyntheticData.CylinderBellFunnel(2 * perClass, length, seed)
            : SyntheticData.ControlCharts(2 * perClass, seed);
        int half = all.Count / 2;
        return (all.Subset([.. Enumerable.Range(0, half)]), all.Subset([.. Enumerable.Range(half, half)]));
    }
}
