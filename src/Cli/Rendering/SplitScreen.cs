namespace FastNets.Cli.Rendering;

/// <summary>Results on standard output and progress on standard error, each in the form that fits: a terminal's or plain lines.</summary>
internal sealed class SplitScreen : IScreen
{
    private readonly IScreen _results;
    private readonly IScreen _progress;

    /// <summary>Chooses the forms.</summary>
    /// <param name="streams">The streams of the run.</param>
    /// <param name="resultsElsewhere">Whether standard output is taken by something else, so that results are not shown.</param>
    public SplitScreen(CliStreams streams, bool resultsElsewhere)
    {
        _results = resultsElsewhere ? new QuietScreen() : For(streams.Out, streams.OutIsTerminal);
        _progress = For(streams.Error, streams.ErrorIsTerminal);
    }

    public void Facts(IReadOnlyList<(string Name, string Value)> facts, string? important = null) => _results.Facts(facts, important);

    public void Table(ResultTable table) => _results.Table(table);

    public void Note(string text) => _progress.Note(text);

    public void Watch(Action<IProgressBoard> work) => _progress.Watch(work);

    // A terminal that cannot move its cursor is served like a file.
    private static IScreen For(TextWriter writer, bool isTerminal)
        => isTerminal && TerminalConsole.Of(writer).Profile.Capabilities.Ansi ? new TerminalScreen(writer) : new PlainScreen(writer);
}
