namespace FastNets.Cli.Rendering;

/// <summary>Shows nothing.</summary>
internal sealed class QuietScreen : IScreen, IProgressBoard
{
    public void Facts(IReadOnlyList<(string Name, string Value)> facts, string? important = null)
    {
    }

    public void Table(ResultTable table)
    {
    }

    public void Note(string text)
    {
    }

    public void Watch(Action<IProgressBoard> work) => work(this);

    public void Begin(string name)
    {
    }

    public void Report(double? fraction, string? detail = null)
    {
    }
}
