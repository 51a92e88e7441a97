using Spectre.Console;
using Spectre.Console.Rendering;

namespace FastNets.Cli.Rendering;

/// <summary>Tables and progress bars for a person at a terminal.</summary>
/// <param name="writer">What the terminal shows.</param>
internal sealed class TerminalScreen(TextWriter writer) : IScreen
{
    private static readonly Style Faint = new(Color.Grey);
    private static readonly Style Good = new(Color.Green, decoration: Decoration.Bold);
    private static readonly Style Strong = new(decoration: Decoration.Bold);

    private readonly IAnsiConsole _console = TerminalConsole.Of(writer);

    public void Facts(IReadOnlyList<(string Name, string Value)> facts, string? important = null)
    {
        _console.WriteLine();
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadLeft(1).PadRight(2)).AddColumn(new GridColumn().PadRight(0));
        foreach ((string name, string value) in facts) grid.AddRow(new Text(name, Faint), new Text(value, name == important ? Good : Style.Plain));
        _console.Write(grid);
    }

    public void Table(ResultTable table)
    {
        Table drawn = new Table { Border = TableBorder.Rounded, BorderStyle = Faint, UseSafeBorder = true }.LeftAligned();
        foreach (string column in table.Columns)
        {
            var heading = new TableColumn(new Text(column, Strong)) { NoWrap = true };
            drawn.AddColumn(drawn.Columns.Count == 0 ? heading : heading.RightAligned());
        }

        foreach (IReadOnlyList<string> row in table.Rows) drawn.AddRow(row.Select(cell => (IRenderable)new Text(cell)));
        _console.WriteLine();
        _console.Write(new Text($" {table.Title}{Environment.NewLine}", Strong));
        _console.Write(drawn);
    }

    public void Note(string text) => _console.Write(new Text($" {text}{Environment.NewLine}", Faint));

    public void Watch(Action<IProgressBoard> work)
        => _console.Progress()
            .Columns(new StateColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = BarWidth }, new SecondsColumn(), new DetailColumn())
            .Start(context =>
            {
                var board = new Board(context);
                work(board);
                board.End();
            });

    private const int BarWidth = 16;

    private sealed class Board(ProgressContext context) : IProgressBoard
    {
        private ProgressTask? _phase;

        public void Begin(string name)
        {
            End();
            _phase = context.AddTask(Markup.Escape(name), new ProgressTaskSettings { MaxValue = 1 });
            _phase.IsIndeterminate = true;
        }

        public void Report(double? fraction, string? detail = null)
        {
            if (_phase is null) return;
            _phase.IsIndeterminate = fraction is null;
            if (fraction is double known) _phase.Value = known;
            if (detail is not null) DetailColumn.Set(_phase, detail);
        }

        public void End()
        {
            if (_phase is null) return;
            _phase.IsIndeterminate = false;
            _phase.Value = 1;
            _phase.StopTask();
            _phase = null;
        }
    }
}
