namespace FastNets.Rocket;

/// <summary>The transform one number at a time: the form that defines the right answer, to the last bit.</summary>
internal sealed unsafe class MiniRocketScalar(MiniRocketParameters parameters) : MiniRocketForm
{
    /// <inheritdoc/>
    public override long ScratchLength => 2L * parameters.InputLength;

    /// <inheritdoc/>
    public override void Transform(ReadOnlySpan<float> series, float* scratch, Span<float> features)
    {
        int length = series.Length;
        var alpha = new Span<float>(scratch, length);
        var output = new Span<float>(scratch + length, length);
        ReadOnlySpan<float> biases = parameters.Biases;
        int feature = 0;
        for (int d = 0; d < parameters.Dilations.Length; d++)
        {
            int dilation = parameters.Dilations[d];
            Alpha(series, dilation, alpha);
            for (int kernel = 0; kernel < MiniRocketKernels.Count; kernel++)
            {
                Convolve(series, dilation, kernel, alpha, output);
                int edge = MiniRocketKernels.IsPadded(d, kernel) ? 0 : MiniRocketKernels.Reach(dilation);
                ReadOnlySpan<float> valid = output[edge..(length - edge)];
                for (int i = 0; i < parameters.FeaturesPerDilation[d]; i++, feature++)
                    features[feature] = (float)CountAbove(valid, biases[feature]) / valid.Length;
            }
        }
    }

    /// <summary>The part that all kernels of a dilation share: <c>-x</c> summed over the nine taps, the middle one first, then in order.</summary>
    /// <param name="series">The series x; zero beyond its ends.</param>
    /// <param name="dilation">The distance between two taps.</param>
    /// <param name="alpha">The sums, one a position; overwritten.</param>
    public static void Alpha(ReadOnlySpan<float> series, int dilation, Span<float> alpha)
    {
        for (int t = 0; t < series.Length; t++)
        {
            float sum = -series[t];
            for (int tap = 0; tap < MiniRocketKernels.Length; tap++)
            {
                if (tap != MiniRocketKernels.Centre) sum -= At(series, t, tap, dilation);
            }

            alpha[t] = sum;
        }
    }

    /// <summary>A kernel's output: <c>((alpha + 3x_a) + 3x_b) + 3x_c</c>. All forms add in this order.</summary>
    /// <param name="series">The series x; zero beyond its ends.</param>
    /// <param name="dilation">The distance between two taps.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="alpha">What <see cref="Alpha"/> gave.</param>
    /// <param name="output">The output at every position of the series; overwritten.</param>
    public static void Convolve(ReadOnlySpan<float> series, int dilation, int kernel, ReadOnlySpan<float> alpha, Span<float> output)
    {
        (int a, int b, int c) = MiniRocketKernels.TapsOf(kernel);
        for (int t = 0; t < series.Length; t++)
        {
            float sum = alpha[t] + (3f * At(series, t, a, dilation));
            sum += 3f * At(series, t, b, dilation);
            output[t] = sum + (3f * At(series, t, c, dilation));
        }
    }

    private static float At(ReadOnlySpan<float> series, int position, int tap, int dilation)
    {
        int t = position + ((tap - MiniRocketKernels.Centre) * dilation);
        return (uint)t < (uint)series.Length ? series[t] : 0f;
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
