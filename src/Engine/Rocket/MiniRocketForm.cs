using FastNets.Kernels;

namespace FastNets.Rocket;

/// <summary>One of the forms of the transform, prepared for given parameters.</summary>
/// <remarks>All forms give the same bits: they add in the same order, count integers and divide once. Immutable and thread-safe.</remarks>
internal abstract unsafe class MiniRocketForm
{
    /// <summary>How many numbers <see cref="Transform"/> needs as scratch.</summary>
    public abstract long ScratchLength { get; }

    /// <summary>Prepares a form.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="isa">The instruction set.</param>
    /// <exception cref="PlatformNotSupportedException">The processor does not have it.</exception>
    public static MiniRocketForm For(MiniRocketParameters parameters, Isa isa)
    {
        if (!CpuIsa.IsSupported(isa)) throw new PlatformNotSupportedException($"This processor does not have {CpuIsa.Name(isa)}.");
        return isa switch
        {
            Isa.Vector512 => new MiniRocketVector512(parameters),
            Isa.Vector256 => new MiniRocketVector256(parameters),
            _ => new MiniRocketScalar(parameters),
        };
    }

    /// <summary>Computes all features of one series.</summary>
    /// <param name="series">The series, as long as the parameters say, all values finite.</param>
    /// <param name="scratch"><see cref="ScratchLength"/> numbers, aligned as an <see cref="Memory.AlignedBuffer"/> is; their content does not matter.</param>
    /// <param name="features">All features; overwritten.</param>
    public abstract void Transform(ReadOnlySpan<float> series, float* scratch, Span<float> features);
}
