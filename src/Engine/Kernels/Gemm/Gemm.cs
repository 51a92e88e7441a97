using FastNets.Kernels.Lanes;
using FastNets.Kernels.Pointwise;

namespace FastNets.Kernels.Gemm;

/// <summary>Products of row-major single-precision matrices.</summary>
/// <remarks>
/// Thread-safe. Each element is summed by one thread in an order that depends on the shape alone: same bits for the same
/// instruction set, whatever the number of threads. Allocates only scratch that is kept for the thread's next call.
/// Source: Goto and van de Geijn, "Anatomy of high-performance matrix multiplication", 2008.
/// </remarks>
public static unsafe class Gemm
{
    /// <summary>C = op(A) op(B), or C += op(A) op(B).</summary>
    /// <param name="a">A, [m, k]; or [k, m] where it is transposed.</param>
    /// <param name="transposeA">Whether op(A) is A transposed.</param>
    /// <param name="b">B, [k, n]; or [n, k] where it is transposed.</param>
    /// <param name="transposeB">Whether op(B) is B transposed.</param>
    /// <param name="c">C, [m, n]; overwritten, or added to. Must not overlap A or B.</param>
    /// <param name="m">Rows of C.</param>
    /// <param name="n">Columns of C.</param>
    /// <param name="k">The length of the sums; at 0 C is zero, or stays.</param>
    /// <param name="accumulate">Whether the product is added to what C holds; if not, old NaN values don't spread.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Multiply(
        ReadOnlySpan<float> a, bool transposeA, ReadOnlySpan<float> b, bool transposeB, Span<float> c, int m, int n, int k, bool accumulate = false) =>
        Multiply(a, transposeA, b, transposeB, c, m, n, k, accumulate, CpuIsa.Active);

    /// <summary>A dense layer, y = dropout(f(x W + bias)), the tail applied to each part of the product while it is in the first caches.</summary>
    /// <typeparam name="TActivation">f.</typeparam>
    /// <param name="x">[batch, inputs].</param>
    /// <param name="kernel">W, [inputs, units].</param>
    /// <param name="bias">[units], or empty.</param>
    /// <param name="preactivation">x W + bias, [batch, units], overwritten; or empty.</param>
    /// <param name="y">[batch, units], overwritten. Must not overlap x, W or the bias.</param>
    /// <param name="batch">Rows of x and y.</param>
    /// <param name="inputs">Columns of x.</param>
    /// <param name="units">Columns of y.</param>
    /// <param name="dropout">The mask on f's output.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Dense<TActivation>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> kernel, ReadOnlySpan<float> bias, Span<float> preactivation, Span<float> y,
        int batch, int inputs, int units, DropoutMask dropout)
        where TActivation : struct, IActivation =>
        Dense<TActivation>(x, kernel, bias, preactivation, y, batch, inputs, units, dropout, CpuIsa.Active);

    internal static void Multiply(
        ReadOnlySpan<float> a, bool transposeA, ReadOnlySpan<float> b, bool transposeB, Span<float> c, int m, int n, int k, bool accumulate, Isa isa)
    {
        Shape.Require(a.Length, m, k, nameof(a));
        Shape.Require(b.Length, k, n, nameof(b));
        Shape.Require(c.Length, m, n, nameof(c));
        fixed (float* pa = a, pb = b, pc = c)
        {
            var problem = new GemmProblem
            {
                A = pa,
                ARow = transposeA ? 1 : k,
                AStep = transposeA ? m : 1,
                B = pb,
                BStep = transposeB ? 1 : n,
                BColumn = transposeB ? k : 1,
                C = pc,
                CRow = n,
                M = m,
                N = n,
                K = k,
                Accumulate = accumulate,
            };
            Run(problem, default(NoEpilogue), isa);
        }
    }

    internal static void Dense<TActivation>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> kernel, ReadOnlySpan<float> bias, Span<float> preactivation, Span<float> y,
        int batch, int inputs, int units, DropoutMask dropout, Isa isa)
        where TActivation : struct, IActivation
    {
        Shape.Require(x.Length, batch, inputs, nameof(x));
        Shape.Require(kernel.Length, inputs, units, nameof(kernel));
        Shape.RequireIfAny(bias.Length, 1, units, nameof(bias));
        Shape.RequireIfAny(preactivation.Length, batch, units, nameof(preactivation));
        Shape.Require(y.Length, batch, units, nameof(y));
        fixed (float* px = x, pw = kernel, pb = bias, pz = preactivation, py = y)
        {
            var problem = new GemmProblem
            {
                A = px,
                ARow = inputs,
                AStep = 1,
                B = pw,
                BStep = units,
                BColumn = 1,
                C = py,
                CRow = units,
                M = batch,
                N = units,
                K = inputs,
            };
            var tail = new RowTail<TActivation>(null, null, pb, new DropoutBits(dropout, units));
            Run(problem, new DenseEpilogue<TActivation>(tail, pz, units), isa);
        }
    }

    private static void Run<TEpilogue>(in GemmProblem problem, TEpilogue epilogue, Isa isa)
        where TEpilogue : struct, IGemmEpilogue
    {
        switch (isa)
        {
            case Isa.Vector512: GemmDriver<Lanes16, TEpilogue>.Run(problem, epilogue); break;
            case Isa.Vector256: GemmDriver<Lanes8, TEpilogue>.Run(problem, epilogue); break;
            default: GemmScalar.Run(problem, epilogue); break;
        }
    }
}
