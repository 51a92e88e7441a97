using FastNets.Generators.Model;
using FastNets.Generators.Shapes;
using FastNets.Tests.Shared.Reference;

namespace FastNets.Generators.Tests.Running.Reference;

/// <summary>Layers that slide a window over the steps.</summary>
internal static class ReferenceWindows
{
    public static Value Convolve(ReferencePass pass, ShapedLayer layer, Value x)
    {
        LayerSettings s = layer.Settings;
        (int left, int right) = Padding(s, x.Steps);
        var convolution = new ReferenceConvolution(x.Batch, x.Steps, x.Columns, s.Units.Constant, s.KernelSize, s.Stride, s.Dilation, left, right);
        double[] y = convolution.Forward(Whole(x), pass.Of(layer, "kernel"));
        double[]? bias = pass.OfBias(layer, s.UseBias, "bias");
        return Cut(y, x.Batch, convolution.OutputLength, s.Units.Constant).MapRows(row => bias is null ? row : [.. row.Zip(bias, (a, b) => a + b)]);
    }

    public static Value Pool(ShapedLayer layer, Value x)
    {
        LayerSettings s = layer.Settings;
        (int left, int right) = Padding(s, x.Steps);
        var pooling = new ReferencePooling(x.Batch, x.Steps, x.Columns, s.KernelSize, s.Stride, left, right);
        return Cut(pooling.Forward(layer.Spec.Kind == LayerKind.MaxPool1D, Whole(x)), x.Batch, pooling.OutputLength, x.Columns);
    }

    private static (int Left, int Right) Padding(LayerSettings s, int steps)
    {
        int span = ((s.KernelSize - 1) * s.Dilation) + 1;
        if (s.Padding == PaddingKind.Valid) return (s.PaddingLeft, s.PaddingRight);
        if (s.Padding == PaddingKind.Causal) return (span - 1, 0);
        int windows = (int)Math.Ceiling(steps / (double)s.Stride);
        int total = Math.Max(0, ((windows - 1) * s.Stride) + span - steps);
        return (total / 2, total - (total / 2));
    }

    private static double[] Whole(Value x) => [.. x.Flat.SelectMany(v => v)];

    private static Value Cut(double[] y, int batch, int steps, int columns)
        => Value.Of([.. Enumerable.Range(0, batch).Select(b => y[(b * steps * columns)..((b + 1) * steps * columns)])], steps, columns, true);
}
