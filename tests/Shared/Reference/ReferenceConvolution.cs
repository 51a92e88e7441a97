namespace FastNets.Tests.Shared.Reference;

/// <summary>Convolutions over series in double precision, by definition. Series are [batch, length, channels], kernels [width, channels, filters].</summary>
public sealed record ReferenceConvolution(int Batch, int Length, int Channels, int Filters, int Width, int Stride, int Dilation, int PadLeft, int PadRight)
{
    /// <summary>Steps of an output: as many as filters fit.</summary>
    public int OutputLength
    {
        get
        {
            int count = 0;
            while ((count * Stride) + (Dilation * (Width - 1)) < Length + PadLeft + PadRight) count++;
            return count;
        }
    }

    /// <summary>The convolution.</summary>
    public double[] Forward(double[] x, double[] kernel)
    {
        var y = new double[Batch * OutputLength * Filters];
        ForEach((input, weight, output) => y[output] += x[input] * kernel[weight]);
        return y;
    }

    /// <summary>The gradient by the kernel.</summary>
    public double[] WeightGradient(double[] x, double[] dZ)
    {
        var dKernel = new double[Width * Channels * Filters];
        ForEach((input, weight, output) => dKernel[weight] += x[input] * dZ[output]);
        return dKernel;
    }

    /// <summary>The gradient by the input.</summary>
    public double[] InputGradient(double[] dZ, double[] kernel)
    {
        var dX = new double[Batch * Length * Channels];
        ForEach((input, weight, output) => dX[input] += dZ[output] * kernel[weight]);
        return dX;
    }

    private void ForEach(Action<int, int, int> visit)
    {
        int outputs = OutputLength;
        for (int b = 0; b < Batch; b++)
        {
            for (int t = 0; t < outputs; t++)
            {
                for (int w = 0; w < Width; w++)
                {
                    int step = (t * Stride) + (w * Dilation) - PadLeft;
                    if (step < 0 || step >= Length) continue;
                    for (int c = 0; c < Channels; c++)
                    {
                        for (int f = 0; f < Filters; f++)
                            visit((((b * Length) + step) * Channels) + c, (((w * Channels) + c) * Filters) + f, (((b * outputs) + t) * Filters) + f);
                    }
                }
            }
        }
    }
}
