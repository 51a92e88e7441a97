using System.Diagnostics;
using System.Globalization;

namespace FastNets.Cli.Rendering;

/// <summary>Plain lines for files, pipes and logs: no escape codes, no line drawing.</summary>
/// <param name="writer">Where they go.</param>
internal sealed class PlainScreen(TextWriter writer) : IScreen
{
    public void Facts(IReadOnlyList<(string Name, string Value)> facts)
    {
        int width = facts.Max(f => f.Name.Length);
        foreach ((string name, string value) in facts) writer.WriteLine($"{name.PadRight(width)}  {value}");
    }

    public void Table(ResultTable table)
    {
        writer.WriteLine();
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

    private void WriteRow(IReadOnlyList<string> cells, int[] widths)
    {
        IEnumerable<string> padded = cells.Select((c, i) => i == 0 ? c.PadRight(widths[0]) : c.PadLeft(widths[i]));
        writer.WriteLine("  " + string.Join("  ", padded).TrimEnd());
    }

    // One line a phase when it is over, and about ten on the way through a phase that reports.
    private sealed class Board(TextWriter writer) : IProgressBoard
    {
        private const int LinesPerPhase = 10;

        private string? _phase;
        private long _begun;
        private int _lines;

        public void Begin(string name)
        {
            End();
            _phase = name;
            _begun = Stopwatch.GetTimestamp();
            _lines = 0;
        }

        public void Report(double fraction, string detail)
        {
            int due = (int)(fraction * LinesPerPhase);
            if (detail.Length == 0 || due <= _lines) return;
            _lines = due;
            writer.WriteLine($"{_phase}: {detail}");
        }

        public void End()
        {
            if (_phase is null) return;
            string seconds = Stopwatch.GetElapsedTime(_begun).TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
            writer.WriteLine($"{_phase}: {seconds} s");
            _phase = null;
        }
    }
}
