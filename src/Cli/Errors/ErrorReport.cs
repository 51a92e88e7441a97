using FastNets.Cli.Rendering;
using FastNets.Cuda;
using FastNets.Data;
using FastNets.Training;

namespace FastNets.Cli.Errors;

/// <summary>Turns what was thrown into one message and an exit code.</summary>
internal static class ErrorReport
{
    /// <summary>Writes the message to standard error.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="streams">The streams of the run.</param>
    /// <returns>The exit code.</returns>
    public static int Write(Exception exception, CliStreams streams)
    {
        // A type's static constructor hides the cause, such as an instruction set that FASTNETS_ISA asks for in vain.
        if (exception is TypeInitializationException { InnerException: { } cause })
            return Write(cause is ArgumentException or PlatformNotSupportedException ? new UsageException(cause.Message) : cause, streams);

        switch (exception)
        {
            case UsageException usage:
                string name = usage.Command.Length == 0 ? "fastnets" : $"fastnets {usage.Command}";
                Show(streams, $"{usage.Message}{Environment.NewLine}Try '{name} --help'.");
                return ExitCodes.Usage;
            case DataFormatException:
                Show(streams, exception.Message);
                return ExitCodes.BadInput;
            case StoppedException:
                Show(streams, exception.Message);
                return ExitCodes.Interrupted;
            case OperationCanceledException:
                Show(streams, "stopped; no file was changed.");
                return ExitCodes.Interrupted;
            case IOException or UnauthorizedAccessException or TrainingDivergedException or CudaUnavailableException or CudaException:
                Show(streams, exception.Message);
                return ExitCodes.Failed;
            case OutOfMemoryException:
                Show(streams, "there is not enough memory; use fewer --features, or fewer series.");
                return ExitCodes.Failed;
            default:
                Show(streams, $"{exception.Message} ({exception.GetType().Name}; this is a defect of FastNets, please report it.)");
                return ExitCodes.Failed;
        }
    }

    private static void Show(CliStreams streams, string message)
    {
        try
        {
            if (streams.ErrorIsTerminal) TerminalConsole.WriteError(streams.Error, message);
            else streams.Error.WriteLine($"error: {message}");
        }
        catch (IOException)
        {
            // Nobody reads standard error any more; the exit code still tells.
        }
    }
}
