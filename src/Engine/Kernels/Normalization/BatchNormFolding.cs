namespace FastNets.Kernels.Normalization;

/// <summary>Batch normalisation for inference: as an affine map by the running statistics, and folded into a neighbouring product.</summary>
/// <remarks>Run once a change of the parameters; in double precision, so that folding costs no accuracy. Thread-safe; nothing is allocated.</remarks>
public static class BatchNormFolding
{
    /// <summary>scale = gamma / sqrt(variance + epsilon), shift = beta - mean * scale.</summary>
    /// <param name="gamma">[features].</param>
    /// <param name="beta">[features].</param>
    /// <param name="runningMean">[features].</param>
    /// <param name="runningVariance">[features].</param>
    /// <param name="scale">[features], overwritten.</param>
    /// <param name="shift">[features], overwritten.</param>
    /// <param name="features">The number of features.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Affine(
        ReadOnlySpan<float> gamma, ReadOnlySpan<float> beta, ReadOnlySpan<float> runningMean, ReadOnlySpan<float> runningVariance,
        Span<float> scale, Span<float> shift, int features, float epsilon)
    {
        Shape.Require(gamma.Length, features, nameof(gamma));
        Shape.Require(beta.Length, features, nameof(beta));
        Shape.Require(runningMean.Length, features, nameof(runningMean));
        Shape.Require(runningVariance.Length, features, nameof(runningVariance));
        Shape.Require(scale.Length, features, nameof(scale));
        Shape.Require(shift.Length, features, nameof(shift));
        for (int i = 0; i < features; i++)
        {
            double a = gamma[i] / Math.Sqrt((double)runningVariance[i] + epsilon);
            scale[i] = (float)a;
            shift[i] = (float)(beta[i] - (runningMean[i] * a));
        }
    }

    /// <summary>An affine map before a dense layer: W'[i, j] = scale[i] * W[i, j], b' = b + shift W.</summary>
    /// <param name="kernel">W, [inputs, units].</param>
    /// <param name="bias">b, [units], or empty.</param>
    /// <param name="scale">[inputs].</param>
    /// <param name="shift">[inputs].</param>
    /// <param name="foldedKernel">W', [inputs, units], overwritten; may be W.</param>
    /// <param name="foldedBias">b', [units], overwritten; may be b.</param>
    /// <param name="inputs">Rows of W.</param>
    /// <param name="units">Columns of W.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Before(
        ReadOnlySpan<float> kernel, ReadOnlySpan<float> bias, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift,
        Span<float> foldedKernel, Span<float> foldedBias, int inputs, int units)
    {
        Shape.Require(scale.Length, inputs, nameof(scale));
        Shape.Require(shift.Length, inputs, nameof(shift));
        RequireDense(kernel, bias, foldedKernel, foldedBias, inputs, units);
        const int Block = 64;
        Span<double> sums = stackalloc double[Block];
        for (int first = 0; first < units; first += Block)
        {
            int count = Math.Min(Block, units - first);
            for (int j = 0; j < count; j++) sums[j] = bias.IsEmpty ? 0 : bias[first + j];
            for (int i = 0; i < inputs; i++)
            {
                ReadOnlySpan<float> row = kernel.Slice((i * units) + first, count);
                Span<float> folded = foldedKernel.Slice((i * units) + first, count);
                for (int j = 0; j < count; j++)
                {
                    sums[j] += (double)shift[i] * row[j];
                    folded[j] = scale[i] * row[j];
                }
            }

            for (int j = 0; j < count; j++) foldedBias[first + j] = (float)sums[j];
        }
    }

    /// <summary>An affine map after a dense layer: W'[i, j] = W[i, j] * scale[j], b' = b * scale + shift.</summary>
    /// <param name="kernel">W, [inputs, units].</param>
    /// <param name="bias">b, [units], or empty.</param>
    /// <param name="scale">[units].</param>
    /// <param name="shift">[units].</param>
    /// <param name="foldedKernel">W', [inputs, units], overwritten; may be W.</param>
    /// <param name="foldedBias">b', [units], overwritten; may be b.</param>
    /// <param name="inputs">Rows of W.</param>
    /// <param name="units">Columns of W.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void After(
        ReadOnlySpan<float> kernel, ReadOnlySpan<float> bias, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift,
        Span<float> foldedKernel, Span<float> foldedBias, int inputs, int units)
    {
        Shape.Require(scale.Length, units, nameof(scale));
        Shape.Require(shift.Length, units, nameof(shift));
        RequireDense(kernel, bias, foldedKernel, foldedBias, inputs, units);
        for (int i = 0; i < inputs; i++)
        {
            for (int j = 0; j < units; j++) foldedKernel[(i * units) + j] = kernel[(i * units) + j] * scale[j];
        }

        for (int j = 0; j < units; j++) foldedBias[j] = (float)(((bias.IsEmpty ? 0 : (double)bias[j]) * scale[j]) + shift[j]);
    }

    private static void RequireDense(
        ReadOnlySpan<float> kernel, ReadOnlySpan<float> bias, ReadOnlySpan<float> foldedKernel, ReadOnlySpan<float> foldedBias, int inputs, int units)
    {
        Shape.Require(kernel.Length, inputs, units, nameof(kernel));
        Shape.RequireIfAny(bias.Length, 1, units, nameof(bias));
        Shape.Require(foldedKernel.Length, inputs, units, nameof(foldedKernel));
        Shape.Require(foldedBias.Length, units, nameof(foldedBias));
    }
}
