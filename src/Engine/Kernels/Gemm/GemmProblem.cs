namespace FastNets.Kernels.Gemm;

/// <summary>C (+)= A B by addresses and strides, in elements: element (i, p) of A lies at A[i * ARow + p * AStep], (p, j) of B at B[p * BStep + j * BColumn].</summary>
internal unsafe struct GemmProblem
{
    public float* A;
    public nint ARow;
    public nint AStep;
    public float* B;
    public nint BStep;
    public nint BColumn;
    public float* C;
    public nint CRow;
    public int M;
    public int N;
    public int K;
    public bool Accumulate;
}
