using System.Runtime.CompilerServices;
using FastNets.Kernels.Lanes;

namespace FastNets.Kernels.Optimizers;

// The pass before a clipped update: squared norms of gradients with their penalties.
public static unsafe partial class OptimizerKernels
{
    internal static void GradientSquares(
        ReadOnlySpan<UpdateSegment> segments, ReadOnlySpan<float> parameters, ReadOnlySpan<float> gradients, Span<double> squares, Isa isa)
    {
        int end = End(segments);
        Shape.Require(parameters.Length, end, nameof(parameters));
        Shape.Require(gradients.Length, end, nameof(gradients));
        Shape.Require(squares.Length, segments.Length, nameof(squares));
        SegmentChunks.Count(segments, out int items, out long elements);
        double* partials = (double*)ThreadScratch.Get(ThreadScratch.Use.Partials, (nuint)items * sizeof(double));
        fixed (float* w = parameters, g = gradients)
        fixed (UpdateSegment* s = segments)
            LaneLoop.Run(isa, items, elements >= LaneLoop.ParallelElements, new SquaresBody(s, w, g, partials));

        // In the chunks' order, whatever the number of threads.
        int item = 0;
        for (int i = 0; i < segments.Length; i++)
        {
            double sum = 0;
            for (int chunks = SegmentChunks.Of(segments[i]); chunks > 0; chunks--) sum += partials[item++];
            squares[i] = sum;
        }
    }

    private readonly struct SquaresBody(UpdateSegment* segments, float* parameters, float* gradients, double* partials) : ILaneBody
    {
        private readonly UpdateSegment* _segments = segments;
        private readonly float* _parameters = parameters;
        private readonly float* _gradients = gradients;
        private readonly double* _partials = partials;

        public void Invoke<TLanes>(int item)
            where TLanes : struct, ILanes<TLanes>
        {
            UpdateSegment* segment = SegmentChunks.Find(_segments, item, out int start, out int count);
            _partials[item] = Sum<TLanes>(*segment, segment->Offset + start, count);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private double Sum<T>(UpdateSegment segment, int offset, int count)
            where T : struct, ILanes<T>
        {
            float* w = _parameters + offset;
            float* gradients = _gradients + offset;
            bool penalised = segment.IsPenalised;
            T slope1 = T.Create(segment.L1);
            T slope2 = T.Create(2f * segment.L2);
            T sum = T.Create(0f);
            int i = 0;
            for (; i <= count - T.Count; i += T.Count)
            {
                T g = T.Load(gradients + i);
                if (penalised) g += PenaltyGradient(T.Load(w + i), slope1, slope2);
                sum = T.MultiplyAdd(g, g, sum);
            }

            int rest = count - i;
            if (rest > 0)
            {
                // The lanes beyond are 0, and so are their penalties.
                T g = T.LoadFirst(gradients + i, rest);
                if (penalised) g += PenaltyGradient(T.LoadFirst(w + i, rest), slope1, slope2);
                sum = T.MultiplyAdd(g, g, sum);
            }

            return T.SumDouble(sum);
        }
    }
}
