namespace FastNets.Cli.Rendering;

/// <summary>Shows a command's results on standard output and its progress on standard error.</summary>
internal interface IScreen
{
    /// <summary>Shows facts, one a line, each under its name.</summary>
    /// <param name="facts">The names and the facts.</param>
    /// <param name="important">The name of the fact that matters most; null for none.</param>
    void Facts(IReadOnlyList<(string Name, string Value)> facts, string? important = null);

    /// <summary>Shows a table.</summary>
    /// <param name="table">The table.</param>
    void Table(ResultTable table);

    /// <summary>Says something beside the results, on standard error.</summary>
    /// <param name="text">One sentence.</param>
    void Note(string text);

    /// <summary>Shows the progress of what runs inside, on standard error.</summary>
    /// <param name="work">The work; it is given the board on which its phases are shown.</param>
    void Watch(Action<IProgressBoard> work);
}

/// <summary>Shows which phase of the work is under way.</summary>
internal interface IProgressBoard
{
    /// <summary>Begins a phase; the one before it is over.</summary>
    /// <param name="name">The phase's name.</param>
    void Begin(string name);

    /// <summary>Says how far the phase is.</summary>
    /// <param name="fraction">From 0 to 1; null where the end is not known.</param>
    /// <param name="detail">What to show beside it, such as a loss; null for what is shown already.</param>
    void Report(double? fraction, string? detail = null);
}
