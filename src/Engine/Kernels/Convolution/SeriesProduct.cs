namespace FastNets.Kernels.Convolution;

/// <summary>
/// C (+)= A B where A lies within series: its rows come in series of equal number and its columns, the steps p of the sums, in runs of equal
/// number, each with a distance of its own. All three products of a convolution have this form, so that no operand is unfolded.
/// </summary>
/// <remarks>
/// Row i of series s and step p of run r of A lies at A[s * ASeries + i * ARow + r * ARun + p * AStep]; ARow or AStep is 1.
/// Element (p, j) of B, whose runs are its own, lies at B[r * BRun + p * BStep + j * BColumn]; BStep or BColumn is 1.
/// </remarks>
internal unsafe struct SeriesProduct
{
    public float* A;
    public nint ASeries;
    public nint ARow;
    public nint ARun;
    public nint AStep;
    public int ASteps;
    public float* B;
    public nint BRun;
    public nint BStep;
    public nint BColumn;
    public int BSteps;
    public float* C;
    public nint CSeries;
    public nint CRow;

    /// <summary>How many series.</summary>
    public int Series;

    /// <summary>Rows of C a series.</summary>
    public int Rows;

    /// <summary>Columns of C.</summary>
    public int Columns;

    /// <summary>The length of the sums, all runs together.</summary>
    public int Depth;

    /// <summary>Whether C is added to.</summary>
    public bool Accumulate;

    /// <summary>Step <paramref name="p"/> of a row of A, and how many steps before <paramref name="end"/> lie in its run from there on.</summary>
    public readonly float* InA(float* row, int p, int end, out int steps)
    {
        int run = p / ASteps;
        int step = p - (run * ASteps);
        steps = Math.Min(ASteps - step, end - p);
        return row + (run * ARun) + (step * AStep);
    }

    /// <summary>Step <paramref name="p"/> of B's first column, and how many steps before <paramref name="end"/> lie in its run from there on.</summary>
    public readonly float* InB(int p, int end, out int steps)
    {
        int run = p / BSteps;
        int step = p - (run * BSteps);
        steps = Math.Min(BSteps - step, end - p);
        return B + (run * BRun) + (step * BStep);
    }
}
