using FastNets.Generators.Model;
using FastNets.Generators.Shapes;

namespace FastNets.Generators.Tests.Running.Reference;

/// <summary>Recurrent layers, step by step.</summary>
internal static class ReferenceScan
{
    public static Value Run(ReferencePass pass, ShapedLayer layer, Value x)
    {
        LayerSettings s = layer.Settings;
        int units = s.Units.Constant;
        State start =
            s.StateFrom.Length > 0 ? pass.Last[s.StateFrom] :
            s.Stateful && pass.Carried.TryGetValue(layer.Name, out State? carried) ? carried :
            Zero(x.Batch, units);
        (double[][][] outputs, State last) = Scan(pass, layer, "", s.Reverse, x, start);
        pass.Last[layer.Name] = last;
        if (s.Stateful) pass.Left[layer.Name] = last;
        if (!s.Bidirectional) return Give(outputs, last);
        (double[][][] back, State first) = Scan(pass, layer, "backward_", true, x, Zero(x.Batch, units));
        return Give(
            [.. outputs.Select((sample, b) => sample.Select((row, t) => row.Concat(back[b][t]).ToArray()).ToArray())],
            new State([.. last.Hidden.Select((row, b) => row.Concat(first.Hidden[b]).ToArray())], []));

        Value Give(double[][][] all, State end)
            => s.ReturnSequences ? new Value(all, true, true) : new Value([.. end.Hidden.Select(row => new[] { row })], false, false);
    }

    private static (double[][][] Outputs, State Last) Scan(ReferencePass pass, ShapedLayer layer, string part, bool reverse, Value x, State state)
    {
        LayerSettings s = layer.Settings;
        double[] kernel = pass.Of(layer, part + "kernel"), recurrent = pass.Of(layer, part + "recurrent_kernel");
        double[]? bias = pass.OfBias(layer, s.UseBias, part + "bias"), recurrentBias = pass.OfBias(layer, s.UseRecurrentBias, part + "recurrent_bias");
        double[][][] outputs = [.. x.Rows.Select(_ => new double[x.Steps][])];
        for (int step = 0; step < x.Steps; step++)
        {
            if (s.Truncate > 0 && step > 0 && step % s.Truncate == 0) state = pass.Cut($"{layer.Name}.{part}{step}", state);
            int t = reverse ? x.Steps - 1 - step : step;
            double[][] hidden = (double[][])state.Hidden.Clone(), cell = (double[][])state.Cell.Clone();
            for (int b = 0; b < x.Batch; b++)
            {
                if (pass.Data.Lengths is null || t < pass.Data.Lengths[b])
                {
                    (hidden[b], cell[b]) = ReferenceCell.Next(
                        layer.Spec.Kind, s.Activation, ReferenceCell.Product(x.Rows[b][t], kernel, bias), ReferenceCell.Product(hidden[b], recurrent, recurrentBias), hidden[b], cell[b]);
                }

                outputs[b][t] = hidden[b];
            }

            state = new State(hidden, cell);
        }

        return (outputs, state);
    }

    private static State Zero(int batch, int units)
        => new([.. Enumerable.Range(0, batch).Select(_ => new double[units])], [.. Enumerable.Range(0, batch).Select(_ => new double[units])]);
}
