using FastNets.Generators.Model;
using FastNets.Generators.Planning;
using FastNets.Generators.Tests.Harness;
using FastNets.Random;
using FastNets.Tests.Shared.Reference;

namespace FastNets.Generators.Tests.Running;

/// <summary>What a declared network computes, layer by layer in double precision, by the layers' formulas and nothing else.</summary>
internal sealed class ReferenceNetwork(RandomNetwork network, ulong seed)
{
    /// <summary>The mean loss of a training step.</summary>
    public double TrainingLoss(IReadOnlyDictionary<string, double[]> parameters, double[][] x, double[][] targets, uint step)
        => Loss(Run(parameters, x, step), targets);

    /// <summary>The mean loss as inference sees it.</summary>
    public double Loss(IReadOnlyDictionary<string, double[]> parameters, double[][] x, double[][] targets) => Loss(Run(parameters, x, step: null), targets);

    /// <summary>The outputs of inference.</summary>
    public double[][] Predict(IReadOnlyDictionary<string, double[]> parameters, double[][] x) => Run(parameters, x, step: null).Outputs;

    // Gives the outputs and whether they are probabilities. Without a step it is inference.
    private (double[][] Outputs, bool AreProbabilities) Run(IReadOnlyDictionary<string, double[]> parameters, double[][] x, uint? step)
    {
        bool softmax = false;
        for (int i = 0; i < network.Spec.Layers.Count; i++)
        {
            LayerSpec layer = network.Spec.Layers[i];
            LayerSettings s = layer.Settings;
            switch (layer.Kind)
            {
                case LayerKind.Dense:
                    x = Dense(x, parameters[layer.Name + ".kernel"], s.UseBias ? parameters[layer.Name + ".bias"] : null, network.Of(s.Units));
                    break;
                case LayerKind.BatchNorm:
                    x = step is null
                        ? Normalize(x, parameters, layer, parameters[layer.Name + ".running_mean"], parameters[layer.Name + ".running_variance"])
                        : Normalize(x, parameters, layer, Mean(x), Variance(x));
                    break;
                case LayerKind.Dropout when step is { } number && s.Rate > 0:
                    x = Drop(x, s.Rate, (uint)i, number);
                    break;
            }

            softmax = s.Activation == ActivationKind.Softmax || (softmax && layer.Kind is not (LayerKind.Dense or LayerKind.BatchNorm) && s.Activation == ActivationKind.Linear);
            x = s.Activation == ActivationKind.Softmax ? [.. x.Select(Softmax)] : [.. x.Select(row => row.Select(v => Function(s.Activation, v)).ToArray())];
        }

        return (x, softmax);
    }

    private double Loss((double[][] Outputs, bool AreProbabilities) result, double[][] targets)
        => result.Outputs.Zip(targets, (y, t) => Loss(y, t, result.AreProbabilities)).Average();

    private double Loss(double[] y, double[] t, bool probabilities) => network.Spec.Loss.Kind switch
    {
        LossKind.SoftmaxCrossEntropy => -(probabilities ? y : Softmax(y)).Zip(t, (p, target) => target * Math.Log(p)).Sum(),
        LossKind.MeanSquaredError => y.Zip(t, (a, b) => (a - b) * (a - b)).Average(),
        LossKind.MeanAbsoluteError => y.Zip(t, (a, b) => Math.Abs(a - b)).Average(),
        _ => y.Zip(t, (a, b) => Huber(Math.Abs(a - b), network.Spec.Loss.HuberDelta)).Average(),
    };

    private static double Huber(double error, double delta) => error <= delta ? error * error / 2 : delta * (error - (delta / 2));

    private static double[][] Dense(double[][] x, double[] kernel, double[]? bias, int units)
        => [.. x.Select(row => Enumerable.Range(0, units).Select(j => (bias?[j] ?? 0) + row.Select((v, i) => v * kernel[(i * units) + j]).Sum()).ToArray())];

    private static double[][] Normalize(double[][] x, IReadOnlyDictionary<string, double[]> parameters, LayerSpec layer, double[] mean, double[] variance)
    {
        double[] gamma = parameters[layer.Name + ".gamma"];
        double[] beta = parameters[layer.Name + ".beta"];
        return [.. x.Select(row => row.Select((v, j) => (gamma[j] * (v - mean[j]) / Math.Sqrt(variance[j] + layer.Settings.Epsilon)) + beta[j]).ToArray())];
    }

    private static double[] Mean(double[][] x) => [.. Enumerable.Range(0, x[0].Length).Select(j => x.Average(row => row[j]))];

    private static double[] Variance(double[][] x)
    {
        double[] mean = Mean(x);
        return [.. mean.Select((m, j) => x.Average(row => (row[j] - m) * (row[j] - m)))];
    }

    // The mask as DropoutMask documents it.
    private double[][] Drop(double[][] x, float rate, uint layer, uint step)
    {
        int columns = x[0].Length;
        return [.. x.Select((row, r) => row.Select((v, c) =>
        {
            uint block = (uint)((8 * ((r * ((columns + 31) / 32)) + (c / 32))) + (c % 8));
            (uint a, uint b, uint d, uint e) = Philox.Block(block, 0, layer, step, (uint)seed, (uint)(seed >> 32));
            uint word = ((c % 32) / 8) switch { 0 => a, 1 => b, 2 => d, _ => e };
            return word >= rate * 4294967296.0 ? v / (1 - (double)rate) : 0;
        }).ToArray())];
    }

    private static double[] Softmax(double[] z)
    {
        double largest = z.Max();
        double sum = z.Sum(v => Math.Exp(v - largest));
        return [.. z.Select(v => Math.Exp(v - largest) / sum)];
    }

    private static double Function(ActivationKind kind, double x)
        => kind == ActivationKind.Linear ? x : ReferenceActivations.Forward(Activations.StructName(kind), x);
}
