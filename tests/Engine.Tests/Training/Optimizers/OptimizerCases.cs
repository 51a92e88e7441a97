using FastNets.Random;
using FastNets.Training.Optimizers;

namespace FastNets.Engine.Tests.Training.Optimizers;

/// <summary>A network with penalties on its first layer, and no batch normalisation.</summary>
[Network(Input = 7)]
public sealed partial class Penalised
{
    [Layer(Units = 9, Activation = Activation.Tanh, L1 = 0.01f, L2 = 0.02f)]
    public partial Dense Hidden { get; }

    [Layer(Units = 3)]
    public partial Dense Scores { get; }
}

/// <summary>Batches, gradients and optimizers of the optimizers' tests.</summary>
internal static class OptimizerCases
{
    /// <summary>An optimizer of each rule, with all that a rule can have.</summary>
    public static IEnumerable<Func<GradientClipping, ParameterGroup[], Optimizer>> Rules { get; } =
    [
        (c, g) => new Sgd(0.1f) { Clipping = c, Groups = g },
        (c, g) => new Sgd(0.1f, 0.9f, nesterov: true, weightDecay: 0.01f) { Clipping = c, Groups = g },
        (c, g) => new Sgd(0.1f, 0.9f, dampening: 0.9f, weightDecay: 0.01f, zeroStart: true, decoupledDecay: true) { Clipping = c, Groups = g },
        (c, g) => new Adam(weightDecay: 0.01f, epsilonHat: true) { Clipping = c, Groups = g },
        (c, g) => new AdamW(amsGrad: true) { Clipping = c, Groups = g },
        (c, g) => new RmsProp(momentum: 0.9f, centered: true, weightDecay: 0.01f) { Clipping = c, Groups = g },
    ];

    public static Penalised Network(int maxBatch = 32) => new(seed: 5, maxBatch: maxBatch);

    public static (float[] X, int[] Labels) Batch(int count)
    {
        var random = new PhiloxStream(77, 0);
        float[] x = new float[count * 7];
        foreach (ref float value in x.AsSpan()) value = (float)random.NextNormal();
        return (x, [.. Enumerable.Range(0, count).Select(i => i % 3)]);
    }

    /// <summary>Each parameter's gradient with its penalties', as a step on this batch sees it.</summary>
    public static double[][] Gradients(Network network, float[] x, int[] labels)
    {
        network.ComputeGradients(x, labels);
        return [.. network.Parameters.Select(p =>
        {
            float[] g = p.Gradient.ToArray(), w = p.Values.ToArray();
            return g.Select((v, i) => v + (p.L1 * Math.Sign(w[i])) + (2.0 * p.L2 * w[i])).ToArray();
        })];
    }

    public static double Norm(IEnumerable<double> values) => Math.Sqrt(values.Sum(v => v * v));

    public static float[][] Weights(Network network) => [.. network.Parameters.Select(p => p.Values.ToArray())];
}
