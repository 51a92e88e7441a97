using System.Runtime.Intrinsics;

namespace FastNets.Kernels.Pointwise;

/// <summary>A function of one number, with its derivative: what a kernel applies to each element as it passes.</summary>
/// <remarks>Implemented by empty structs and used as a type argument, so that the compiler writes a loop for each function.</remarks>
public interface IActivation
{
    /// <summary>
    /// What <see cref="Derivative(float)"/> is a function of: the input x where true, the output y = f(x) where false.
    /// It decides which of the two a network keeps for the backward pass.
    /// </summary>
    static abstract bool DerivativeOfInput { get; }

    /// <summary>f(x) = x: kernels leave the call out.</summary>
    static virtual bool IsIdentity => false;

    /// <summary>
    /// f for kernels that are not compiled for each function: 4 bits a function, the first one of a chain lowest, 0 behind the last; 0 for the identity. The
    /// functions are numbered as in <see cref="Activation"/>.
    /// </summary>
    /// <exception cref="NotSupportedException">The function is the program's own, which no GPU has a form of.</exception>
    static virtual ulong DeviceCode =>
        throw new NotSupportedException("A function of the program's own (Custom<T>) has no form for a GPU: run the network on the processor, or write it as a layer of the program's own, which runs on the processor between two copies.");

    /// <summary>f(x).</summary>
    /// <param name="x">The input.</param>
    static abstract float Forward(float x);

    /// <summary>f(x), lane by lane.</summary>
    /// <param name="x">The inputs.</param>
    static abstract Vector256<float> Forward(Vector256<float> x);

    /// <summary>f(x), lane by lane.</summary>
    /// <param name="x">The inputs.</param>
    static abstract Vector512<float> Forward(Vector512<float> x);

    /// <summary>df/dx.</summary>
    /// <param name="saved">x or f(x), see <see cref="DerivativeOfInput"/>.</param>
    static abstract float Derivative(float saved);

    /// <summary>df/dx, lane by lane.</summary>
    /// <param name="saved">x or f(x), see <see cref="DerivativeOfInput"/>.</param>
    static abstract Vector256<float> Derivative(Vector256<float> saved);

    /// <summary>df/dx, lane by lane.</summary>
    /// <param name="saved">x or f(x), see <see cref="DerivativeOfInput"/>.</param>
    static abstract Vector512<float> Derivative(Vector512<float> saved);
}
