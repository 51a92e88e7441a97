using FastNets.Cli.Results;

namespace FastNets.Cli.Reports;

/// <summary>Contributions as bars to either side of 0, a row each.</summary>
internal static class BarChart
{
    private const double Width = 456;
    private const double NameWidth = 64;
    private const double ValueWidth = 62;
    private const double RowHeight = 19;
    private const double BarHeight = 12;
    private const double Top = 4;

    /// <summary>Writes the chart.</summary>
    /// <param name="page">Where.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="rows">The rows: a name, and what it contributes.</param>
    public static void Write(PageWriter page, string title, IReadOnlyList<(string Name, double Contribution)> rows)
    {
        double height = Top + (rows.Count * RowHeight) + 4;
        using PageWriter.Element drawing = page.Drawing(Width, height, title);
        double least = Math.Min(0, rows.Min(r => r.Contribution)), most = Math.Max(0, rows.Max(r => r.Contribution));
        double unit = most > least ? (Width - NameWidth - ValueWidth) / (most - least) : 0;
        double zero = NameWidth - (least * unit);
        for (int i = 0; i < rows.Count; i++)
        {
            (string name, double contribution) = rows[i];
            double y = Top + (i * RowHeight);
            page.Label(name, NameWidth - 8, y + 12, "end");
            page.Label(ExplanationView.Signed(contribution), Width, y + 12, "end small");
            double end = zero + (contribution * unit);
            page.Empty(
                "rect", "class", Strength.Style(contribution), "x", PageWriter.Number(Math.Min(zero, end)), "y", PageWriter.Number(y + 2),
                "width", PageWriter.Number(Math.Abs(end - zero)), "height", PageWriter.Number(BarHeight), "rx", "1.5");
        }

        page.Line(zero, Top - 2, zero, height - 2, "axis");
    }
}
