using FastNets.Random;

namespace FastNets.Data;

/// <summary>Sets of series made by published formulas, for a first try and for tests.</summary>
/// <remarks>Each series is drawn from a stream of its own: the same seed gives the same series however many there are of a class.</remarks>
public static class SyntheticData
{
    /// <summary>The length of the control charts.</summary>
    public const int ControlChartLength = 60;

    /// <summary>The shortest Cylinder-Bell-Funnel series.</summary>
    public const int MinCylinderBellFunnelLength = 16;

    private static readonly string[] Shapes = ["cylinder", "bell", "funnel"];
    private static readonly string[] Charts = ["normal", "cyclic", "increasing-trend", "decreasing-trend", "upward-shift", "downward-shift"];

    /// <summary>Cylinder-Bell-Funnel: a plateau, a rising or a falling ramp between two random times, in noise.</summary>
    /// <param name="perClass">The number of series of each of the three classes, at least 1.</param>
    /// <param name="length">The number of time steps, at least 16; 128 in the literature.</param>
    /// <param name="seed">The seed.</param>
    /// <remarks>
    /// With X the indicator of a &lt;= t &lt;= b and t from 1 to the length:
    /// cylinder (6 + eta) X + e(t); bell (6 + eta) X (t - a) / (b - a) + e(t); funnel (6 + eta) X (b - t) / (b - a) + e(t),
    /// where eta and e(t) are standard normal, a is an integer uniform in [16, 32] and b - a one in [32, 96] for length 128;
    /// these bounds grow and shrink with the length (1/8, 1/4; 1/4, 3/4).
    /// Source: N. Saito, "Local feature extraction and its applications using a library of bases", PhD thesis, Yale University, 1994.
    /// </remarks>
    public static SeriesSet CylinderBellFunnel(int perClass, int length, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(perClass, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, MinCylinderBellFunnelLength);
        return Make("cylinder-bell-funnel", Shapes, perClass, length, seed, CylinderBellFunnel);
    }

    /// <summary>Control charts of a manufacturing process: normal, cyclic, with a trend or a shift; 60 time steps.</summary>
    /// <param name="perClass">The number of series of each of the six classes, at least 1.</param>
    /// <param name="seed">The seed.</param>
    /// <remarks>
    /// With m = 30, s = 2, r(t) uniform in [-3, 3] and t from 1 to 60, each y(t) = m + r(t) s plus: nothing (normal);
    /// a sin(2 pi t / T), a and T uniform in [10, 15] (cyclic); g t or -g t, g uniform in [0.2, 0.5] (trends);
    /// x or -x from time t3 on, x uniform in [7.5, 20], t3 an integer uniform in [20, 40] (shifts).
    /// Source: R. J. Alcock and Y. Manolopoulos, "Time-series similarity queries employing a feature-based approach",
    /// 7th Hellenic Conference on Informatics, 1999 (the formulas of the UCI data set "Synthetic Control Chart Time Series").
    /// </remarks>
    public static SeriesSet ControlCharts(int perClass, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(perClass, 1);
        return Make("control-charts", Charts, perClass, ControlChartLength, seed, ControlChart);
    }

    private delegate void Formula(int shape, ref PhiloxStream random, Span<float> series);

    private static SeriesSet Make(string name, string[] shapes, int perClass, int length, ulong seed, Formula formula)
    {
        // The formulas' order of classes is not that of their names, in which sets have them.
        string[] classes = ClassNames.Sort(shapes);
        int count = checked(perClass * shapes.Length);
        float[] values = new float[checked(count * length)];
        int[] labels = new int[count];
        int[] lengths = new int[count];
        Array.Fill(lengths, length);
        for (int i = 0; i < count; i++)
        {
            int shape = i % shapes.Length;
            var random = new PhiloxStream(seed, (ulong)i);
            formula(shape, ref random, values.AsSpan(i * length, length));
            labels[i] = Array.IndexOf(classes, shapes[shape]);
        }

        return new SeriesSet(name, 1, lengths, values, labels, classes);
    }

    private static void CylinderBellFunnel(int shape, ref PhiloxStream random, Span<float> series)
    {
        int eighth = series.Length / 8;
        int quarter = series.Length / 4;
        int a = eighth + random.NextInt32(quarter - eighth + 1);
        int span = quarter + random.NextInt32((3 * quarter) - quarter + 1);
        double height = 6 + random.NextNormal();
        for (int i = 0; i < series.Length; i++)
        {
            int t = i + 1;
            double inside = t < a || t > a + span ? 0 : shape switch
            {
                0 => 1,
                1 => (double)(t - a) / span,
                _ => (double)(a + span - t) / span,
            };
            series[i] = (float)((height * inside) + random.NextNormal());
        }
    }

    private static void ControlChart(int shape, ref PhiloxStream random, Span<float> series)
    {
        const double Mean = 30;
        const double Deviation = 2;
        double amplitude = Uniform(ref random, 10, 15);
        double period = Uniform(ref random, 10, 15);
        double gradient = Uniform(ref random, 0.2, 0.5);
        double shift = Uniform(ref random, 7.5, 20);
        int shiftTime = 20 + random.NextInt32(21);
        for (int i = 0; i < series.Length; i++)
        {
            int t = i + 1;
            double noise = Uniform(ref random, -3, 3) * Deviation;
            double pattern = shape switch
            {
                0 => 0,
                1 => amplitude * Math.Sin(2 * Math.PI * t / period),
                2 => gradient * t,
                3 => -gradient * t,
                4 => t >= shiftTime ? shift : 0,
                _ => t >= shiftTime ? -shift : 0,
            };
            series[i] = (float)(Mean + noise + pattern);
        }
    }

    private static double Uniform(ref PhiloxStream random, double low, double high) => low + ((high - low) * random.NextDouble());
}
