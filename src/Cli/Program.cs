using System.Diagnostics;
using System.Runtime.InteropServices;
using FastNets.Cli;
using FastNets.Cli.Rendering;

using var interrupt = new CancellationTokenSource();

// The first Ctrl-C (or SIGTERM) asks the command to stop after the step it is in; a later one ends the process at once.
// Some senders signal the process and its group, so that one request comes twice: what follows at once is not a second one.
TimeSpan sameRequest = TimeSpan.FromSeconds(0.5);
long first = 0;
void Interrupt(PosixSignalContext signal)
{
    long earlier = Interlocked.CompareExchange(ref first, Stopwatch.GetTimestamp(), 0);
    signal.Cancel = earlier == 0 || Stopwatch.GetElapsedTime(earlier) < sameRequest;
    if (signal.Cancel) interrupt.Cancel();
    else if (!Console.IsErrorRedirected) Console.Error.Write(TerminalConsole.ShowCursor);
}

using PosixSignalRegistration onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
using PosixSignalRegistration onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);

return CliApp.Run(args, CliStreams.OfProcess(), interrupt.Token);
