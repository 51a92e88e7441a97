using FastNets.Generators.Model;
using FastNets.Generators.Shapes;

namespace FastNets.Generators.Tests.Running.Reference;

/// <summary>The decoder of a sequence autoencoder, step by step.</summary>
internal static class ReferenceDecoder
{
    /// <param name="pass">The pass.</param>
    /// <param name="layer">The decoder.</param>
    /// <param name="start">The encoder's last state.</param>
    /// <param name="forced">Whether a step's input is the target of the step before.</param>
    public static Value Run(ReferencePass pass, ShapedLayer layer, State start, bool forced)
    {
        LayerSettings s = layer.Settings;
        double[] kernel = pass.Of(layer, "kernel"), recurrent = pass.Of(layer, "recurrent_kernel"), outputKernel = pass.Of(layer, "output_kernel");
        double[]? bias = pass.OfBias(layer, s.UseBias, "bias"), recurrentBias = pass.OfBias(layer, s.UseRecurrentBias, "recurrent_bias"), outputBias = pass.OfBias(layer, s.UseBias, "output_bias");
        int steps = layer.Output.Steps.Constant;
        int features = layer.Output.Columns.Constant;
        double[][][] outputs = [.. start.Hidden.Select(_ => new double[steps][])];
        for (int b = 0; b < outputs.Length; b++)
        {
            double[] hidden = start.Hidden[b], cell = start.Cell[b];
            for (int step = 0; step < steps; step++)
            {
                if (step > 0)
                {
                    int before = Place(step - 1);
                    double[] x = forced ? pass.Data.Targets![b][(before * features)..((before + 1) * features)] : outputs[b][before];
                    (hidden, cell) = ReferenceCell.Next(
                        LayerKind.Lstm, ActivationKind.Tanh, ReferenceCell.Product(x, kernel, bias), ReferenceCell.Product(hidden, recurrent, recurrentBias), hidden, cell);
                }

                outputs[b][Place(step)] = ReferenceCell.Product(hidden, outputKernel, outputBias);
            }
        }

        return new Value(outputs, true, true);

        int Place(int step) => s.Reverse ? steps - 1 - step : step;
    }
}
