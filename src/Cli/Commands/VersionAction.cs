using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;

namespace FastNets.Cli.Commands;

/// <summary>Prints the program's version.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    /// <summary>The version, without the commit it was built from.</summary>
    public static string Version { get; } = Find();

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine(Version);
        return 0;
    }

    private static string Find()
    {
        string? informational = typeof(VersionAction).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        return informational?.Split('+')[0] ?? "unknown";
    }
}
