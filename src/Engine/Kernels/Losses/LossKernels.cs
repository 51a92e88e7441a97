using FastNets.Kernels.Lanes;

namespace FastNets.Kernels.Losses;

/// <summary>Losses and their gradients by the network's output.</summary>
/// <remarks>Thread-safe. Same bits for the same instruction set, whatever the number of threads. Nothing is allocated.</remarks>
public static unsafe partial class LossKernels
{
    private const int ElementsPerItem = 1 << 12;

    /// <summary>A pointwise loss averaged over the columns of each sample, and the gradient of the mean over the whole batch.</summary>
    /// <typeparam name="TLoss">The loss.</typeparam>
    /// <param name="output">[batch, columns].</param>
    /// <param name="targets">[batch, columns].</param>
    /// <param name="losses">[batch], overwritten. Summed in double precision.</param>
    /// <param name="dOutput">[batch, columns], overwritten: the loss's derivative / (batch * columns); or empty. May be the output.</param>
    /// <param name="batch">Rows.</param>
    /// <param name="columns">Columns, at least 1.</param>
    /// <param name="loss">The loss, with its settings.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Pointwise<TLoss>(
        ReadOnlySpan<float> output, ReadOnlySpan<float> targets, Span<float> losses, Span<float> dOutput, int batch, int columns, TLoss loss)
        where TLoss : struct, IPointwiseLoss
    {
        Shape.Require(output.Length, batch, columns, nameof(output));
        Shape.Require(targets.Length, batch, columns, nameof(targets));
        Shape.Require(losses.Length, batch, nameof(losses));
        Shape.RequireIfAny(dOutput.Length, batch, columns, nameof(dOutput));
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        fixed (float* o = output, t = targets, l = losses, d = dOutput)
        {
            int rows = Math.Max(1, ElementsPerItem / columns);
            var body = new PointwiseBody<TLoss>(o, t, l, d, batch, columns, rows, loss);
            LaneLoop.Run(Isa.Scalar, (batch + rows - 1) / rows, (long)batch * columns >= LaneLoop.ParallelElements / 4, body);
        }
    }

    private readonly struct PointwiseBody<TLoss>(
        float* output, float* targets, float* losses, float* dOutput, int batch, int columns, int rows, TLoss loss) : ILaneBody
        where TLoss : struct, IPointwiseLoss
    {
        private readonly float* _output = output;
        private readonly float* _targets = targets;
        private readonly float* _losses = losses;
        private readonly float* _dOutput = dOutput;
        private readonly int _batch = batch;
        private readonly int _columns = columns;
        private readonly int _rows = rows;
        private readonly TLoss _loss = loss;

        // The losses are functions of one element at a time; they are a small part of a step.
        public void Invoke<TLanes>(int item)
            where TLanes : struct, ILanes<TLanes>
        {
            float scale = (float)(1.0 / ((double)_batch * _columns));
            int last = Math.Min(_batch, (item + 1) * _rows);
            for (int row = item * _rows; row < last; row++)
            {
                nint offset = (nint)row * _columns;
                double sum = 0;
                for (int i = 0; i < _columns; i++)
                {
                    float o = _output[offset + i];
                    float t = _targets[offset + i];
                    sum += _loss.Loss(o, t);
                    if (_dOutput is not null) _dOutput[offset + i] = scale * _loss.Gradient(o, t);
                }

                _losses[row] = (float)(sum / _columns);
            }
        }
    }
}
