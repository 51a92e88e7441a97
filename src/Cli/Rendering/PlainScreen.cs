using System.Diagnostics;

namespace FastNets.Cli.Rendering;

/// <summary>Plain lines for files, pipes and logs: no escape codes, no line drawing.</summary>
/// <param name="writer">Where they go.</param>
internal sealed class PlainScreen(TextWriter writer) : IScreen
{
    private bool _written;

    public void Facts(IReadOnlyList<(string Name, string Value)> facts, string? important = null)
    {
        Separate();
        int width = facts.Max(f => f.Name.Length);
        foreach ((string name, string value) in facts) writer.WriteLine($"{name.PadRight(width)}  {value}");
    }

    public void Table(ResultTable table)
    {
        Separate();
        writer.WriteLine($"{table.Title}:");
        int[] widths = [.. table.Columns.Select((c, i) => table.Rows.Select(r => r[i].Length).Append(c.Length).Max())];
        WriteRow(table.Columns, widths);
        foreach (IReadOnlyList<string> row in table.Rows) WriteRow(row, widths);
    }

    public void Note(string text) => writer.WriteLine(text);

    public void Watch(Action<IProgressBoard> work)
    {
        var board = new Board(writer);
        work(board);
        board.End();
    }

    // A blank line between one result and the next.
    private void Separate()
    {
        if (_written) writer.WriteLine();
        _written = true;
    }

    private void WriteRow(IReadOnlyList<string> cells, int[] widths)
    {
        IEnumerable<string> padded = cells.Select((c, i) => i == 0 ? c.PadRight(widths[0]) : c.PadLeft(widths[i]));
        writer.WriteLine("  " + string.Join("  ", padded).TrimEnd());
    }

    // One line a phase when it is over, and on the way through a phase that reports: nine lines, or one every ten seconds where the end is not known.
    private sealed class Board(TextWriter writer) : IProgressBoard
    {
        private const int PartsOfPhase = 10;
        private const double SecondsBetweenLines = 10;

        private string? _phase;
        private string _detail = "";
        private long _begun;
        private int _part;

        public void Begin(string name)
        {
            End();
            _phase = name;
            _begun = Stopwatch.GetTimestamp();
        }

        public void Report(double? fraction, string? detail = null)
        {
            _detail = detail ?? _detail;
            int part = (int)(fraction * PartsOfPhase ?? Stopwatch.GetElapsedTime(_begun).TotalSeconds / SecondsBetweenLines);
            if (part <= _part || (fraction is not null && part >= PartsOfPhase) || _detail.Length == 0) return;
            _part = part;
            writer.WriteLine($"{_phase}: {_detail}");
        }

        public void End()
        {
            if (_phase is null) return;
            string seconds = Texts.Seconds(Stopwatch.GetElapsedTime(_begun).TotalSeconds);
            writer.WriteLine(_detail.Length == 0 ? $"{_phase}: {seconds}" : $"{_phase}: {seconds} ({_detail})");
            _phase = null;
            _detail = "";
            _part = 0;
        }
    }
}
