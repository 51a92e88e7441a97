using System.Globalization;
using FastNets.Data;

namespace FastNets.Cli.Rendering;

/// <summary>Numbers as a person reads them.</summary>
internal static class Texts
{
    /// <summary>A share in percent with two digits, such as <c>98.67 %</c>.</summary>
    /// <param name="share">From 0 to 1; NaN where there is none.</param>
    public static string Percent(double share)
        => double.IsNaN(share) ? "-" : (share * 100).ToString("0.00", CultureInfo.InvariantCulture) + " %";

    /// <summary>A time in seconds.</summary>
    /// <param name="seconds">The seconds.</param>
    public static string Seconds(double seconds) => seconds.ToString("0.000", CultureInfo.InvariantCulture) + " s";

    /// <summary>A loss.</summary>
    /// <param name="loss">The loss.</param>
    public static string Loss(double loss) => loss.ToString("0.0000", CultureInfo.InvariantCulture);

    /// <summary>How many series of which length, and channels where there are several.</summary>
    /// <param name="set">The series.</param>
    public static string Sizes(SeriesSet set)
        => $"{set.Count} series of length {(set.IsEqualLength ? "" : $"{set.MinLength} to ")}{set.MaxLength}{(set.Channels == 1 ? "" : $" and {set.Channels} channels")}";
}
