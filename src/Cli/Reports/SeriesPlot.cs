using System.Globalization;
using System.Text;
using FastNets.Classification.Explanation;
using FastNets.Cli.Results;

namespace FastNets.Cli.Reports;

/// <summary>A channel of a series, coloured by what its time steps contribute, and the contributions as bars below it.</summary>
/// <param name="axis">The time axis.</param>
/// <param name="largest">The contribution of a column that has the longest bar.</param>
/// <param name="marked">The time steps to mark.</param>
internal sealed class SeriesPlot(TimeAxis axis, double largest, TimeStretch marked)
{
    private const double Top = 8;
    private const double CurveHeight = 150;
    private const double BarsTop = Top + CurveHeight + 14;
    private const double BarsHeight = 84;
    private const double Bottom = BarsTop + BarsHeight;
    private const double Height = Bottom + 22;

    /// <summary>Writes the plot.</summary>
    /// <param name="page">Where.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="values">The series' values.</param>
    /// <param name="contributions">What they contribute.</param>
    public void Write(PageWriter page, string title, ReadOnlySpan<float> values, ReadOnlySpan<double> contributions)
    {
        using PageWriter.Element drawing = page.Drawing(TimeAxis.Width, Height, title);
        double[] columns = axis.Sums(contributions);
        page.Empty(
            "rect", "class", "mark", "x", PageWriter.Number(axis.At(marked.Start)), "y", PageWriter.Number(Top),
            "width", PageWriter.Number(axis.At(marked.Length) - axis.At(0)), "height", PageWriter.Number(Bottom - Top));
        WriteCurve(page, values, columns);
        WriteBars(page, columns);
        axis.Write(page, Bottom);
        WriteTips(page, columns);
    }

    private void WriteCurve(PageWriter page, ReadOnlySpan<float> values, double[] columns)
    {
        (float least, float most) = (values[0], values[0]);
        foreach (float value in values) (least, most) = (Math.Min(least, value), Math.Max(most, value));
        foreach (float value in least == most ? [least] : (ReadOnlySpan<float>)[least, most])
        {
            double y = Y(value, least, most);
            page.Line(TimeAxis.Begin, y, TimeAxis.End, y, "grid");
            page.Label(value.ToString("0.###", CultureInfo.InvariantCulture), TimeAxis.Begin - 6, y + 4, "end small");
        }

        List<(double X, double Y, int Column)> points = Points(values, least, most);
        page.Empty("polyline", "class", "series", "points", Joined(points, 0, points.Count));
        var strength = new Strength(largest);
        for (int start = 0, end; start < points.Count; start = end)
        {
            int step = strength.Of(columns[points[start].Column]);
            for (end = start + 1; end < points.Count && strength.Of(columns[points[end].Column]) == step; end++)
            {
            }

            // A run takes the whole line to the point behind it, so that no gap is left.
            int last = Math.Min(end + 1, points.Count);
            if (step != 0) page.Empty("polyline", "class", $"run {Strength.Style(step)}", "stroke-opacity", Strength.Opacity(step), "points", Joined(points, start, last));
        }
    }

    // Every value; of a column of several the least and the largest.
    private List<(double X, double Y, int Column)> Points(ReadOnlySpan<float> values, float least, float most)
    {
        var points = new List<(double, double, int)>();
        for (int column = 0; column < axis.Columns; column++)
        {
            int first = axis.FirstStep(column), end = axis.FirstStep(column + 1), low = first, high = first;
            for (int t = first; t < end; t++)
            {
                if (values[t] < values[low]) low = t;
                if (values[t] > values[high]) high = t;
            }

            int early = Math.Min(low, high), late = Math.Max(low, high);
            points.Add((axis.At(early + 0.5), Y(values[early], least, most), column));
            if (late != early) points.Add((axis.At(late + 0.5), Y(values[late], least, most), column));
        }

        return points;
    }

    private static double Y(double value, double least, double most)
        => most > least ? Top + (CurveHeight * (most - value) / (most - least)) : Top + (CurveHeight / 2);

    private static string Joined(List<(double X, double Y, int Column)> points, int start, int end)
    {
        var text = new StringBuilder();
        for (int i = start; i < end; i++) text.Append(i == start ? "" : " ").Append(PageWriter.Number(points[i].X)).Append(',').Append(PageWriter.Number(points[i].Y));
        return text.ToString();
    }

    private void WriteBars(PageWriter page, double[] columns)
    {
        const double Zero = BarsTop + (BarsHeight / 2);
        page.Label(ExplanationView.Signed(largest), TimeAxis.Begin - 6, BarsTop + 8, "end small");
        page.Label("0", TimeAxis.Begin - 6, Zero + 4, "end small");
        page.Label(ExplanationView.Signed(-largest), TimeAxis.Begin - 6, Bottom, "end small");
        foreach (int sign in (int[])[1, -1])
        {
            var path = new StringBuilder();
            for (int column = 0; column < columns.Length; column++)
            {
                if (columns[column] * sign <= 0) continue;
                double width = axis.ColumnWidth * 0.85;
                string to = PageWriter.Number(-columns[column] / largest * BarsHeight / 2);
                path.Append('M').Append(PageWriter.Number(TimeAxis.Begin + (column * axis.ColumnWidth) + (axis.ColumnWidth * 0.075))).Append(' ').Append(PageWriter.Number(Zero));
                path.Append('v').Append(to).Append('h').Append(PageWriter.Number(width)).Append('V').Append(PageWriter.Number(Zero)).Append('z');
            }

            if (path.Length > 0) page.Empty("path", "class", Strength.Style(sign), "d", path.ToString());
        }

        page.Line(TimeAxis.Begin, Zero, TimeAxis.End, Zero, "axis");
    }

    // What is under the pointer, in numbers.
    private void WriteTips(PageWriter page, double[] columns)
    {
        for (int column = 0; column < columns.Length; column++)
        {
            int first = axis.FirstStep(column), last = axis.FirstStep(column + 1) - 1;
            string steps = first == last ? FormattableString.Invariant($"time step {first}") : FormattableString.Invariant($"time steps {first} to {last}");
            using PageWriter.Element tip = page.Open(
                "rect", "class", "over", "x", PageWriter.Number(TimeAxis.Begin + (column * axis.ColumnWidth)), "y", PageWriter.Number(Top),
                "width", PageWriter.Number(axis.ColumnWidth), "height", PageWriter.Number(Bottom - Top));
            page.Text("title", $"{steps}: {ExplanationView.Signed(columns[column])}");
        }
    }
}
