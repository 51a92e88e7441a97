using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FastNets.Rocket;

/// <summary>What becomes of the counts: the features' values in a row.</summary>
/// <typeparam name="T">The type of a feature's value.</typeparam>
/// <typeparam name="TSelf">The implementing type.</typeparam>
internal unsafe interface IRocketOutput<T, TSelf>
    where T : unmanaged
    where TSelf : struct, IRocketOutput<T, TSelf>
{
    /// <summary>Prepares for features that count over a number of positions.</summary>
    static abstract TSelf Over(int positions);

    /// <summary>Writes four features' values.</summary>
    /// <param name="counts">Their counts.</param>
    /// <param name="row">Where they go.</param>
    void Write(Vector128<int> counts, T* row);

    /// <summary>One feature's value.</summary>
    T Value(int count);
}

/// <summary>The proportion of positions (PPV), single precision: the count divided by the number of positions, rounded once.</summary>
internal readonly unsafe struct ShareOutput : IRocketOutput<float, ShareOutput>
{
    private readonly float _positions;
    private readonly float _reciprocal;

    private ShareOutput(int positions)
    {
        _positions = positions;
        _reciprocal = 1f / positions;
    }

    /// <inheritdoc/>
    public static ShareOutput Over(int positions) => new(positions);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(Vector128<int> counts, float* row)
    {
        Vector128<float> count = Vector128.ConvertToSingle(counts);
        if (!Fma.IsSupported)
        {
            (count / Vector128.Create(_positions)).Store(row);
            return;
        }

        // Division takes several times as long. The product with the rounded reciprocal, corrected once, is the rounded quotient
        // (Markstein, "Computation of elementary functions on the IBM RISC System/6000 processor", 1990, theorem 6).
        Vector128<float> positions = Vector128.Create(_positions), reciprocal = Vector128.Create(_reciprocal);
        Vector128<float> quotient = count * reciprocal;
        Vector128<float> rest = Fma.MultiplyAddNegated(quotient, positions, count);
        Fma.MultiplyAdd(rest, reciprocal, quotient).Store(row);
    }

    /// <inheritdoc/>
    public float Value(int count) => count / _positions;
}

/// <summary>The count itself as 16 bits; positions are at most 65535.</summary>
internal readonly unsafe struct CountOutput : IRocketOutput<ushort, CountOutput>
{
    /// <inheritdoc/>
    public static CountOutput Over(int positions) => default;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(Vector128<int> counts, ushort* row)
        => *(ulong*)row = Vector128.Narrow(counts.AsUInt32(), counts.AsUInt32()).AsUInt64()[0];

    /// <inheritdoc/>
    public ushort Value(int count) => (ushort)count;
}

/// <summary>Puts counts into a row of features.</summary>
internal static unsafe class RocketRow
{
    /// <summary>Writes the features of some kernels with one dilation.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="length">The series' number of time steps.</param>
    /// <param name="dilationIndex">The dilation.</param>
    /// <param name="firstKernel">The first kernel.</param>
    /// <param name="kernels">The number of kernels.</param>
    /// <param name="counts">Their counts, <see cref="MiniRocketForm.CountStride"/> a kernel.</param>
    /// <param name="row">The series' features.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Write<T, TOutput>(MiniRocketParameters parameters, int length, int dilationIndex, int firstKernel, int kernels, int* counts, T* row)
        where T : unmanaged
        where TOutput : struct, IRocketOutput<T, TOutput>
    {
        int features = parameters.FeaturesPerDilation[dilationIndex];
        int stride = MiniRocketForm.CountStride(features);
        row += parameters.FirstFeatureOf(dilationIndex) + ((long)firstKernel * features);

        // Kernels of even index and of odd index count over different numbers of positions.
        int evenPositions = parameters.PositionsOf(dilationIndex, firstKernel, length);
        int oddPositions = parameters.PositionsOf(dilationIndex, firstKernel + 1, length);
        TOutput even = TOutput.Over(evenPositions), odd = TOutput.Over(oddPositions);

        // Four at a time; what goes beyond a kernel's features is written over by the next kernel's, so that the last ones are written one by one.
        int fast = Math.Max(kernels - 4, 0) & ~1;
        for (int kernel = 0; kernel < fast; kernel += 2, counts += 2 * stride, row += 2 * features)
        {
            for (int i = 0; i < features; i += 4) even.Write(Vector128.LoadAligned(counts + i), row + i);
            for (int i = 0; i < features; i += 4) odd.Write(Vector128.LoadAligned(counts + stride + i), row + features + i);
        }

        for (int kernel = fast; kernel < kernels; kernel++, counts += stride, row += features)
        {
            TOutput output = (kernel & 1) == 0 ? even : odd;
            for (int i = 0; i < features; i++) row[i] = output.Value(counts[i]);
        }
    }
}
