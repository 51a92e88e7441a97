using System.Runtime.CompilerServices;
using FastNets.Kernels.Lanes;

namespace FastNets.Kernels.Optimizers;

/// <summary>Running means of whole buffers, and their exchange.</summary>
/// <remarks>Same bits for the same instruction set, whatever the number of threads. Allocates nothing.</remarks>
public static unsafe class AveragingKernels
{
    private const int Chunk = 1 << 14;

    /// <summary>y += fraction * (x - y), element by element: the step of a running mean. A fraction of 1 copies, whatever y holds.</summary>
    /// <remarks>In this form a y that equals x stays as it is; fraction * x + (1 - fraction) * y would drift by its rounding.</remarks>
    /// <param name="x">What y moves to.</param>
    /// <param name="y">As long as x, updated; the same memory as x or apart from it.</param>
    /// <param name="fraction">How far y goes, from 0 to 1.</param>
    /// <exception cref="ArgumentException">y is shorter than x.</exception>
    public static void MoveTowards(ReadOnlySpan<float> x, Span<float> y, float fraction) => MoveTowards(x, y, fraction, LaneLoop.Active);

    /// <summary>Exchanges two buffers.</summary>
    /// <param name="x">One.</param>
    /// <param name="y">The other, as long, apart from x.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Swap(Span<float> x, Span<float> y)
    {
        if (x.Length != y.Length) throw new ArgumentException($"Buffers of {x.Length} and {y.Length} elements cannot be exchanged.", nameof(y));
        const int Piece = 1024;
        Span<float> held = stackalloc float[Piece];
        for (int start = 0; start < x.Length; start += Piece)
        {
            int count = Math.Min(Piece, x.Length - start);
            x.Slice(start, count).CopyTo(held);
            y.Slice(start, count).CopyTo(x[start..]);
            held[..count].CopyTo(y[start..]);
        }
    }

    internal static void MoveTowards(ReadOnlySpan<float> x, Span<float> y, float fraction, Isa isa)
    {
        Shape.Require(y.Length, x.Length, nameof(y));
        if (fraction == 1)
        {
            x.CopyTo(y);
            return;
        }

        fixed (float* px = x, py = y)
            LaneLoop.Run(isa, (x.Length + Chunk - 1) / Chunk, x.Length >= LaneLoop.ParallelElements, new Body(px, py, x.Length, fraction));
    }

    private readonly struct Body(float* x, float* y, int length, float fraction) : ILaneBody
    {
        private readonly float* _x = x;
        private readonly float* _y = y;
        private readonly int _length = length;
        private readonly float _fraction = fraction;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Invoke<T>(int item)
            where T : struct, ILanes<T>
        {
            float* x = _x;
            float* y = _y;
            T fraction = T.Create(_fraction);
            int i = item * Chunk;
            int end = Math.Min(i + Chunk, _length);
            for (; i <= end - T.Count; i += T.Count)
            {
                T old = T.Load(y + i);
                T.MultiplyAdd(fraction, T.Load(x + i) - old, old).Store(y + i);
            }

            int rest = end - i;
            if (rest > 0)
            {
                T old = T.LoadFirst(y + i, rest);
                T.MultiplyAdd(fraction, T.LoadFirst(x + i, rest) - old, old).StoreFirst(y + i, rest);
            }
        }
    }
}
