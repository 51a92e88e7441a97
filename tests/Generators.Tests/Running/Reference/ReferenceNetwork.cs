using FastNets.Generators.Model;
using FastNets.Generators.Planning;
using FastNets.Generators.Shapes;
using FastNets.Generators.Tests.Harness;
using FastNets.Random;
using FastNets.Tests.Shared.Reference;

namespace FastNets.Generators.Tests.Running.Reference;

/// <summary>What a declared network computes, layer by layer in double precision, by the layers' formulas and nothing else.</summary>
internal sealed class ReferenceNetwork(RandomNetwork network, ulong seed)
{
    private const uint ForcingStream = 0x8000_0000;

    private readonly ReferenceDropout _dropout = new(network.Constant, seed);

    private NetworkSpec Spec => network.Constant.Spec;

    public double Loss(ReferencePass pass) => ReferenceLoss.Of(Spec.Loss, Outputs(pass), pass.Data);

    public Value Outputs(ReferencePass pass)
    {
        Value input = Value.Of(pass.Data.X, Spec.Input.Steps.Constant, Spec.Input.Columns.Constant, Spec.Input.IsSequence);
        var outputs = new List<Value>();
        foreach (ShapedLayer layer in network.Constant.Layers)
        {
            Value[] inputs = [.. layer.Sources.Select(s => s == ShapedLayer.NetworkInput ? input : outputs[s])];
            outputs.Add(Functions(layer, inputs[0], Layer(pass, layer, inputs)));
        }

        return outputs[^1];
    }

    private Value Layer(ReferencePass pass, ShapedLayer layer, Value[] inputs)
    {
        LayerSettings s = layer.Settings;
        Value x = inputs[0];
        switch (layer.Spec.Kind)
        {
            case LayerKind.Dense:
                double[]? bias = pass.OfBias(layer, s.UseBias, "bias");
                return x.MapRows(row => ReferenceCell.Product(row, pass.Of(layer, "kernel"), bias));
            case LayerKind.BatchNorm:
                return BatchNorm(pass, layer, x);
            case LayerKind.LayerNorm:
                return x.MapRows(row => ReferenceLayerNorm.Forward(row, pass.Of(layer, "gamma"), pass.Of(layer, "beta"), s.Epsilon, out _, out _));
            case LayerKind.Dropout:
                return pass.Step is { } step && s.Rate > 0 ? _dropout.Drop(layer, x, step) : x;
            case LayerKind.Rnn or LayerKind.Lstm or LayerKind.Gru:
                return ReferenceScan.Run(pass, layer, x);
            case LayerKind.SequenceDecoder:
                return ReferenceDecoder.Run(pass, layer, pass.Last[network.Constant.Layers[layer.Sources[0]].Name], IsForced(pass, layer));
            case LayerKind.Conv1D:
                return ReferenceWindows.Convolve(pass, layer, x);
            case LayerKind.MaxPool1D or LayerKind.AveragePool1D:
                return ReferenceWindows.Pool(layer, x);
            case LayerKind.GlobalMaxPool1D:
                return x.Pool(b => pass.Data.Lengths?[b] ?? x.Steps, Enumerable.Max);
            case LayerKind.GlobalAveragePool1D:
                return x.Pool(b => pass.Data.Lengths?[b] ?? x.Steps, Enumerable.Average);
            case LayerKind.Flatten:
                return Value.Of(x.Flat, 1, x.Steps * x.Columns, false);
            case LayerKind.Embedding:
                return Embed(pass.Of(layer, "table"), x, s.Units.Constant);
            case LayerKind.Add:
                return inputs.Skip(1).Aggregate(x, (sum, other) => Combine(sum, other, (a, b) => [.. a.Zip(b, (p, q) => p + q)]));
            case LayerKind.Concat:
                return inputs.Skip(1).Aggregate(x, (all, other) => Combine(all, other, (a, b) => [.. a, .. b]));
            case LayerKind.Custom:
                return Custom(pass, layer, x);
            default:
                return x;
        }
    }

    private static Value Functions(ShapedLayer layer, Value input, Value output)
    {
        ActivationKind function = layer.Spec.Kind == LayerKind.Rnn || layer.Spec.Kind is LayerKind.Lstm or LayerKind.Gru ? ActivationKind.Linear : layer.Settings.Activation;
        // What does nothing leaves probabilities what they are.
        bool kept = input.IsProbability && function == ActivationKind.Linear && layer.Spec.Kind is LayerKind.Activation or LayerKind.Dropout && ReferenceEquals(input, output);
        return function switch
        {
            ActivationKind.Linear => output with { IsProbability = kept },
            ActivationKind.Softmax => output.MapRows(row => ReferenceLosses.Softmax(row, row.Length)) with { IsProbability = true },
            _ => output.Map(v => ReferenceActivations.Forward(Activations.StructName(function), v)) with { IsProbability = function == ActivationKind.Sigmoid },
        };
    }

    private static Value BatchNorm(ReferencePass pass, ShapedLayer layer, Value x)
    {
        double[] gamma = pass.Of(layer, "gamma"), beta = pass.Of(layer, "beta");
        double epsilon = layer.Settings.Epsilon;
        if (pass.Step is null)
        {
            double[] mean = pass.Of(layer, "running_mean"), variance = pass.Of(layer, "running_variance");
            return x.MapRows(row => [.. row.Select((v, j) => (gamma[j] * (v - mean[j]) / Math.Sqrt(variance[j] + epsilon)) + beta[j])]);
        }

        double[] y = ReferenceBatchNorm.Forward([.. x.Flat.SelectMany(v => v)], gamma, beta, x.Batch * x.Steps, epsilon, out _, out _);
        int length = x.Steps * x.Columns;
        return Value.Of([.. Enumerable.Range(0, x.Batch).Select(b => y[(b * length)..((b + 1) * length)])], x.Steps, x.Columns, x.IsSequence) with { TimeFirst = x.TimeFirst };
    }

    private static Value Embed(double[] table, Value x, int units)
        => new([.. x.Flat.Select(sample => sample.Select(v => table[((int)v * units)..(((int)v + 1) * units)]).ToArray())], true, false);

    private static Value Combine(Value first, Value second, Func<double[], double[], double[]> combine)
        => new([.. first.Rows.Select((sample, b) => sample.Select((row, t) => combine(row, second.Rows[b][t])).ToArray())], first.IsSequence, first.TimeFirst);

    private static Value Custom(ReferencePass pass, ShapedLayer layer, Value x)
    {
        if (layer.Spec.Custom!.TypeName == CustomSources.Softsign.TypeName) return x.Map(v => v / (1 + Math.Abs(v)));
        if (layer.Spec.Custom!.TypeName == CustomSources.Square.TypeName) return x.Map(v => 0.25 * v * v);
        double[] weights = layer.Settings.Weights is null ? [1] : pass.Of(layer, "weights");
        int n = x.Steps * x.Columns;
        double[][] y = [.. x.Flat.Select(row => Enumerable.Range(0, layer.Output.Length.Constant).Select(j => (weights[j % weights.Length] * row[j % n]) + Math.Sin(row[(j + 1) % n])).ToArray())];
        return Value.Of(y, layer.Output.Steps.Constant, layer.Output.Columns.Constant, layer.Output.IsSequence);
    }

    private bool IsForced(ReferencePass pass, ShapedLayer layer)
    {
        if (pass.Step is not { } step || layer.Settings.TeacherForcing == 0) return false;
        (uint word, _, _, _) = Philox.Block(0, ForcingStream, (uint)layer.Index, step, (uint)seed, (uint)(seed >> 32));
        return word < layer.Settings.TeacherForcing * 4294967296.0;
    }
}
