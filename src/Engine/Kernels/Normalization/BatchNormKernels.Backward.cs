using System.Runtime.CompilerServices;
using FastNets.Kernels.Lanes;
using FastNets.Kernels.Pointwise;

namespace FastNets.Kernels.Normalization;

public static unsafe partial class BatchNormKernels
{
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
        public float* DGamma;
        public float* DBeta;
        public int Batch;
        public int Features;
        public DropoutBits Dropout;

        // With g = f' * mask * dY and n = (x - mean) / deviation: dBeta = sum(g), dGamma = sum(g n),
        // dX = gamma / deviation * (g - dBeta / batch - n dGamma / batch).
        public readonly void Invoke<TLanes>(int item)
            where TLanes : struct, ILanes<TLanes>
        {
            int column = item * ColumnBlock;
            int count = Math.Min(ColumnBlock, Features - column);
            float* partBeta = stackalloc float[ColumnBlock];
            float* partGamma = stackalloc float[ColumnBlock];
            float* dBeta = DBeta + column;
            float* dGamma = DGamma + column;
            new Span<float>(dBeta, count).Clear();
            new Span<float>(dGamma, count).Clear();
            // g is kept in dX's place for the second pass where it is not dY itself.
            bool keep = DX is not null && (!TActivation.IsIdentity || Dropout.IsActive);
            for (int first = 0; first < Batch; first += PointwiseKernels.RowsPerSum)
            {
                new Span<float>(partBeta, count).Clear();
                new Span<float>(partGamma, count).Clear();
                int last = Math.Min(Batch, first + PointwiseKernels.RowsPerSum);
                for (int row = first; row < last; row++)
                {
                    nint offset = ((nint)row * Features) + column;
                    Sum<TLanes>(DY + offset, X + offset, keep ? DX + offset : null, partBeta, partGamma, row, column, count);
                }

                ColumnSums.Add<TLanes>(partBeta, dBeta, count);
                ColumnSums.Add<TLanes>(partGamma, dGamma, count);
            }

            if (DX is null) return;
            float* slope = partBeta;
            float* shift = partGamma;
            float* scale = stackalloc float[ColumnBlock];
            for (int i = 0; i < count; i++)
            {
                double inverse = InverseDeviation[column + i];
                double a = Gamma[column + i] * inverse;
                scale[i] = (float)a;
                slope[i] = (float)(-a * inverse * dGamma[i] / Batch);
                shift[i] = (float)(-a * dBeta[i] / Batch);
            }

            for (int row = 0; row < Batch; row++)
            {
                nint offset = ((nint)row * Features) + column;
                Combine<TLanes>((keep ? DX : DY) + offset, X + offset, Mean + column, scale, slope, shift, DX + offset, count);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Sum<T>(float* dY, float* x, float* g, float* partBeta, float* partGamma, int row, int column, int count)
            where T : struct, ILanes<T>
        {
            bool dropout = Dropout.IsActive;
            Isa isa = T.Count == 1 ? Isa.Scalar : Isa.Vector256;
            T factor = T.Create(Dropout.Scale);
            int step = dropout ? DropoutBits.Columns : count;
            for (int start = 0; start < count; start += step)
            {
                uint bits = dropout ? Dropout.Keep(row, (column + start) / DropoutBits.Columns, isa) : uint.MaxValue;
                int end = Math.Min(count, start + step);
                for (int i = start; i < end; i += T.Count)
                {
                    int rest = end - i;
                    bool all = rest >= T.Count;
                    int at = column + i;
                    T gradient = all ? T.Load(dY + i) : T.LoadFirst(dY + i, rest);
                    T normal = (all ? T.Load(x + i) : T.LoadFirst(x + i, rest)) - (all ? T.Load(Mean + at) : T.LoadFirst(Mean + at, rest));
                    normal *= all ? T.Load(InverseDeviation + at) : T.LoadFirst(InverseDeviation + at, rest);
                    if (!TActivation.IsIdentity)
                    {
                        T gamma = all ? T.Load(Gamma + at) : T.LoadFirst(Gamma + at, rest);
                        T beta = all ? T.Load(Beta + at) : T.LoadFirst(Beta + at, rest);
                        T z = T.MultiplyAdd(normal, gamma, beta);
                        gradient *= T.Derivative<TActivation>(TActivation.DerivativeOfInput ? z : T.Forward<TActivation>(z));
                    }

                    if (dropout) gradient = T.KeepWhere(T.MaskFromBits(bits >> (i - start)), gradient * factor);
                    if (all)
                    {
                        if (g is not null) gradient.Store(g + i);
                        (T.Load(partBeta + i) + gradient).Store(partBeta + i);
                        T.MultiplyAdd(gradient, normal, T.Load(partGamma + i)).Store(partGamma + i);
                    }
                    else
                    {
                        if (g is not null) gradient.StoreFirst(g + i, rest);
                        (T.LoadFirst(partBeta + i, rest) + gradient).StoreFirst(partBeta + i, rest);
                        T.MultiplyAdd(gradient, normal, T.LoadFirst(partGamma + i, rest)).StoreFirst(partGamma + i, rest);
                    }
                }
            }
        }
    }

    /// <summary>dX = scale * g + slope * (x - mean) + shift, for a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Combine<T>(float* g, float* x, float* mean, float* scale, float* slope, float* shift, float* dX, int count)
        where T : struct, ILanes<T>
    {
        int i = 0;
        for (; i <= count - T.Count; i += T.Count)
        {
            T v = T.MultiplyAdd(T.Load(slope + i), T.Load(x + i) - T.Load(mean + i), T.Load(shift + i));
            T.MultiplyAdd(T.Load(scale + i), T.Load(g + i), v).Store(dX + i);
        }

        int rest = count - i;
        if (rest <= 0) return;
        T last = T.MultiplyAdd(T.LoadFirst(slope + i, rest), T.LoadFirst(x + i, rest) - T.LoadFirst(mean + i, rest), T.LoadFirst(shift + i, rest));
        T.MultiplyAdd(T.LoadFirst(scale + i, rest), T.LoadFirst(g + i, rest), last).StoreFirst(dX + i, rest);
    }
}
