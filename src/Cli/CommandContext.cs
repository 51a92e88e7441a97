using FastNets.Cli.Rendering;

namespace FastNets.Cli;

/// <summary>What a command works with besides its options.</summary>
/// <param name="Streams">What it reads and writes.</param>
/// <param name="Cancellation">Asks it to stop after the step it is in.</param>
internal sealed record CommandContext(CliStreams Streams, CancellationToken Cancellation)
{
    /// <summary>Where results and progress are shown.</summary>
    /// <param name="quiet">Whether nothing is to be shown.</param>
    /// <param name="resultsElsewhere">Whether standard output is taken by something else, so that only progress is shown.</param>
    public IScreen Screen(bool quiet, bool resultsElsewhere = false)
        => quiet ? new QuietScreen() : new SplitScreen(Streams, resultsElsewhere);
}
