using System.CommandLine;
using System.CommandLine.Help;
using FastNets.Cli.Commands;
using FastNets.Cli.Errors;
using FastNets.Cli.Options;
using FastNets.Threading;

namespace FastNets.Cli;

/// <summary>The program: one command line in, an exit code out.</summary>
internal static class CliApp
{
    private const string Description =
        "FastNets trains and runs small neural networks and time-series classifiers.";

    /// <summary>Runs a command line on given streams.</summary>
    /// <param name="args">The arguments, without the program's name.</param>
    /// <param name="input">Standard input.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    /// <param name="isTerminal">Whether a person watches both of these.</param>
    /// <returns>The exit code, one of <see cref="ExitCodes"/>.</returns>
    public static int Run(string[] args, TextReader input, TextWriter output, TextWriter error, bool isTerminal)
        => Run(args, new CliStreams(input, output, error, isTerminal, isTerminal), CancellationToken.None);

    /// <summary>Runs a command line on given streams.</summary>
    /// <param name="args">The arguments, without the program's name.</param>
    /// <param name="streams">What the run reads and writes.</param>
    /// <param name="cancellation">Asks the command to stop after the step it is in.</param>
    /// <returns>The exit code, one of <see cref="ExitCodes"/>.</returns>
    public static int Run(string[] args, CliStreams streams, CancellationToken cancellation)
    {
        var context = new CommandContext(streams, cancellation);
        int threads = WorkerPool.Threads;
        try
        {
            ParseResult parsed = Build(context).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Action is not { ClearsParseErrors: true })
            {
                if (ParseErrors.UnknownOption(parsed) is { } unknown) throw unknown;
                if (parsed.Errors.Count > 0) throw ParseErrors.ToException(parsed);
            }

            return parsed.Invoke(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = streams.Out,
                Error = streams.Error,
            });
        }
        catch (Exception exception)
        {
            return ErrorReport.Write(exception, streams);
        }
        finally
        {
            WorkerPool.Threads = threads;
            DeviceOption.Restore();
        }
    }

    private static RootCommand Build(CommandContext context)
    {
        var root = new RootCommand(Description)
        {
            TrainCommand.Create(context),
            EvaluateCommand.Create(context),
            PredictCommand.Create(context),
            ExplainCommand.Create(context),
            TransformCommand.Create(context),
            DataCommand.Create(context),
            InfoCommand.Create(context),
        };
        root.HelpName = "fastnets";
        foreach (Option option in root.Options)
        {
            if (option is HelpOption help)
            {
                var action = new HelpWithExamples((HelpAction)help.Action!);
                help.Action = action;
                root.SetAction(action.Invoke);
            }

            if (option is VersionOption version) version.Action = new VersionAction();
        }

        return root;
    }
}
