using System.Runtime.CompilerServices;
using FastNets.Kernels.Lanes;
using FastNets.Kernels.Pointwise;

namespace FastNets.Kernels.Normalization;

public static unsafe partial class LayerNormKernels
{
    /// <summary>A run of rows: their dX, and their part of the sums by column.</summary>
    private struct BackwardBody<TActivation> : ILaneBody
        where TActivation : struct, IActivation
    {
        public float* DY;
        public float* X;
        public float* Gamma;
        public float* Beta;
        public float* Mean;
        public float* InverseDeviation;
        public float* DX;

        /// <summary>For each item its part of dGamma and its part of dBeta, [items, 2, columns].</summary>
        public float* Partials;

        public int Rows;
        public int Columns;
        public DropoutBits Dropout;

        // With g = f' * mask * dY, n = (x - mean) / deviation and h = gamma g: dBeta = sum of g and dGamma = sum of g n over the rows,
        // dX = (h - mean(h) - n mean(h n)) / deviation with the means over the columns.
        public readonly void Invoke<TLanes>(int item)
            where TLanes : struct, ILanes<TLanes>
        {
            float* dGamma = Partials + (2 * (nint)item * Columns);
            new Span<float>(dGamma, 2 * Columns).Clear();
            int last = Math.Min(Rows, (item + 1) * PointwiseKernels.RowsPerSum);
            for (int row = item * PointwiseKernels.RowsPerSum; row < last; row++)
            {
                nint offset = (nint)row * Columns;
                float mean = Mean[row];
                float inverse = InverseDeviation[row];
                // h waits in dX's place for the second pass.
                float* h = DX is null ? null : DX + offset;
                Row<TLanes>(DY + offset, X + offset, mean, inverse, h, dGamma, dGamma + Columns, row, out double sum, out double normalSum);
                if (h is not null) Combine<TLanes>(h, X + offset, mean, inverse, (float)(sum / Columns), (float)(normalSum / Columns), Columns);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Row<T>(
            float* dY, float* x, float mean, float inverse, float* h, float* dGamma, float* dBeta, int row, out double sum, out double normalSum)
            where T : struct, ILanes<T>
        {
            bool dropout = Dropout.IsActive;
            Isa isa = T.Count == 1 ? Isa.Scalar : Isa.Vector256;
            T factor = T.Create(Dropout.Scale);
            T m = T.Create(mean);
            T a = T.Create(inverse);
            T s = T.Create(0f);
            T t = T.Create(0f);
            sum = 0;
            normalSum = 0;
            int step = dropout ? DropoutBits.Columns : PointwiseKernels.RowsPerSum * T.Count;
            for (int start = 0; start < Columns; start += step)
            {
                uint bits = dropout ? Dropout.Keep(row, start / DropoutBits.Columns, isa) : uint.MaxValue;
                int end = Math.Min(Columns, start + step);
                for (int i = start; i < end; i += T.Count)
                {
                    int rest = end - i;
                    // Lanes beyond the row have no gradient, so that what else is in them adds nothing.
                    T g = LaneEnds.Load<T>(dY + i, rest);
                    T normal = (LaneEnds.Load<T>(x + i, rest) - m) * a;
                    T gamma = LaneEnds.Load<T>(Gamma + i, rest);
                    if (!TActivation.IsIdentity)
                    {
                        T z = T.MultiplyAdd(normal, gamma, LaneEnds.Load<T>(Beta + i, rest));
                        g *= T.Derivative<TActivation>(TActivation.DerivativeOfInput ? z : T.Forward<TActivation>(z));
                    }

                    if (dropout) g = T.KeepWhere(T.MaskFromBits(bits >> (i - start)), g * factor);
                    LaneEnds.Store(LaneEnds.Load<T>(dBeta + i, rest) + g, dBeta + i, rest);
                    LaneEnds.Store(T.MultiplyAdd(g, normal, LaneEnds.Load<T>(dGamma + i, rest)), dGamma + i, rest);
                    g *= gamma;
                    s += g;
                    t = T.MultiplyAdd(g, normal, t);
                    if (h is not null) LaneEnds.Store(g, h + i, rest);
                }

                sum += T.SumDouble(s);
                normalSum += T.SumDouble(t);
                s = T.Create(0f);
                t = T.Create(0f);
            }
        }
    }

    /// <summary>dX = (h - meanOfH - (x - mean) * inverse * meanOfNormal) * inverse for a row; h lies in dX.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Combine<T>(float* dX, float* x, float mean, float inverse, float meanOfH, float meanOfNormal, int count)
        where T : struct, ILanes<T>
    {
        T m = T.Create(mean);
        T a = T.Create(inverse);
        T first = T.Create(meanOfH);
        T second = T.Create(meanOfNormal);
        for (int i = 0; i < count; i += T.Count)
        {
            int rest = count - i;
            T normal = (LaneEnds.Load<T>(x + i, rest) - m) * a;
            LaneEnds.Store(T.MultiplySubtractFrom(normal, second, LaneEnds.Load<T>(dX + i, rest) - first) * a, dX + i, rest);
        }
    }

    /// <summary>The items' parts of the sums by column, added up in their order.</summary>
    private struct SumBody : ILaneBody
    {
        public float* Partials;
        public float* DGamma;
        public float* DBeta;
        public int Items;
        public int Columns;

        public readonly void Invoke<TLanes>(int item)
            where TLanes : struct, ILanes<TLanes>
        {
            new Span<float>(DGamma, Columns).Clear();
            new Span<float>(DBeta, Columns).Clear();
            for (int i = 0; i < Items; i++)
            {
                float* part = Partials + (2 * (nint)i * Columns);
                ColumnSums.Add<TLanes>(part, DGamma, Columns);
                ColumnSums.Add<TLanes>(part + Columns, DBeta, Columns);
            }
        }
    }
}
