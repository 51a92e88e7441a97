namespace FastNets.Perf;

/// <summary>One thing worth timing. Its name is the key of its history: a case that changes gets a new name.</summary>
/// <param name="Name">Family and size, as <c>gemm/m64_n64_k64</c>.</param>
/// <param name="Prepare">Makes the data, outside the timing.</param>
/// <param name="Figures">What is printed beside the time.</param>
internal sealed record PerfCase(string Name, Func<PreparedCase> Prepare, params PerfFigure[] Figures)
{
    /// <summary>Whether it does the same on a GPU; others time the processor's kernels.</summary>
    public bool RunsOnGpu { get; init; }

    /// <summary>Whether it is too large for the processor, and only there for a GPU.</summary>
    public bool NeedsGpu { get; init; }
}

/// <summary>A figure that follows from the time of one operation: a rate.</summary>
/// <param name="Name">Its name in the output, as <c>gflops</c>.</param>
/// <param name="PerOperation">How much of it one operation does; divided by the seconds.</param>
internal sealed record PerfFigure(string Name, double PerOperation);

/// <summary>A case whose data is there: what is timed. One that holds native memory is <see cref="IDisposable"/> too.</summary>
internal abstract class PreparedCase
{
    /// <summary>How many operations one <see cref="Run"/> does: times and figures are given for one of them.</summary>
    public virtual int Operations => 1;

    /// <summary>What the last <see cref="Run"/> took by the GPU's own clock, in milliseconds; null where that is not known.</summary>
    public virtual double? DeviceMilliseconds => null;

    /// <summary>Does the work once. Allocates nothing that the work itself does not allocate.</summary>
    public abstract void Run();
}
