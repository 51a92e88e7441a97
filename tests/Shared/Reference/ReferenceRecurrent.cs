namespace FastNets.Tests.Shared.Reference;

/// <summary>The sizes and settings of a recurrent layer, and where its steps lie in time-major memory.</summary>
/// <param name="Time">Steps.</param>
/// <param name="Batch">Samples.</param>
/// <param name="Units">Units.</param>
/// <param name="Reverse">Whether the scan begins at the end of time.</param>
/// <param name="Lengths">Each sample's length, or null.</param>
/// <param name="Truncate">Steps between which no gradient flows, or 0.</param>
public sealed record ReferenceRecurrent(int Time, int Batch, int Units, bool Reverse = false, int[]? Lengths = null, int Truncate = 0)
{
    /// <summary>The elements of a state.</summary>
    public int StateSize => Batch * Units;

    /// <summary>The elements of all states.</summary>
    public int StatesSize => (Time + 1) * StateSize;

    /// <summary>The place in time of a step of the scan.</summary>
    public int At(int step) => Reverse ? Time - 1 - step : step;

    /// <summary>The first element of the state that a step reads; with <see cref="Time"/> that of the last state.</summary>
    public int Before(int step, int sample) => (((Reverse ? Time - step : step) * Batch) + sample) * Units;

    /// <summary>The first element of a sample's columns at a step.</summary>
    public int Row(int step, int sample, int columns) => ((At(step) * Batch) + sample) * columns;

    /// <summary>Whether a sample is over at a step.</summary>
    public bool IsOver(int step, int sample) => Lengths is not null && At(step) >= Lengths[sample];

    /// <summary>Whether no gradient flows from a step to the one before it.</summary>
    public bool IsCut(int step) => Truncate > 0 && step > 0 && step % Truncate == 0;

    /// <summary>New states, the first one set.</summary>
    public double[] NewStates(double[]? initial)
    {
        var states = new double[StatesSize];
        initial?.CopyTo(states, Before(0, 0));
        return states;
    }

    /// <summary>The last state of a scan.</summary>
    public double[] Last(double[] states) => states[Before(Time, 0)..(Before(Time, 0) + StateSize)];

    /// <summary>Row j of h U + b for a state that begins at an offset.</summary>
    public double Product(double[] states, int offset, double[] kernel, double[]? bias, int column, int columns)
    {
        double sum = bias is null ? 0 : bias[column];
        for (int k = 0; k < Units; k++) sum += states[offset + k] * kernel[(k * columns) + column];
        return sum;
    }

    /// <summary>Adds dZ U^T of one sample to the gradient of its state.</summary>
    public void AddTransposed(double[] dZ, int offset, double[] kernel, int columns, double[] dState, int sample)
    {
        for (int k = 0; k < Units; k++)
        {
            for (int j = 0; j < columns; j++) dState[(sample * Units) + k] += dZ[offset + j] * kernel[(k * columns) + j];
        }
    }

    /// <summary>dU: the states that the steps read times the gradients of the products.</summary>
    public double[] KernelGradient(double[] states, double[] dZ, int columns)
    {
        var gradient = new double[Units * columns];
        for (int step = 0; step < Time; step++)
        {
            for (int b = 0; b < Batch; b++)
            {
                for (int k = 0; k < Units; k++)
                {
                    for (int j = 0; j < columns; j++) gradient[(k * columns) + j] += states[Before(step, b) + k] * dZ[Row(step, b, columns) + j];
                }
            }
        }

        return gradient;
    }

    /// <summary>1 / (1 + e^-x).</summary>
    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
