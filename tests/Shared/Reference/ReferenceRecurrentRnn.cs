namespace FastNets.Tests.Shared.Reference;

/// <summary>The simple recurrent network in double precision, by definition.</summary>
public static class ReferenceRecurrentRnn
{
    /// <summary>All hidden states, from the inputs' share x.</summary>
    public static double[] Forward(
        ReferenceRecurrent scan, double[] x, double[] kernel, double[]? bias, double[]? initialHidden, Func<double, double> function)
    {
        double[] hidden = scan.NewStates(initialHidden);
        for (int step = 0; step < scan.Time; step++)
        {
            for (int b = 0; b < scan.Batch; b++)
            {
                for (int j = 0; j < scan.Units; j++)
                {
                    hidden[scan.Before(step + 1, b) + j] = scan.IsOver(step, b)
                        ? hidden[scan.Before(step, b) + j]
                        : function(x[scan.Row(step, b, scan.Units) + j] + scan.Product(hidden, scan.Before(step, b), kernel, bias, j, scan.Units));
                }
            }
        }

        return hidden;
    }

    /// <summary>The gradients of the function's inputs and of the initial state; the derivative is one of the output.</summary>
    public static (double[] DZ, double[] DInitialHidden) Backward(
        ReferenceRecurrent scan, double[]? dHidden, double[]? dLastHidden, double[] hidden, double[] kernel, Func<double, double> derivative)
    {
        var dZ = new double[scan.Time * scan.StateSize];
        double[] dH = (double[]?)dLastHidden?.Clone() ?? new double[scan.StateSize];
        for (int step = scan.Time - 1; step >= 0; step--)
        {
            for (int b = 0; b < scan.Batch; b++)
            {
                int row = scan.Row(step, b, scan.Units);
                for (int j = 0; j < scan.Units; j++)
                {
                    int state = (b * scan.Units) + j;
                    if (dHidden is not null) dH[state] += dHidden[row + j];
                    if (scan.IsOver(step, b)) continue;
                    dZ[row + j] = dH[state] * derivative(hidden[scan.Before(step + 1, b) + j]);
                    dH[state] = 0;
                }

                scan.AddTransposed(dZ, row, kernel, scan.Units, dH, b);
            }

            if (scan.IsCut(step)) Array.Clear(dH);
        }

        return (dZ, dH);
    }
}
