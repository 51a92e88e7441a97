using FastNets.Kernels.Lanes;

namespace FastNets.Kernels.Losses;

/// <summary>Losses that are functions of one output and one target at a time, and their gradients by the network's output.</summary>
/// <remarks>Thread-safe. Same bits for the same instruction set, whatever the number of threads. Nothing is allocated.</remarks>
public static unsafe partial class ElementLossKernels
{
    private const int ElementsPerItem = 1 << 13;

    /// <summary>A batch's loss, each sample's mean, and the gradient of the batch's loss.</summary>
    /// <typeparam name="TLoss">The loss.</typeparam>
    /// <param name="output">[batch, columns].</param>
    /// <param name="targets">[batch, columns].</param>
    /// <param name="lengths">[batch]: how many of each sample's steps count, below 0 as 0, above the steps as all; or empty, then all do.</param>
    /// <param name="losses">[batch], overwritten: each sample's mean over its elements that count, 0 where none does.</param>
    /// <param name="total">[1], overwritten: the mean over all elements of the batch that count, or their sum; 0 where none counts.</param>
    /// <param name="dOutput">[batch, columns], overwritten: the gradient of the total, 0 for elements that don't count; or empty. May be the output.</param>
    /// <param name="batch">Rows.</param>
    /// <param name="steps">Steps of a sample, at least 1: column c belongs to step c / (columns / steps).</param>
    /// <param name="columns">Columns, at least 1, a multiple of the steps.</param>
    /// <param name="loss">The loss, with its settings.</param>
    /// <param name="settings">Sum or mean; whether targets may be missing.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape, or the columns are no multiple of the steps.</exception>
    /// <remarks>Added up in double precision, but for the 16 numbers at a time that a lane adds up before. Elements that don't count may hold anything.</remarks>
    public static void Run<TLoss>(
        ReadOnlySpan<float> output, ReadOnlySpan<float> targets, ReadOnlySpan<int> lengths, Span<float> losses, Span<float> total, Span<float> dOutput,
        int batch, int steps, int columns, TLoss loss, ElementLossSettings settings)
        where TLoss : struct, IPointwiseLoss =>
        Run(output, targets, lengths, losses, total, dOutput, batch, steps, columns, loss, settings, LaneLoop.Active);

    internal static void Run<TLoss>(
        ReadOnlySpan<float> output, ReadOnlySpan<float> targets, ReadOnlySpan<int> lengths, Span<float> losses, Span<float> total, Span<float> dOutput,
        int batch, int steps, int columns, TLoss loss, ElementLossSettings settings, Isa isa)
        where TLoss : struct, IPointwiseLoss
    {
        Shape.Require(output.Length, batch, columns, nameof(output));
        Shape.Require(targets.Length, batch, columns, nameof(targets));
        Shape.RequireIfAny(lengths.Length, 1, batch, nameof(lengths));
        Shape.Require(losses.Length, batch, nameof(losses));
        Shape.Require(total.Length, 1, nameof(total));
        Shape.RequireIfAny(dOutput.Length, batch, columns, nameof(dOutput));
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        if (columns % steps != 0) throw new ArgumentException($"{columns} columns are not a multiple of {steps} steps.", nameof(columns));

        Sample* samples = (Sample*)ThreadScratch.Get(ThreadScratch.Use.Partials, (nuint)batch * (nuint)sizeof(Sample));
        int rows = Math.Max(1, ElementsPerItem / columns);
        int items = (batch + rows - 1) / rows;
        bool parallel = (long)batch * columns >= LaneLoop.ParallelElements / 2;
        fixed (float* o = output, t = targets, l = losses, d = dOutput)
        fixed (int* n = lengths)
        {
            var shape = new Batch(new SampleSteps(n, steps), samples, batch, columns, columns / steps, rows);
            long count = 0;
            if (settings.IgnoreMissing) LaneLoop.Run(isa, items, parallel, new CountBody(t, shape));
            else shape.CountAll();
            for (int i = 0; i < batch; i++) count += samples[i].Count;

            // Without an element that counts nothing is summed, and 0 / 0 is left out.
            double divisor = settings.Sum || count == 0 ? 1 : count;
            LaneLoop.Run(isa, items, parallel, new LossBody<TLoss>(o, t, l, d, shape, loss, (float)(1 / divisor), settings.IgnoreMissing));
            double sum = 0;
            for (int i = 0; i < batch; i++) sum += samples[i].Sum;
            total[0] = (float)(sum / divisor);
        }
    }

    /// <summary>What is known of a sample on the way to the batch's loss.</summary>
    private struct Sample
    {
        /// <summary>The losses' sum.</summary>
        public double Sum;

        /// <summary>How many elements count.</summary>
        public int Count;
    }

    /// <summary>A batch's sizes and how it is cut.</summary>
    private readonly struct Batch(SampleSteps steps, Sample* samples, int batch, int columns, int width, int rows)
    {
        private readonly SampleSteps _steps = steps;
        private readonly int _width = width;

        public readonly Sample* Samples = samples;
        public readonly int Columns = columns;

        public int First(int item) => item * rows;

        public int End(int item) => Math.Min(batch, (item + 1) * rows);

        /// <summary>How many elements a sample's length leaves; they come first.</summary>
        public int Length(int sample) => _steps.Of(sample) * _width;

        public void CountAll()
        {
            for (int i = 0; i < batch; i++) Samples[i].Count = Length(i);
        }
    }
}
