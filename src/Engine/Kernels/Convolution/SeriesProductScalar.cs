using FastNets.Kernels.Gemm;
using FastNets.Kernels.Lanes;

namespace FastNets.Kernels.Convolution;

/// <summary>The product by its definition, element by element: what the other forms are measured against.</summary>
internal static unsafe class SeriesProductScalar
{
    /// <summary>Computes the product.</summary>
    public static void Run<TEpilogue>(in SeriesProduct product, TEpilogue epilogue)
        where TEpilogue : struct, IGemmEpilogue
    {
        for (int series = 0; series < product.Series; series++)
        {
            for (int i = 0; i < product.Rows; i++)
            {
                float* row = product.C + (series * product.CSeries) + (i * product.CRow);
                float* a = product.A + (series * product.ASeries) + (i * product.ARow);
                if (!product.Accumulate) new Span<float>(row, product.Columns).Clear();
                for (int p = 0; p < product.Depth; p++)
                {
                    float factor = *product.InA(a, p, product.Depth, out _);
                    float* b = product.InB(p, product.Depth, out _);
                    for (int j = 0; j < product.Columns; j++) row[j] = MathF.FusedMultiplyAdd(factor, b[j * product.BColumn], row[j]);
                }

                if (!epilogue.IsEmpty) epilogue.Apply<Lanes1>(row, (series * product.Rows) + i, 0, product.Columns);
            }
        }
    }
}
