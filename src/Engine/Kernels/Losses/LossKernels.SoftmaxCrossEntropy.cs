using System.Runtime.CompilerServices;
using FastNets.Kernels.Lanes;
using FastNets.Kernels.Reduction;

namespace FastNets.Kernels.Losses;

public static unsafe partial class LossKernels
{
    /// <summary>Softmax with cross-entropy from logits by log-sum-exp: log(sum(e^z)) - z[class], and its gradient, (softmax(z) - onehot) / batch.</summary>
    /// <param name="logits">z, [batch, classes].</param>
    /// <param name="targets">The class of each sample, [batch], each in [0, classes).</param>
    /// <param name="losses">[batch], overwritten.</param>
    /// <param name="dLogits">[batch, classes], overwritten; or empty. May be the logits.</param>
    /// <param name="probabilities">softmax(z), [batch, classes], overwritten; or empty. May be the logits, where there is no gradient.</param>
    /// <param name="batch">Rows.</param>
    /// <param name="classes">Columns, at least 1.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A class lies outside [0, classes); nothing is written then.</exception>
    public static void SoftmaxCrossEntropy(
        ReadOnlySpan<float> logits, ReadOnlySpan<int> targets, Span<float> losses, Span<float> dLogits, Span<float> probabilities, int batch, int classes) =>
        SoftmaxCrossEntropy(logits, targets, losses, dLogits, probabilities, batch, classes, LaneLoop.Active);

    /// <summary>
    /// Softmax with cross-entropy from logits by log-sum-exp, -sum(t * log softmax(z)), and its gradient,
    /// (softmax(z) * sum(t) - t) / batch.
    /// </summary>
    /// <param name="logits">z, [batch, classes].</param>
    /// <param name="targets">t, [batch, classes]: one-hot or soft weights of the classes.</param>
    /// <param name="losses">[batch], overwritten.</param>
    /// <param name="dLogits">[batch, classes], overwritten; or empty. May be the logits.</param>
    /// <param name="probabilities">softmax(z), [batch, classes], overwritten; or empty. May be the logits, where there is no gradient.</param>
    /// <param name="batch">Rows.</param>
    /// <param name="classes">Columns, at least 1.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <remarks>A class of weight 0 adds nothing to the loss, even where its logit is minus infinity.</remarks>
    public static void SoftmaxCrossEntropy(
        ReadOnlySpan<float> logits, ReadOnlySpan<float> targets, Span<float> losses, Span<float> dLogits, Span<float> probabilities, int batch, int classes) =>
        SoftmaxCrossEntropy(logits, targets, losses, dLogits, probabilities, batch, classes, LaneLoop.Active);

    internal static void SoftmaxCrossEntropy(
        ReadOnlySpan<float> logits, ReadOnlySpan<int> targets, Span<float> losses, Span<float> dLogits, Span<float> probabilities, int batch, int classes, Isa isa)
    {
        Shape.Require(targets.Length, batch, nameof(targets));
        for (int row = 0; row < batch; row++)
        {
            if ((uint)targets[row] >= (uint)classes)
                throw new ArgumentOutOfRangeException(nameof(targets), targets[row], $"Sample {row} of the batch has class {targets[row]}; with {classes} classes it must be 0 to {classes - 1}.");
        }

        fixed (int* t = targets) CrossEntropy(logits, t, null, losses, dLogits, probabilities, batch, classes, isa);
    }

    internal static void SoftmaxCrossEntropy(
        ReadOnlySpan<float> logits, ReadOnlySpan<float> targets, Span<float> losses, Span<float> dLogits, Span<float> probabilities, int batch, int classes, Isa isa)
    {
        Shape.Require(targets.Length, batch, classes, nameof(targets));
        fixed (float* t = targets) CrossEntropy(logits, null, t, losses, dLogits, probabilities, batch, classes, isa);
    }

    private static void CrossEntropy(
        ReadOnlySpan<float> logits, int* indices, float* weights, Span<float> losses, Span<float> dLogits, Span<float> probabilities, int batch, int classes, Isa isa)
    {
        Shape.Require(logits.Length, batch, classes, nameof(logits));
        Shape.Require(losses.Length, batch, nameof(losses));
        Shape.RequireIfAny(dLogits.Length, batch, classes, nameof(dLogits));
        Shape.RequireIfAny(probabilities.Length, batch, classes, nameof(probabilities));
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        fixed (float* z = logits, l = losses, d = dLogits, p = probabilities)
        {
            int rows = Math.Max(1, ElementsPerItem / classes);
            var body = new CrossEntropyBody(z, indices, weights, l, d, p, batch, classes, rows);
            LaneLoop.Run(isa, (batch + rows - 1) / rows, (long)batch * classes >= LaneLoop.ParallelElements / 2, body);
        }
    }

    private readonly struct CrossEntropyBody(
        float* logits, int* indices, float* weights, float* losses, float* dLogits, float* probabilities, int batch, int classes, int rows) : ILaneBody
    {
        private readonly float* _logits = logits;
        private readonly int* _indices = indices;
        private readonly float* _weights = weights;
        private readonly float* _losses = losses;
        private readonly float* _dLogits = dLogits;
        private readonly float* _probabilities = probabilities;
        private readonly int _batch = batch;
        private readonly int _classes = classes;
        private readonly int _rows = rows;

        public void Invoke<TLanes>(int item)
            where TLanes : struct, ILanes<TLanes>
        {
            int last = Math.Min(_batch, (item + 1) * _rows);
            for (int row = item * _rows; row < last; row++) Row<TLanes>(row);
        }

        private void Row<T>(int row)
            where T : struct, ILanes<T>
        {
            nint offset = (nint)row * _classes;
            float* z = _logits + offset;
            float max = SoftmaxKernels.MaxRow<T>(z, _classes);
            // What is needed of the logits is read before the exponentials may take their place.
            double weighted = 0;
            double weightSum = 1;
            if (_indices is not null) weighted = z[_indices[row]] - (double)max;
            else Weigh(z, _weights + offset, max, out weighted, out weightSum);

            float* e = _dLogits is not null ? _dLogits + offset : _probabilities is not null ? _probabilities + offset : null;
            float sum = e is null ? SumExp<T>(z, max) : SoftmaxKernels.ExpRow<T>(z, e, max, _classes);
            _losses[row] = (float)((weightSum * Math.Log(sum)) - weighted);
            if (e is null) return;

            if (_probabilities is not null) SoftmaxKernels.ScaleRow<T>(e, 1f / sum, null, 0f, _probabilities + offset, _classes);
            if (_dLogits is null) return;
            float scale = (float)(weightSum / ((double)sum * _batch));
            if (_indices is null)
            {
                SoftmaxKernels.ScaleRow<T>(e, scale, _weights + offset, -1f / _batch, e, _classes);
                return;
            }

            SoftmaxKernels.ScaleRow<T>(e, scale, null, 0f, e, _classes);
            e[_indices[row]] -= 1f / _batch;
        }

        private void Weigh(float* z, float* t, float max, out double weighted, out double weightSum)
        {
            weighted = 0;
            weightSum = 0;
            for (int i = 0; i < _classes; i++)
            {
                weightSum += t[i];
                if (t[i] != 0) weighted += t[i] * ((double)z[i] - max);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private float SumExp<T>(float* z, float max)
            where T : struct, ILanes<T>
        {
            // Into a small buffer, so that there is one loop of exponentials and one order of sums.
            const int Buffer = 256;
            float* e = stackalloc float[Buffer];
            if (_classes <= Buffer) return SoftmaxKernels.ExpRow<T>(z, e, max, _classes);
            float sum = 0;
            for (int start = 0; start < _classes; start += Buffer)
                sum += SoftmaxKernels.ExpRow<T>(z + start, e, max, Math.Min(Buffer, _classes - start));
            return sum;
        }
    }
}
