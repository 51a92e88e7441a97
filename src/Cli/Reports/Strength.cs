using System.Globalization;

namespace FastNets.Cli.Reports;

/// <summary>How strongly a contribution is coloured, in a few steps, so that neighbours of one strength are one shape.</summary>
/// <param name="largest">The contribution of full strength.</param>
internal readonly struct Strength(double largest)
{
    /// <summary>The number of steps; below the first one there is no colour.</summary>
    public const int Steps = 16;

    /// <summary>The step of a contribution, below 0 where it speaks against the class.</summary>
    /// <param name="contribution">The contribution.</param>
    public int Of(double contribution)
        => largest > 0 ? (int)Math.Clamp(Math.Round(Steps * contribution / largest), -Steps, Steps) : 0;

    /// <summary>The class of style of a step.</summary>
    /// <param name="step">The step, not 0.</param>
    public static string Style(double step) => step > 0 ? "for" : "against";

    /// <summary>The opacity of a step.</summary>
    /// <param name="step">The step, not 0.</param>
    public static string Opacity(int step) => ((double)Math.Abs(step) / Steps).ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>The value farthest from 0, without its sign; 0 where there is none.</summary>
    /// <param name="values">The values.</param>
    public static double Largest(IEnumerable<double> values) => values.Select(Math.Abs).DefaultIfEmpty().Max();
}
