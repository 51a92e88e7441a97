using System.Diagnostics;
using Shouldly;

namespace FastNets.Cli.Tests.Support;

/// <summary>What a run of the program gave.</summary>
internal sealed record CliResult(int Code, string Out, string Error)
{
    /// <summary>Checks that the run did what was asked for.</summary>
    public CliResult ShouldBeDone()
    {
        Code.ShouldBe(0, Error);
        return this;
    }

    /// <summary>Checks that the run was refused with one message, which names things, and without a trace of the program's inside.</summary>
    public void ShouldBeRefused(int code, params string[] named)
    {
        Code.ShouldBe(code, Error);
        Out.ShouldBeEmpty();
        Error.Split('\n').Count(line => line.StartsWith("error: ", StringComparison.Ordinal)).ShouldBe(1, Error);
        Error.ShouldNotContain("   at ");
        Error.ShouldNotContain("defect of FastNets");
        foreach (string name in named) Error.ShouldContain(name);
    }
}

/// <summary>Runs the program within the test's process.</summary>
internal static class Fastnets
{
    public const int Failed = 1;
    public const int Usage = 2;
    public const int BadInput = 3;

    public static CliResult Run(params string[] args) => Run("", isTerminal: false, args);

    public static CliResult RunWithInput(string input, params string[] args) => Run(input, isTerminal: false, args);

    public static CliResult RunOnTerminal(params string[] args) => Run("", isTerminal: true, args);

    private static CliResult Run(string input, bool isTerminal, string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        int code = CliApp.Run(args, new StringReader(input), output, error, isTerminal);
        return new CliResult(code, output.ToString(), error.ToString());
    }

    /// <summary>Starts the program as a process of its own.</summary>
    public static Process StartProcess(params string[] args) => StartProcess([], args);

    /// <summary>Starts the program as a process of its own.</summary>
    /// <param name="environment">What its environment has besides this process's.</param>
    /// <param name="args">The command line.</param>
    public static Process StartProcess(Dictionary<string, string> environment, params string[] args)
    {
        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        string program = Path.Combine(AppContext.BaseDirectory, "FastNets.Cli.dll");
        var start = new ProcessStartInfo(host, ["exec", program, .. args])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
