using System.CommandLine;
using FastNets.Threading;

namespace FastNets.Cli.Options;

/// <summary>The option <c>--threads</c>.</summary>
internal static class ThreadsOption
{
    /// <summary>Makes the option.</summary>
    public static Option<int?> Create() => OptionFactory.Integer(
        "--threads",
        1,
        WorkerPool.MaxThreads,
        "Threads to work on; the results are the same with any number",
        $"{WorkerPool.EnvironmentVariable}, or one a processor");

    /// <summary>Sets the number of threads of the pool where one was asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="option">The option.</param>
    public static void Apply(ParseResult parsed, Option<int?> option)
    {
        if (parsed.GetValue(option) is { } threads) WorkerPool.Threads = threads;
    }
}
