namespace FastNets.Cuda.Driver;

/// <summary>cuBLAS on one stream, with memory of its own, so that its products can be recorded and have the same bits each time.</summary>
/// <remarks>For one thread at a time, that of the stream. Matrices are column-major, as in cuBLAS; strides are in elements.</remarks>
internal sealed class CublasHandle : CudaObject
{
    private readonly nint _handle;
    private readonly DeviceMemory? _workspace;

    /// <summary>Starts cuBLAS.</summary>
    /// <param name="stream">The stream on which products are computed; it must live longer than this.</param>
    /// <param name="math">In which precision.</param>
    /// <exception cref="CudaException">cuBLAS failed, or the device has not enough memory.</exception>
    public CublasHandle(CudaStream stream, CublasMath math = CublasMath.Default)
        : base(stream.Context)
    {
        CublasStatus status;
        nint handle;
        lock (CudaContext.CaptureGate) status = CublasDriver.Create(out handle);
        Context.Check(status, "cublasCreate");
        _handle = handle;
        try
        {
            // The stream first, for setting it takes the workspace away.
            Context.Check(CublasDriver.SetStream(_handle, stream.Handle), "cublasSetStream");
            _workspace = new DeviceMemory(Context, WorkspaceBytes(Context.ComputeCapability));
            Context.Check(CublasDriver.SetWorkspace(_handle, _workspace.Address, (nuint)_workspace.Bytes), "cublasSetWorkspace");
            Context.Check(CublasDriver.SetMathMode(_handle, math), "cublasSetMathMode");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>C = op(A) op(B) + beta C.</summary>
    /// <param name="transposeA">Whether op(A) is A's transpose.</param>
    /// <param name="transposeB">Whether op(B) is B's transpose.</param>
    /// <param name="m">Rows of op(A) and C.</param>
    /// <param name="n">Columns of op(B) and C.</param>
    /// <param name="k">Columns of op(A), rows of op(B).</param>
    /// <param name="a">A's address.</param>
    /// <param name="strideA">From one column of A to the next.</param>
    /// <param name="b">B's address.</param>
    /// <param name="strideB">From one column of B to the next.</param>
    /// <param name="beta">0: what C was is not read.</param>
    /// <param name="c">C's address.</param>
    /// <param name="strideC">From one column of C to the next.</param>
    /// <exception cref="CudaException">cuBLAS failed.</exception>
    public void Gemm(bool transposeA, bool transposeB, int m, int n, int k, ulong a, int strideA, ulong b, int strideB, float beta, ulong c, int strideC)
    {
        Begin();
        float alpha = 1;
        CublasStatus status = CublasDriver.Sgemm(_handle, Operation(transposeA), Operation(transposeB), m, n, k, ref alpha, a, strideA, b, strideB, ref beta, c, strideC);
        if (status != CublasStatus.Success) throw Failure(status, "cublasSgemm", $"a product of {m} x {k} by {k} x {n}");
    }

    /// <inheritdoc/>
    public override void FreeNative()
    {
        if (_handle == 0) return;
        // The collector may have destroyed the stream before.
        _ = CublasDriver.SetStream(_handle, 0);
        _ = CublasDriver.Destroy(_handle);
    }

    /// <inheritdoc/>
    protected override void FreeManaged() => _workspace?.Dispose();

    /// <summary>What cuBLAS takes by itself where it is given nothing, by NVIDIA's documentation.</summary>
    private static long WorkspaceBytes(Version capability) => capability.Major >= 9 ? 32L << 20 : (8L << 20) + (128L << 10);

    private static CublasOperation Operation(bool transpose) => transpose ? CublasOperation.Transpose : CublasOperation.None;

    private void Begin()
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        Context.MakeCurrent();
    }

    private CudaException Failure(CublasStatus status, string operation, string what) => Context.Failure(CudaFailures.Of(status, operation) with { What = what });
}
