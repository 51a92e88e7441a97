namespace FastNets.Rocket;

/// <summary>The transform one number at a time: the form that defines the right answer, to the last bit.</summary>
/// <param name="parameters">The parameters.</param>
internal sealed unsafe class MiniRocketScalar(MiniRocketParameters parameters) : MiniRocketForm(parameters)
{
    // A block of outputs; which positions are taken together makes no difference.
    private const int Block = 256;

    /// <inheritdoc/>
    public override int ScratchLength => Block;

    /// <inheritdoc/>
    public override void Count(in PaddedSeries series, int dilationIndex, int firstKernel, int kernels, float* scratch, int* counts)
    {
        int features = Parameters.FeaturesPerDilation[dilationIndex];
        ReadOnlySpan<float> biases = Parameters.BiasesOf(dilationIndex);
        new Span<int>(counts, kernels * CountStride(features)).Clear();
        for (int kernel = firstKernel; kernel < firstKernel + kernels; kernel++, counts += CountStride(features))
        {
            int edge = Parameters.IsPadded(dilationIndex, kernel) ? 0 : MiniRocketKernels.Reach(Parameters.Dilations[dilationIndex]);
            ReadOnlySpan<float> own = biases.Slice(kernel * features, features);
            for (int at = edge; at < series.Length - edge; at += Block)
            {
                var output = new Span<float>(scratch, Math.Min(Block, series.Length - edge - at));
                Convolve(series, Parameters.ChannelsOf(dilationIndex, kernel), PaddedSeries.Effective(Parameters.Dilations[dilationIndex], series.Length), kernel, at, output);
                for (int i = 0; i < features; i++) counts[i] += CountAbove(output, own[i]);
            }
        }
    }

    /// <summary>A kernel's outputs at some positions, summed over the channels of its combination in their order.</summary>
    /// <param name="series">The series.</param>
    /// <param name="channels">The channels of the combination.</param>
    /// <param name="dilation">The distance between two taps.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="first">The first position.</param>
    /// <param name="output">The outputs from the first position on; overwritten.</param>
    public static void Convolve(in PaddedSeries series, ReadOnlySpan<int> channels, int dilation, int kernel, int first, Span<float> output)
    {
        bool more = false;
        foreach (int channel in channels)
        {
            float* x = series.Channel(channel) + first;
            for (int t = 0; t < output.Length; t++) output[t] = more ? output[t] + Output(x + t, dilation, kernel) : Output(x + t, dilation, kernel);
            more = true;
        }
    }

    /// <summary>A kernel's output on one channel: <c>((alpha + 3x_a) + 3x_b) + 3x_c</c>, alpha being the sum of <c>-x</c> over the nine taps, the middle one first. All forms add in this order.</summary>
    /// <param name="x">The address of the position's value, with room to either side.</param>
    /// <param name="dilation">The distance between two taps.</param>
    /// <param name="kernel">The kernel.</param>
    private static float Output(float* x, nint dilation, int kernel)
    {
        (int a, int b, int c) = MiniRocketKernels.TapsOf(kernel);
        float* tap = x - (MiniRocketKernels.Centre * dilation);
        float alpha = -*x;
        for (int i = 0; i < MiniRocketKernels.Length; i++)
        {
            if (i != MiniRocketKernels.Centre) alpha -= tap[i * dilation];
        }

        return alpha + (3f * tap[a * dilation]) + (3f * tap[b * dilation]) + (3f * tap[c * dilation]);
    }

    private static int CountAbove(ReadOnlySpan<float> values, float bias)
    {
        int count = 0;
        foreach (float value in values)
        {
            if (value > bias) count++;
        }

        return count;
    }
}
