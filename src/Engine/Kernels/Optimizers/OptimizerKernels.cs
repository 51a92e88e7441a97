using System.Runtime.CompilerServices;
using FastNets.Kernels.Lanes;

namespace FastNets.Kernels.Optimizers;

/// <summary>Update rules over one buffer of parameters, each in one pass with the penalties.</summary>
/// <remarks>
/// Elements that no segment names are neither read nor written. Thread-safe for different buffers. Same bits for the same
/// instruction set, whatever the number of threads. Allocates only scratch that is kept for the thread's next call.
/// </remarks>
public static unsafe class OptimizerKernels
{
    private const int Chunk = 1 << 13;

    /// <summary>One step of stochastic gradient descent; see <see cref="SgdStep"/>.</summary>
    /// <param name="segments">The runs of parameters and their penalties.</param>
    /// <param name="parameters">w, updated.</param>
    /// <param name="gradients">g, laid out as the parameters.</param>
    /// <param name="velocity">v, laid out as the parameters, updated; empty where there is no momentum.</param>
    /// <param name="step">The step's settings.</param>
    /// <returns>The penalties' value before the step.</returns>
    /// <exception cref="ArgumentException">A segment reaches beyond a buffer.</exception>
    public static float Sgd(
        ReadOnlySpan<UpdateSegment> segments, Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> velocity, SgdStep step) =>
        Sgd(segments, parameters, gradients, velocity, step, LaneLoop.Active);

    /// <summary>One step of Adam or AdamW; see <see cref="AdamStep"/>.</summary>
    /// <param name="segments">The runs of parameters and their penalties.</param>
    /// <param name="parameters">w, updated.</param>
    /// <param name="gradients">g, laid out as the parameters.</param>
    /// <param name="first">m, laid out as the parameters, updated.</param>
    /// <param name="second">v, laid out as the parameters, updated.</param>
    /// <param name="step">The step's settings.</param>
    /// <returns>The penalties' value before the step.</returns>
    /// <exception cref="ArgumentException">A segment reaches beyond a buffer.</exception>
    public static float Adam(
        ReadOnlySpan<UpdateSegment> segments, Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> first, Span<float> second, AdamStep step) =>
        Adam(segments, parameters, gradients, first, second, step, LaneLoop.Active);

    /// <summary>The penalties' value: sum of L1 * sum(|w|) + L2 * sum(w^2).</summary>
    /// <param name="segments">The runs of parameters and their penalties.</param>
    /// <param name="parameters">w.</param>
    /// <exception cref="ArgumentException">A segment reaches beyond the buffer.</exception>
    public static float Penalty(ReadOnlySpan<UpdateSegment> segments, ReadOnlySpan<float> parameters) => Penalty(segments, parameters, LaneLoop.Active);

    internal static float Sgd(
        ReadOnlySpan<UpdateSegment> segments, Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> velocity, SgdStep step, Isa isa)
    {
        int end = End(segments);
        Shape.Require(parameters.Length, end, nameof(parameters));
        Shape.Require(gradients.Length, end, nameof(gradients));
        if (step.Momentum != 0) Shape.Require(velocity.Length, end, nameof(velocity));
        fixed (float* w = parameters, g = gradients, v = velocity) return Run(segments, w, new SgdRule(g, v, step), isa);
    }

    internal static float Adam(
        ReadOnlySpan<UpdateSegment> segments, Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> first, Span<float> second, AdamStep step, Isa isa)
    {
        int end = End(segments);
        Shape.Require(parameters.Length, end, nameof(parameters));
        Shape.Require(gradients.Length, end, nameof(gradients));
        Shape.Require(first.Length, end, nameof(first));
        Shape.Require(second.Length, end, nameof(second));
        fixed (float* w = parameters, g = gradients, m = first, v = second) return Run(segments, w, new AdamRule(g, m, v, step), isa);
    }

    internal static float Penalty(ReadOnlySpan<UpdateSegment> segments, ReadOnlySpan<float> parameters, Isa isa)
    {
        Shape.Require(parameters.Length, End(segments), nameof(parameters));
        fixed (float* w = parameters) return Run(segments, w, default(NoRule), isa);
    }

    private static int End(ReadOnlySpan<UpdateSegment> segments)
    {
        int end = 0;
        foreach (UpdateSegment segment in segments)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(segment.Offset);
            ArgumentOutOfRangeException.ThrowIfNegative(segment.Length);
            end = Math.Max(end, checked(segment.Offset + segment.Length));
        }

        return end;
    }

    private static float Run<TRule>(ReadOnlySpan<UpdateSegment> segments, float* parameters, TRule rule, Isa isa)
        where TRule : struct, IUpdateRule
    {
        int items = 0;
        long elements = 0;
        foreach (UpdateSegment segment in segments)
        {
            items += Chunks(segment);
            elements += segment.Length;
        }

        // One sum a chunk, added up in the chunks' order.
        double* penalties = (double*)ThreadScratch.Get(ThreadScratch.Use.Partials, (nuint)items * sizeof(double));
        fixed (UpdateSegment* s = segments)
            LaneLoop.Run(isa, items, elements >= LaneLoop.ParallelElements, new UpdateBody<TRule>(s, parameters, penalties, rule));
        double sum = 0;
        for (int i = 0; i < items; i++) sum += penalties[i];
        return (float)sum;
    }

    private static int Chunks(UpdateSegment segment) => (segment.Length + Chunk - 1) / Chunk;

    private readonly struct UpdateBody<TRule>(UpdateSegment* segments, float* parameters, double* penalties, TRule rule) : ILaneBody
        where TRule : struct, IUpdateRule
    {
        private readonly UpdateSegment* _segments = segments;
        private readonly float* _parameters = parameters;
        private readonly double* _penalties = penalties;
        private readonly TRule _rule = rule;

        public void Invoke<TLanes>(int item)
            where TLanes : struct, ILanes<TLanes>
        {
            UpdateSegment* segment = _segments;
            int chunk = item;
            while (chunk >= Chunks(*segment))
            {
                chunk -= Chunks(*segment);
                segment++;
            }

            int start = chunk * Chunk;
            _penalties[item] = Update<TLanes>(segment->Offset + start, Math.Min(Chunk, segment->Length - start), segment->L1, segment->L2);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private double Update<T>(int offset, int count, float l1, float l2)
            where T : struct, ILanes<T>
        {
            float* w = _parameters + offset;
            TRule rule = _rule;
            bool penalised = l1 != 0 || l2 != 0;
            if (!penalised && TRule.OnlyPenalty) return 0;
            T absolute = T.Create(0f);
            T squares = T.Create(0f);
            T slope1 = T.Create(l1);
            T slope2 = T.Create(2f * l2);
            int i = 0;
            for (; i <= count - T.Count; i += T.Count)
            {
                T value = T.Load(w + i);
                T extra = T.Create(0f);
                if (penalised)
                {
                    absolute += T.Abs(value);
                    squares = T.MultiplyAdd(value, value, squares);
                    extra = PenaltyGradient(value, slope1, slope2);
                }

                if (!TRule.OnlyPenalty) rule.Step(value, extra, offset + i, T.Count).Store(w + i);
            }

            int rest = count - i;
            if (rest > 0)
            {
                T value = T.LoadFirst(w + i, rest);
                T extra = T.Create(0f);
                if (penalised)
                {
                    absolute += T.Abs(value);
                    squares = T.MultiplyAdd(value, value, squares);
                    extra = PenaltyGradient(value, slope1, slope2);
                }

                if (!TRule.OnlyPenalty) rule.Step(value, extra, offset + i, rest).StoreFirst(w + i, rest);
            }

            return penalised ? (l1 * T.SumDouble(absolute)) + (l2 * T.SumDouble(squares)) : 0;
        }

        /// <summary>L1 sign(w) + 2 L2 w, with sign(0) = 0.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static T PenaltyGradient<T>(T value, T slope1, T slope2)
            where T : struct, ILanes<T>
        {
            T nonZero = T.Greater(T.Abs(value), T.Create(0f));
            return T.MultiplyAdd(slope2, value, T.KeepWhere(nonZero, T.CopySign(slope1, value)));
        }
    }
}
