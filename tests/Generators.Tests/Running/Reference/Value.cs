namespace FastNets.Generators.Tests.Running.Reference;

/// <summary>A batch between two layers.</summary>
/// <param name="Rows">[batch][steps][columns]; a vector has one step.</param>
/// <param name="IsSequence">Whether it is a sequence.</param>
/// <param name="TimeFirst">Whether its rows are counted step after step, as recurrent layers have them: dropout's masks depend on it.</param>
internal sealed record Value(double[][][] Rows, bool IsSequence, bool TimeFirst)
{
    public int Batch => Rows.Length;

    public int Steps => Rows[0].Length;

    public int Columns => Rows[0][0].Length;

    /// <summary>Whether the loss sees probabilities: softmax's, of a sample's class, or sigmoid's.</summary>
    public bool IsProbability { get; init; }

    /// <summary>Samples, each row-major.</summary>
    public double[][] Flat => [.. Rows.Select(sample => sample.SelectMany(row => row).ToArray())];

    public static Value Of(double[][] samples, int steps, int columns, bool isSequence)
        => new([.. samples.Select(s => Enumerable.Range(0, steps).Select(t => s[(t * columns)..((t + 1) * columns)]).ToArray())], isSequence, false);

    public Value Map(Func<double, double> function) => MapRows(row => [.. row.Select(function)]);

    public Value MapRows(Func<double[], double[]> function) => new([.. Rows.Select(sample => sample.Select(function).ToArray())], IsSequence, TimeFirst);

    /// <summary>Each column of each sample over some steps as one number.</summary>
    public Value Pool(Func<int, int> steps, Func<IEnumerable<double>, double> pool)
        => new([.. Rows.Select((sample, b) => new[] { Enumerable.Range(0, Columns).Select(c => pool(sample.Take(steps(b)).Select(row => row[c]))).ToArray() })], false, false);
}
