namespace FastNets.Tests.Shared.Reference;

/// <summary>Long short-term memory in double precision, by definition.</summary>
public static class ReferenceRecurrentLstm
{
    /// <summary>The gates i, f, g, o of each step, all hidden states and all cells, from the inputs' share x.</summary>
    public static (double[] Gates, double[] Hidden, double[] Cell) Forward(
        ReferenceRecurrent scan, double[] x, double[] kernel, double[]? bias, double[]? initialHidden, double[]? initialCell)
    {
        int units = scan.Units;
        var gates = new double[scan.Time * scan.Batch * 4 * units];
        double[] hidden = scan.NewStates(initialHidden), cell = scan.NewStates(initialCell);
        for (int step = 0; step < scan.Time; step++)
        {
            for (int b = 0; b < scan.Batch; b++)
            {
                int row = scan.Row(step, b, 4 * units), before = scan.Before(step, b), after = scan.Before(step + 1, b);
                for (int j = 0; j < units; j++)
                {
                    cell[after + j] = cell[before + j];
                    hidden[after + j] = hidden[before + j];
                    if (scan.IsOver(step, b)) continue;
                    for (int gate = 0; gate < 4; gate++)
                    {
                        int column = (gate * units) + j;
                        double z = x[row + column] + scan.Product(hidden, before, kernel, bias, column, 4 * units);
                        gates[row + column] = gate == 2 ? Math.Tanh(z) : ReferenceRecurrent.Sigmoid(z);
                    }

                    double i = gates[row + j], f = gates[row + units + j], g = gates[row + (2 * units) + j], o = gates[row + (3 * units) + j];
                    cell[after + j] = (f * cell[before + j]) + (i * g);
                    hidden[after + j] = o * Math.Tanh(cell[after + j]);
                }
            }
        }

        return (gates, hidden, cell);
    }

    /// <summary>The gradients of the gates' inputs and of the initial states.</summary>
    public static (double[] DZ, double[] DInitialHidden, double[] DInitialCell) Backward(
        ReferenceRecurrent scan, double[]? dHidden, double[]? dLastHidden, double[]? dLastCell, double[] gates, double[] cell, double[] kernel)
    {
        int units = scan.Units;
        var dZ = new double[gates.Length];
        double[] dH = (double[]?)dLastHidden?.Clone() ?? new double[scan.StateSize];
        double[] dC = (double[]?)dLastCell?.Clone() ?? new double[scan.StateSize];
        for (int step = scan.Time - 1; step >= 0; step--)
        {
            for (int b = 0; b < scan.Batch; b++)
            {
                int row = scan.Row(step, b, 4 * units);
                for (int j = 0; j < units; j++)
                {
                    int state = (b * units) + j;
                    if (dHidden is not null) dH[state] += dHidden[scan.Row(step, b, units) + j];
                    if (scan.IsOver(step, b)) continue;
                    double i = gates[row + j], f = gates[row + units + j], g = gates[row + (2 * units) + j], o = gates[row + (3 * units) + j];
                    double tanh = Math.Tanh(cell[scan.Before(step + 1, b) + j]);
                    dC[state] += dH[state] * o * (1 - (tanh * tanh));
                    dZ[row + j] = dC[state] * g * i * (1 - i);
                    dZ[row + units + j] = dC[state] * cell[scan.Before(step, b) + j] * f * (1 - f);
                    dZ[row + (2 * units) + j] = dC[state] * i * (1 - (g * g));
                    dZ[row + (3 * units) + j] = dH[state] * tanh * o * (1 - o);
                    dC[state] *= f;
                    dH[state] = 0;
                }

                scan.AddTransposed(dZ, row, kernel, 4 * units, dH, b);
            }

            if (!scan.IsCut(step)) continue;
            Array.Clear(dH);
            Array.Clear(dC);
        }

        return (dZ, dH, dC);
    }
}
