using System.Runtime.Intrinsics.X86;

namespace FastNets.Kernels;

/// <summary>The instruction sets that kernels are written for, from the narrowest to the widest.</summary>
public enum Isa
{
    /// <summary>One number at a time: the form that defines the right answer.</summary>
    Scalar,

    /// <summary>Vectors of 128 bits, which every 64-bit processor has (SSE2, NEON). MiniRocket has a form for them; all other kernels then run one number at a time.</summary>
    Vector128,

    /// <summary>Vectors of 256 bits: AVX2 with FMA.</summary>
    Vector256,

    /// <summary>Vectors of 512 bits: AVX-512 F, BW, DQ and VL.</summary>
    Vector512,
}

/// <summary>Which instruction set the kernels use in this process.</summary>
/// <remarks>Chosen once: the widest that the processor has, or what <c>FASTNETS_ISA</c> asks for (<c>scalar</c>, <c>vector128</c>, <c>avx2</c>, <c>avx512</c>).</remarks>
public static class CpuIsa
{
    /// <summary>The environment variable that forces a form.</summary>
    public const string EnvironmentVariable = "FASTNETS_ISA";

    /// <summary>The widest form that the processor and the runtime's switches allow.</summary>
    public static Isa Best { get; } = IsSupported(Isa.Vector512) ? Isa.Vector512 : IsSupported(Isa.Vector256) ? Isa.Vector256 : IsSupported(Isa.Vector128) ? Isa.Vector128 : Isa.Scalar;

    /// <summary>The form in use.</summary>
    public static Isa Active { get; } = FromEnvironment();

    /// <summary>Whether a form can run here.</summary>
    /// <param name="isa">The form.</param>
    /// <remarks>
    /// 512 bits are asked for by the instructions, not by <c>Vector512.IsHardwareAccelerated</c>: the runtime answers no to
    /// the latter on older server processors although explicit AVX-512 code runs there, and well.
    /// </remarks>
    public static bool IsSupported(Isa isa) => isa switch
    {
        Isa.Scalar => true,
        Isa.Vector128 => System.Runtime.Intrinsics.Vector128.IsHardwareAccelerated,
        Isa.Vector256 => Avx2.IsSupported && Fma.IsSupported,
        Isa.Vector512 => Avx512F.IsSupported && Avx512BW.IsSupported && Avx512DQ.IsSupported && Avx512F.VL.IsSupported && Fma.IsSupported,
        _ => false,
    };

    /// <summary>The name by which <c>FASTNETS_ISA</c>, reports and benchmarks know a form.</summary>
    /// <param name="isa">The form.</param>
    public static string Name(Isa isa) => isa switch
    {
        Isa.Vector512 => "avx512",
        Isa.Vector256 => "avx2",
        Isa.Vector128 => "vector128",
        _ => "scalar",
    };

    private static Isa FromEnvironment()
    {
        string? text = Environment.GetEnvironmentVariable(EnvironmentVariable);
        if (string.IsNullOrWhiteSpace(text)) return Best;
        foreach (Isa isa in Enum.GetValues<Isa>())
        {
            if (!text.Equals(Name(isa), StringComparison.OrdinalIgnoreCase)) continue;
            return IsSupported(isa)
                ? isa
                : throw new PlatformNotSupportedException($"{EnvironmentVariable}={text}: this processor, or a switch of the runtime, does not allow it; the widest form here is {Name(Best)}.");
        }

        throw new ArgumentException($"{EnvironmentVariable}={text} is not known; use scalar, vector128, avx2 or avx512.");
    }
}
