using FastNets.Kernels.Lanes;

namespace FastNets.Kernels.Gemm;

/// <summary>The product by its definition, element by element: what the other forms are measured against.</summary>
internal static unsafe class GemmScalar
{
    /// <summary>Computes the product.</summary>
    public static void Run<TEpilogue>(in GemmProblem problem, TEpilogue epilogue)
        where TEpilogue : struct, IGemmEpilogue
    {
        for (int i = 0; i < problem.M; i++)
        {
            float* row = problem.C + (i * problem.CRow);
            if (!problem.Accumulate) new Span<float>(row, problem.N).Clear();
            for (int p = 0; p < problem.K; p++)
            {
                float factor = problem.A[(i * problem.ARow) + (p * problem.AStep)];
                float* source = problem.B + (p * problem.BStep);
                for (int j = 0; j < problem.N; j++) row[j] = MathF.FusedMultiplyAdd(factor, source[j * problem.BColumn], row[j]);
            }

            if (!epilogue.IsEmpty) epilogue.Apply<Lanes1>(row, i, 0, problem.N);
        }
    }
}
