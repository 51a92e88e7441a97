using System.Globalization;
using System.Text;
using FastNets.Classification.Explanation;
using FastNets.Cli.Results;

namespace FastNets.Cli.Reports;

/// <summary>What each dilation contributes at each time step, a row a dilation.</summary>
internal static class HeatMap
{
    private const double Top = 4;
    private const double MostHeight = 420;
    private const double MostRowHeight = 26;

    /// <summary>Writes the map.</summary>
    /// <param name="page">Where.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="explanation">The contributions.</param>
    /// <param name="axis">The time axis.</param>
    public static void Write(PageWriter page, string title, PredictionExplanation explanation, TimeAxis axis)
    {
        int rows = explanation.Dilations.Length;
        double rowHeight = Math.Min(MostRowHeight, MostHeight / rows);
        double bottom = Top + (rows * rowHeight);
        using PageWriter.Element drawing = page.Drawing(TimeAxis.Width, bottom + 22, title);
        page.Empty(
            "rect", "class", "frame", "x", PageWriter.Number(TimeAxis.Begin), "y", PageWriter.Number(Top),
            "width", PageWriter.Number(TimeAxis.End - TimeAxis.Begin), "height", PageWriter.Number(bottom - Top));
        WriteCells(page, Sums(explanation, axis), axis, rowHeight);
        for (int row = 0; row < rows; row++)
        {
            string dilation = explanation.Dilations[row].ToString(CultureInfo.InvariantCulture);
            page.Label(dilation, TimeAxis.Begin - 6, Top + ((row + 0.5) * rowHeight) + 4, "end small");
            using PageWriter.Element tip = page.Open(
                "rect", "class", "over", "x", PageWriter.Number(TimeAxis.Begin), "y", PageWriter.Number(Top + (row * rowHeight)),
                "width", PageWriter.Number(TimeAxis.End - TimeAxis.Begin), "height", PageWriter.Number(rowHeight));
            page.Text("title", $"dilation {dilation}: {ExplanationView.Signed(explanation.ByDilation[row])}");
        }

        axis.Write(page, bottom);
    }

    private static double[][] Sums(PredictionExplanation explanation, TimeAxis axis)
    {
        double[][] sums = new double[explanation.Dilations.Length][];
        for (int row = 0; row < sums.Length; row++) sums[row] = axis.Sums(explanation.ByDilationAndTime.Slice(row * explanation.Length, explanation.Length));
        return sums;
    }

    // All cells of one strength are one shape.
    private static void WriteCells(PageWriter page, double[][] sums, TimeAxis axis, double rowHeight)
    {
        var strength = new Strength(Strength.Largest(sums.SelectMany(row => row)));
        var paths = new SortedDictionary<int, StringBuilder>();
        for (int row = 0; row < sums.Length; row++)
        {
            for (int start = 0, end; start < axis.Columns; start = end)
            {
                int step = strength.Of(sums[row][start]);
                for (end = start + 1; end < axis.Columns && strength.Of(sums[row][end]) == step; end++)
                {
                }

                if (step == 0) continue;
                if (!paths.TryGetValue(step, out StringBuilder? path)) paths.Add(step, path = new StringBuilder());
                string width = PageWriter.Number((end - start) * axis.ColumnWidth);
                path.Append('M').Append(PageWriter.Number(TimeAxis.Begin + (start * axis.ColumnWidth))).Append(' ').Append(PageWriter.Number(Top + (row * rowHeight)));
                path.Append('h').Append(width).Append('v').Append(PageWriter.Number(rowHeight)).Append("h-").Append(width).Append('z');
            }
        }

        foreach ((int step, StringBuilder path) in paths)
            page.Empty("path", "class", Strength.Style(step), "fill-opacity", Strength.Opacity(step), "d", path.ToString(), "shape-rendering", "crispEdges");
    }
}
