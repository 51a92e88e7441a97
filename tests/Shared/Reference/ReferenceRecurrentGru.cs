namespace FastNets.Tests.Shared.Reference;

/// <summary>The gated recurrent unit with its reset gate after the recurrent product, in double precision, by definition.</summary>
public static class ReferenceRecurrentGru
{
    /// <summary>The gates r, z, n of each step, the state's share of n's input, and all hidden states, from the inputs' share x.</summary>
    public static (double[] Gates, double[] Candidate, double[] Hidden) Forward(
        ReferenceRecurrent scan, double[] x, double[] kernel, double[]? bias, double[]? initialHidden)
    {
        int units = scan.Units;
        var gates = new double[scan.Time * scan.Batch * 3 * units];
        var candidate = new double[scan.Time * scan.Batch * units];
        double[] hidden = scan.NewStates(initialHidden);
        for (int step = 0; step < scan.Time; step++)
        {
            for (int b = 0; b < scan.Batch; b++)
            {
                int row = scan.Row(step, b, 3 * units), before = scan.Before(step, b), after = scan.Before(step + 1, b);
                for (int j = 0; j < units; j++)
                {
                    hidden[after + j] = hidden[before + j];
                    if (scan.IsOver(step, b)) continue;
                    double r = ReferenceRecurrent.Sigmoid(x[row + j] + scan.Product(hidden, before, kernel, bias, j, 3 * units));
                    double z = ReferenceRecurrent.Sigmoid(x[row + units + j] + scan.Product(hidden, before, kernel, bias, units + j, 3 * units));
                    double fromState = scan.Product(hidden, before, kernel, bias, (2 * units) + j, 3 * units);
                    double n = Math.Tanh(x[row + (2 * units) + j] + (r * fromState));
                    (gates[row + j], gates[row + units + j], gates[row + (2 * units) + j]) = (r, z, n);
                    candidate[scan.Row(step, b, units) + j] = fromState;
                    hidden[after + j] = ((1 - z) * n) + (z * hidden[before + j]);
                }
            }
        }

        return (gates, candidate, hidden);
    }

    /// <summary>The gradients of the gates' inputs, of the state's share of them, and of the initial state.</summary>
    public static (double[] DZ, double[] DRecurrent, double[] DInitialHidden) Backward(
        ReferenceRecurrent scan, double[]? dHidden, double[]? dLastHidden, double[] gates, double[] candidate, double[] hidden, double[] kernel)
    {
        int units = scan.Units;
        double[] dZ = new double[gates.Length], dRecurrent = new double[gates.Length];
        double[] dH = (double[]?)dLastHidden?.Clone() ?? new double[scan.StateSize];
        for (int step = scan.Time - 1; step >= 0; step--)
        {
            for (int b = 0; b < scan.Batch; b++)
            {
                int row = scan.Row(step, b, 3 * units);
                for (int j = 0; j < units; j++)
                {
                    int state = (b * units) + j;
                    if (dHidden is not null) dH[state] += dHidden[scan.Row(step, b, units) + j];
                    if (scan.IsOver(step, b)) continue;
                    double r = gates[row + j], z = gates[row + units + j], n = gates[row + (2 * units) + j];
                    double dN = dH[state] * (1 - z) * (1 - (n * n));
                    double dR = dN * candidate[scan.Row(step, b, units) + j] * r * (1 - r);
                    double dUpdate = dH[state] * (hidden[scan.Before(step, b) + j] - n) * z * (1 - z);
                    (dZ[row + j], dZ[row + units + j], dZ[row + (2 * units) + j]) = (dR, dUpdate, dN);
                    (dRecurrent[row + j], dRecurrent[row + units + j], dRecurrent[row + (2 * units) + j]) = (dR, dUpdate, r * dN);
                    dH[state] *= z;
                }

                scan.AddTransposed(dRecurrent, row, kernel, 3 * units, dH, b);
            }

            if (scan.IsCut(step)) Array.Clear(dH);
        }

        return (dZ, dRecurrent, dH);
    }
}
