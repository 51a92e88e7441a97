using System.Runtime.InteropServices;
using FastNets.Cli;

using var interrupt = new CancellationTokenSource();

// The first Ctrl-C (or SIGTERM) asks the command to stop after the step it is in; the second one ends the process at once.
void Interrupt(PosixSignalContext signal)
{
    signal.Cancel = !interrupt.IsCancellationRequested;
    interrupt.Cancel();
}

using PosixSignalRegistration onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
using PosixSignalRegistration onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);

return CliApp.Run(args, CliStreams.OfProcess(), interrupt.Token);
