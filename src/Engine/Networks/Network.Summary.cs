using System.Globalization;
using System.Text;

namespace FastNets;

// The table of layers.
public abstract partial class Network
{
    /// <summary>The layers as a table: name and kind, output shape, parameters; below it what the network takes in memory.</summary>
    /// <returns>Lines that end with a line feed, numbers in the invariant culture.</returns>
    /// <example>
    /// <code>
    /// RocketHead: [9996] -> [31], SoftmaxCrossEntropy
    /// Layer   Kind                                     Output  Parameters
    /// Norm    BatchNorm(momentum 0.99, epsilon 0.001)  [9996]      19,992
    /// Hidden  Dense(64, Sigmoid)                         [64]     639,808
    /// Output  Dense(31, Softmax)                         [31]       2,015
    /// 661,815 trainable parameters (2.5 MiB), 19,992 running statistics; activations and gradients 2.6 MiB for batches of up to 64
    /// </code>
    /// </example>
    public string Summary()
    {
        string[][] rows = [["Layer", "Kind", "Output", "Parameters"], .. _layers.Select(Row)];
        int[] widths = [.. Enumerable.Range(0, 4).Select(column => rows.Max(row => row[column].Length))];
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Name}: {InputShape} -> {OutputShape}, {Loss}\n");
        foreach (string[] row in rows)
        {
            // Words to the left, numbers to the right.
            text.Append(row[0].PadRight(widths[0])).Append("  ").Append(row[1].PadRight(widths[1])).Append("  ");
            text.Append(row[2].PadLeft(widths[2])).Append("  ").Append(row[3].PadLeft(widths[3])).Append('\n');
        }

        long statistics = _parameters.Where(p => !p.IsTrainable).Sum(p => (long)p.Length);
        text.Append(CultureInfo.InvariantCulture, $"{ParameterCount:N0} trainable parameters ({Memory(ParameterCount * sizeof(float))})");
        if (statistics > 0) text.Append(CultureInfo.InvariantCulture, $", {statistics:N0} running statistics");
        text.Append(CultureInfo.InvariantCulture, $"; activations and gradients {Memory(ActivationBytes)} for batches of up to {MaxBatch}\n");
        return text.ToString();

        static string[] Row(Layer layer)
        {
            long count = layer.Parameters.Where(p => p.IsTrainable).Sum(p => (long)p.Length);
            return [layer.Name, layer.Description, layer.OutputShape.ToString(), count.ToString("N0", CultureInfo.InvariantCulture)];
        }
    }

    private static string Memory(long bytes) => bytes < 1 << 20
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:F1} KiB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024):F1} MiB");
}
