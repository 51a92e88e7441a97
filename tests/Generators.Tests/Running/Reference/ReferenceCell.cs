using FastNets.Generators.Model;
using FastNets.Tests.Shared.Reference;

namespace FastNets.Generators.Tests.Running.Reference;

/// <summary>One step of a recurrent layer, for one sample.</summary>
internal static class ReferenceCell
{
    /// <summary>The next state, from the input's and the state's share of the gates.</summary>
    public static (double[] Hidden, double[] Cell) Next(LayerKind kind, ActivationKind function, double[] x, double[] r, double[] hidden, double[] cell)
    {
        int units = hidden.Length;
        var nextHidden = new double[units];
        var nextCell = new double[units];
        for (int j = 0; j < units; j++)
        {
            switch (kind)
            {
                case LayerKind.Rnn:
                    nextHidden[j] = function == ActivationKind.ReLU ? Math.Max(x[j] + r[j], 0) : Math.Tanh(x[j] + r[j]);
                    break;
                case LayerKind.Gru:
                    double reset = ReferenceRecurrent.Sigmoid(x[j] + r[j]);
                    double update = ReferenceRecurrent.Sigmoid(x[units + j] + r[units + j]);
                    double candidate = Math.Tanh(x[(2 * units) + j] + (reset * r[(2 * units) + j]));
                    nextHidden[j] = ((1 - update) * candidate) + (update * hidden[j]);
                    break;
                default:
                    double input = ReferenceRecurrent.Sigmoid(x[j] + r[j]);
                    double forget = ReferenceRecurrent.Sigmoid(x[units + j] + r[units + j]);
                    double add = Math.Tanh(x[(2 * units) + j] + r[(2 * units) + j]);
                    double output = ReferenceRecurrent.Sigmoid(x[(3 * units) + j] + r[(3 * units) + j]);
                    nextCell[j] = (forget * cell[j]) + (input * add);
                    nextHidden[j] = output * Math.Tanh(nextCell[j]);
                    break;
            }
        }

        return (nextHidden, nextCell);
    }

    /// <summary>x W + b; W is [inputs, columns].</summary>
    public static double[] Product(double[] x, double[] kernel, double[]? bias)
    {
        int columns = kernel.Length / x.Length;
        double[] y = bias is null ? new double[columns] : (double[])bias.Clone();
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = 0; j < columns; j++) y[j] += x[i] * kernel[(i * columns) + j];
        }

        return y;
    }
}
