using System.CommandLine;

namespace FastNets.Cli.Commands;

/// <summary><c>fastnets data</c>: looks into files of series and makes some.</summary>
internal static class DataCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="context">What its commands work with.</param>
    public static Command Create(CommandContext context) => new("data", "Looks into files of series, and makes series by published formulas.")
    {
        DataInfoCommand.Create(context),
        DataMakeCommand.Create(context),
    };
}
