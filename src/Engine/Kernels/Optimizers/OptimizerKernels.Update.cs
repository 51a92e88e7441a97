using System.Runtime.CompilerServices;
using FastNets.Kernels.Lanes;

namespace FastNets.Kernels.Optimizers;

// The pass of an update: chunks of segments, their gradients with penalties and clipping, the rule.
public static unsafe partial class OptimizerKernels
{
    private static float Run<TRule>(ReadOnlySpan<UpdateSegment> segments, float* parameters, float* gradients, TRule rule, Isa isa)
        where TRule : struct, IUpdateRule<TRule>
    {
        SegmentChunks.Count(segments, out int items, out long elements);

        // One sum a chunk, added up in the chunks' order.
        double* penalties = (double*)ThreadScratch.Get(ThreadScratch.Use.Partials, (nuint)items * sizeof(double));
        fixed (UpdateSegment* s = segments)
            LaneLoop.Run(isa, items, elements >= LaneLoop.ParallelElements, new UpdateBody<TRule>(s, parameters, gradients, penalties, rule));
        double sum = 0;
        for (int i = 0; i < items; i++) sum += penalties[i];
        return (float)sum;
    }

    /// <summary>L1 sign(w) + 2 L2 w, with sign(0) = 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T PenaltyGradient<T>(T value, T slope1, T slope2)
        where T : struct, ILanes<T>
    {
        T nonZero = T.Greater(T.Abs(value), T.Create(0f));
        return T.MultiplyAdd(slope2, value, T.KeepWhere(nonZero, T.CopySign(slope1, value)));
    }

    private readonly struct UpdateBody<TRule>(UpdateSegment* segments, float* parameters, float* gradients, double* penalties, TRule rule) : ILaneBody
        where TRule : struct, IUpdateRule<TRule>
    {
        private readonly UpdateSegment* _segments = segments;
        private readonly float* _parameters = parameters;
        private readonly float* _gradients = gradients;
        private readonly double* _penalties = penalties;
        private readonly TRule _rule = rule;

        public void Invoke<TLanes>(int item)
            where TLanes : struct, ILanes<TLanes>
        {
            UpdateSegment* segment = SegmentChunks.Find(_segments, item, out int start, out int count);
            _penalties[item] = Update<TLanes>(*segment, segment->Offset + start, count);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private double Update<T>(UpdateSegment segment, int offset, int count)
            where T : struct, ILanes<T>
        {
            if (TRule.OnlyPenalty && !segment.IsPenalised) return 0;
            float* w = _parameters + offset;
            float* gradients = _gradients + offset;
            TRule rule = _rule.For(segment);

            // Most segments have neither penalty nor clipping: then nothing but the rule is computed.
            bool changes = segment.ChangesGradient;
            T absolute = T.Create(0f);
            T squares = T.Create(0f);
            T slope1 = T.Create(segment.L1);
            T slope2 = T.Create(2f * segment.L2);
            T scale = T.Create(segment.Scale);
            T high = T.Create(segment.Limit);
            T low = T.Create(-segment.Limit);
            int i = 0;
            for (; i <= count - T.Count; i += T.Count)
            {
                T value = T.Load(w + i);
                T g = TRule.OnlyPenalty ? T.Create(0f) : T.Load(gradients + i);
                if (changes)
                {
                    absolute += T.Abs(value);
                    squares = T.MultiplyAdd(value, value, squares);

                    // The gradient second: one that is no number must not become the limit.
                    g = T.Max(low, T.Min(high, (g + PenaltyGradient(value, slope1, slope2)) * scale));
                }

                if (!TRule.OnlyPenalty) rule.Step(value, g, offset + i, T.Count).Store(w + i);
            }

            int rest = count - i;
            if (rest > 0)
            {
                T value = T.LoadFirst(w + i, rest);
                T g = TRule.OnlyPenalty ? T.Create(0f) : T.LoadFirst(gradients + i, rest);
                if (changes)
                {
                    absolute += T.Abs(value);
                    squares = T.MultiplyAdd(value, value, squares);
                    g = T.Max(low, T.Min(high, (g + PenaltyGradient(value, slope1, slope2)) * scale));
                }

                if (!TRule.OnlyPenalty) rule.Step(value, g, offset + i, rest).StoreFirst(w + i, rest);
            }

            return segment.IsPenalised ? (segment.L1 * T.SumDouble(absolute)) + (segment.L2 * T.SumDouble(squares)) : 0;
        }
    }
}
