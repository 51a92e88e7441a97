using System.Runtime.CompilerServices;
using FastNets.Kernels.Lanes;

namespace FastNets.Kernels.Convolution;

public static unsafe partial class PoolingKernels
{
    /// <summary>The windows of one series.</summary>
    private struct ForwardBody : ILaneBody
    {
        public float* X;
        public float* Y;
        public PoolingShape Shape;
        public bool Average;

        public readonly void Invoke<TLanes>(int item)
            where TLanes : struct, ILanes<TLanes>
        {
            float* x = X + ((nint)item * Shape.Length * Shape.Channels);
            float* y = Y + ((nint)item * Shape.OutputLength * Shape.Channels);
            for (int window = 0; window < Shape.OutputLength; window++)
            {
                int first = Shape.First(window);
                int count = Shape.End(window) - first;
                if (Average) Steps.Mean<TLanes>(x + ((nint)first * Shape.Channels), count, y, Shape.Channels);
                else Steps.Max<TLanes>(x + ((nint)first * Shape.Channels), count, y, Shape.Channels);
                y += Shape.Channels;
            }
        }
    }

    /// <summary>The windows of one series in their order, for they may share steps.</summary>
    private struct BackwardBody : ILaneBody
    {
        public float* DY;

        /// <summary>Null for the mean.</summary>
        public float* X;

        public float* DX;
        public PoolingShape Shape;
        public bool Accumulate;

        public readonly void Invoke<TLanes>(int item)
            where TLanes : struct, ILanes<TLanes>
        {
            nint offset = (nint)item * Shape.Length * Shape.Channels;
            float* dY = DY + ((nint)item * Shape.OutputLength * Shape.Channels);
            if (!Accumulate) new Span<float>(DX + offset, Shape.Length * Shape.Channels).Clear();
            for (int window = 0; window < Shape.OutputLength; window++)
            {
                int first = Shape.First(window);
                int count = Shape.End(window) - first;
                nint start = offset + ((nint)first * Shape.Channels);
                if (X is null) Steps.SpreadMean<TLanes>(dY, DX + start, count, Shape.Channels);
                else Steps.SpreadMax<TLanes>(dY, X + start, DX + start, count, Shape.Channels);
                dY += Shape.Channels;
            }
        }
    }

    /// <summary>What is done to a run of adjacent steps, channel by channel.</summary>
    private static class Steps
    {
        // Float sums are broken off after so many steps, so that their error grows with the root of the steps and not with them.
        private const int StepsPerSum = 64;

        /// <summary>y = the largest; NaN where there is one; minus infinity where there is nothing.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static void Max<T>(float* x, int count, float* y, int channels)
            where T : struct, ILanes<T>
        {
            for (int i = 0; i < channels; i += T.Count)
            {
                int rest = channels - i;
                float* p = x + i;
                T best = T.Create(float.NegativeInfinity);
                for (int step = 0; step < count; step++)
                {
                    T v = LaneEnds.Load<T>(p, rest);
                    // A NaN already found stays, for it is the second operand; one that comes is put in.
                    best = T.Select(IsNaN(v), v, T.Max(v, best));
                    p += channels;
                }

                LaneEnds.Store(best, y + i, rest);
            }
        }

        /// <summary>Adds dY at the first of the largest, NaN being taken for infinity.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static void SpreadMax<T>(float* dY, float* x, float* dX, int count, int channels)
            where T : struct, ILanes<T>
        {
            T infinity = T.Create(float.PositiveInfinity);
            for (int i = 0; i < channels; i += T.Count)
            {
                int rest = channels - i;
                float* p = x + i;
                T best = T.Create(float.NegativeInfinity);
                for (int step = 0; step < count; step++)
                {
                    // The second operand where the first is NaN.
                    best = T.Max(T.Min(LaneEnds.Load<T>(p, rest), infinity), best);
                    p += channels;
                }

                p = x + i;
                float* d = dX + i;
                T gradient = LaneEnds.Load<T>(dY + i, rest);
                T zero = T.Create(0f);
                for (int step = 0; step < count; step++)
                {
                    T below = T.Greater(best, T.Min(LaneEnds.Load<T>(p, rest), infinity));
                    LaneEnds.Store(LaneEnds.Load<T>(d, rest) + T.Select(below, zero, gradient), d, rest);
                    gradient = T.KeepWhere(below, gradient);
                    p += channels;
                    d += channels;
                }
            }
        }

        /// <summary>y = the mean; 0 where there is nothing.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static void Mean<T>(float* x, int count, float* y, int channels)
            where T : struct, ILanes<T>
        {
            T divisor = T.Create(Math.Max(1, count));
            for (int i = 0; i < channels; i += T.Count)
            {
                int rest = channels - i;
                float* p = x + i;
                T total = T.Create(0f);
                for (int first = 0; first < count; first += StepsPerSum)
                {
                    T sum = T.Create(0f);
                    for (int step = Math.Min(StepsPerSum, count - first); step > 0; step--)
                    {
                        sum += LaneEnds.Load<T>(p, rest);
                        p += channels;
                    }

                    total += sum;
                }

                LaneEnds.Store(total / divisor, y + i, rest);
            }
        }

        /// <summary>Adds dY / count to each step.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static void SpreadMean<T>(float* dY, float* dX, int count, int channels)
            where T : struct, ILanes<T>
        {
            T divisor = T.Create(Math.Max(1, count));
            for (int i = 0; i < channels; i += T.Count)
            {
                int rest = channels - i;
                float* d = dX + i;
                T share = LaneEnds.Load<T>(dY + i, rest) / divisor;
                for (int step = 0; step < count; step++)
                {
                    LaneEnds.Store(LaneEnds.Load<T>(d, rest) + share, d, rest);
                    d += channels;
                }
            }
        }

        // Minimum and maximum give their second operand for NaN, themselves for anything else.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static T IsNaN<T>(T v)
            where T : struct, ILanes<T> => T.Greater(T.Min(v, T.Create(float.PositiveInfinity)), T.Max(v, T.Create(float.NegativeInfinity)));
    }
}
