using System.Globalization;

namespace FastNets.Cli.Reports;

/// <summary>Where time steps lie in a drawing; very long series have several steps a column.</summary>
/// <param name="Length">The number of time steps.</param>
internal readonly record struct TimeAxis(int Length)
{
    /// <summary>The width of drawings with a time axis.</summary>
    public const double Width = 940;

    private const double Left = 52;
    private const double Right = 8;
    private const int MostColumns = 440;
    private const int MostTicks = 12;

    /// <summary>The number of columns.</summary>
    public int Columns => Math.Min(Length, MostColumns);

    /// <summary>The width of a column.</summary>
    public double ColumnWidth => (Width - Left - Right) / Columns;

    /// <summary>The left end of the time axis.</summary>
    public static double Begin => Left;

    /// <summary>The right end of the time axis.</summary>
    public static double End => Width - Right;

    /// <summary>Where a time step begins; for the step's middle add a half.</summary>
    /// <param name="step">The time step.</param>
    public double At(double step) => Left + ((Width - Left - Right) * step / Length);

    /// <summary>The first time step of a column; of the column after the last one, the length.</summary>
    /// <param name="column">The column.</param>
    public int FirstStep(int column) => (int)((long)column * Length / Columns);

    /// <summary>The sums of the columns' time steps.</summary>
    /// <param name="values">A value for each time step.</param>
    public double[] Sums(ReadOnlySpan<double> values)
    {
        double[] sums = new double[Columns];
        for (int column = 0; column < sums.Length; column++)
        {
            for (int t = FirstStep(column); t < FirstStep(column + 1); t++) sums[column] += values[t];
        }

        return sums;
    }

    /// <summary>Writes the numbers of some time steps under a plot.</summary>
    /// <param name="page">Where.</param>
    /// <param name="y">The lower end of the plot.</param>
    public void Write(PageWriter page, double y)
    {
        int step = 1;
        for (int i = 0; (Length - 1) / step > MostTicks; i++) step = step / (i % 3 == 1 ? 2 : 1) * (i % 3 == 1 ? 5 : 2);
        for (int t = 0; t < Length; t += step)
        {
            page.Line(At(t + 0.5), y, At(t + 0.5), y + 4, "axis");
            page.Label(t.ToString(CultureInfo.InvariantCulture), At(t + 0.5), y + 16, "middle small");
        }
    }
}
