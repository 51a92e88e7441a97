using System.CommandLine;
using FastNets.Data;

namespace FastNets.Cli.Options;

/// <summary>The option <c>--missing</c>: what becomes of missing values in files of series.</summary>
internal static class MissingOption
{
    private const string Name = "--missing";

    /// <summary>Makes the option.</summary>
    public static Option<MissingValues?> Create() => OptionFactory.Word(
        Name,
        [("error", MissingValues.Keep), ("interpolate", MissingValues.Interpolate)],
        "What becomes of missing values: an error, or the straight line between their neighbours in time",
        "error");

    /// <summary>How files are to be read.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="option">The option.</param>
    public static SeriesFileOptions Read(ParseResult parsed, Option<MissingValues?> option)
        => new() { Missing = parsed.GetValue(option) ?? MissingValues.Keep };
}
