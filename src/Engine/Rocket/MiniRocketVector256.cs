using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FastNets.Rocket;

/// <summary>The transform with vectors of 256 bits (AVX2).</summary>
/// <remarks>
/// A true comparison is -1 in its lane, so a count is a subtraction: two instructions for eight positions of a feature. Four biases
/// are compared with each vector of output; their four accumulators are summed across lanes together, once a block.
/// </remarks>
internal sealed unsafe class MiniRocketVector256 : MiniRocketForm
{
    private const int Lanes = 8;

    // Positions worked on at a time: the arrays of a block (17 of 1 KiB) stay in the first-level cache.
    private const int Block = 256;

    // Of a block: 3x shifted for each tap, then alpha plus each of these that a kernel can begin with, then a kernel's output.
    private const int FirstTerms = MiniRocketKernels.Length;
    private const int Output = FirstTerms + MiniRocketKernels.FirstTaps;
    private const int Arrays = Output + 1;

    private readonly MiniRocketParameters _parameters;
    private readonly MiniRocketInput _input;
    private readonly int _mostFeatures;

    /// <summary>Prepares the form.</summary>
    /// <param name="parameters">The parameters.</param>
    public MiniRocketVector256(MiniRocketParameters parameters)
    {
        _parameters = parameters;
        _input = new MiniRocketInput(parameters);
        foreach (int features in parameters.FeaturesPerDilation) _mostFeatures = Math.Max(_mostFeatures, CountStride(features));
    }

    /// <inheritdoc/>
    public override long ScratchLength => _input.Length + (Arrays * Block) + ((long)MiniRocketKernels.Count * _mostFeatures);

    /// <inheritdoc/>
    public override void Transform(ReadOnlySpan<float> series, float* scratch, Span<float> features)
    {
        float* x = _input.Write(series, scratch);
        float* block = scratch + _input.Length;
        int* counts = (int*)(block + (Arrays * Block));
        fixed (float* biases = _parameters.Biases)
        fixed (float* row = features)
        {
            int first = 0;
            for (int d = 0; d < _parameters.Dilations.Length; d++)
            {
                int perKernel = _parameters.FeaturesPerDilation[d];
                new Span<int>(counts, MiniRocketKernels.Count * CountStride(perKernel)).Clear();
                CountDilation(d, x, biases + first, block, counts);
                WriteFeatures(d, counts, row + first, row + features.Length);
                first += perKernel * MiniRocketKernels.Count;
            }
        }
    }

    // Counts are written four at a time, so each kernel's begin at a multiple of four.
    private static int CountStride(int features) => (features + 3) & ~3;

    private void CountDilation(int dilationIndex, float* x, float* biases, float* block, int* counts)
    {
        int dilation = _parameters.Dilations[dilationIndex];
        int features = _parameters.FeaturesPerDilation[dilationIndex];
        for (int parity = 0; parity < 2; parity++)
        {
            int start = parity == 0 ? 0 : MiniRocketKernels.Reach(dilation);
            int end = _parameters.InputLength - start;
            for (int at = start; at < end; at += Block)
            {
                int positions = Math.Min(Block, end - at);
                WriteTerms(x + at, dilation, positions, block);
                CountKernels((dilationIndex & 1) ^ parity, block, (positions + Lanes - 1) & -Lanes, biases, features, counts);
            }
        }
    }

    /// <summary>Writes the terms of all kernels' outputs of one block: 3x for each tap, and alpha plus the first.</summary>
    /// <remarks>Beyond the last position alpha is -infinity: sums from there exceed no bias, and no loop needs a mask.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void WriteTerms(float* x, int dilation, int positions, float* block)
    {
        Vector256<float> three = Vector256.Create(3f);
        float* firstTap = x - MiniRocketKernels.Reach(dilation);
        for (nint t = 0; t < positions; t += Lanes)
        {
            Vector256<float> alpha = -Vector256.Load(x + t);
            for (int tap = 0; tap < MiniRocketKernels.Length; tap++)
            {
                Vector256<float> value = Vector256.Load(firstTap + (tap * dilation) + t);
                (three * value).StoreAligned(block + (tap * Block) + t);
                if (tap != MiniRocketKernels.Centre) alpha -= value;
            }

            if (positions - t < Lanes)
            {
                Vector256<int> valid = Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(positions - (int)t));
                alpha = Vector256.ConditionalSelect(valid.AsSingle(), alpha, Vector256.Create(float.NegativeInfinity));
            }

            for (int tap = 0; tap < MiniRocketKernels.FirstTaps; tap++)
                (alpha + Vector256.LoadAligned(block + (tap * Block) + t)).StoreAligned(block + ((FirstTerms + tap) * Block) + t);
        }
    }

    /// <summary>Counts for the kernels of even index, or where <paramref name="odd"/> is 1 those of odd index, over one block.</summary>
    private static void CountKernels(int odd, float* block, int length, float* biases, int features, int* counts)
    {
        // Kernels that share two terms could share their sum; storing and loading it in many short loops costs what it saves.
        float* firstTerms = block + (FirstTerms * Block);
        float* output = block + (Output * Block);
        for (int kernel = odd; kernel < MiniRocketKernels.Count; kernel += 2)
        {
            (int a, int b, int c) = MiniRocketKernels.TapsOf(kernel);
            Add(firstTerms + (a * Block), block + (b * Block), block + (c * Block), output, length);
            CountFeatures(output, length, biases + (kernel * features), features, counts + (kernel * CountStride(features)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(float* first, float* second, float* third, float* sum, nint length)
    {
        for (nint t = 0; t < length; t += Lanes)
            (Vector256.LoadAligned(first + t) + Vector256.LoadAligned(second + t) + Vector256.LoadAligned(third + t)).StoreAligned(sum + t);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CountFeatures(float* output, nint length, float* biases, int features, int* counts)
    {
        int j = 0;
        for (; j + 4 <= features; j += 4) Count4(output, length, biases + j, counts + j);
        switch (features - j)
        {
            case 3: Count3(output, length, biases + j, counts + j); break;
            case 2: Count2(output, length, biases + j, counts + j); break;
            case 1: Count1(output, length, biases + j, counts + j); break;
            default: break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Count4(float* output, nint length, float* biases, int* counts)
    {
        Vector256<float> b0 = Vector256.Create(biases[0]), b1 = Vector256.Create(biases[1]), b2 = Vector256.Create(biases[2]), b3 = Vector256.Create(biases[3]);
        Vector256<int> n0 = default, n1 = default, n2 = default, n3 = default;
        for (nint t = 0; t < length; t += Lanes)
        {
            Vector256<float> value = Vector256.LoadAligned(output + t);
            n0 -= Avx.CompareGreaterThan(value, b0).AsInt32();
            n1 -= Avx.CompareGreaterThan(value, b1).AsInt32();
            n2 -= Avx.CompareGreaterThan(value, b2).AsInt32();
            n3 -= Avx.CompareGreaterThan(value, b3).AsInt32();
        }

        AddSums(n0, n1, n2, n3, counts);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Count3(float* output, nint length, float* biases, int* counts)
    {
        Vector256<float> b0 = Vector256.Create(biases[0]), b1 = Vector256.Create(biases[1]), b2 = Vector256.Create(biases[2]);
        Vector256<int> n0 = default, n1 = default, n2 = default;
        for (nint t = 0; t < length; t += Lanes)
        {
            Vector256<float> value = Vector256.LoadAligned(output + t);
            n0 -= Avx.CompareGreaterThan(value, b0).AsInt32();
            n1 -= Avx.CompareGreaterThan(value, b1).AsInt32();
            n2 -= Avx.CompareGreaterThan(value, b2).AsInt32();
        }

        AddSums(n0, n1, n2, default, counts);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Count2(float* output, nint length, float* biases, int* counts)
    {
        Vector256<float> b0 = Vector256.Create(biases[0]), b1 = Vector256.Create(biases[1]);
        Vector256<int> n0 = default, n1 = default;
        for (nint t = 0; t < length; t += Lanes)
        {
            Vector256<float> value = Vector256.LoadAligned(output + t);
            n0 -= Avx.CompareGreaterThan(value, b0).AsInt32();
            n1 -= Avx.CompareGreaterThan(value, b1).AsInt32();
        }

        AddSums(n0, n1, default, default, counts);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Count1(float* output, nint length, float* biases, int* counts)
    {
        Vector256<float> b0 = Vector256.Create(biases[0]);
        Vector256<int> n0 = default;
        for (nint t = 0; t < length; t += Lanes) n0 -= Avx.CompareGreaterThan(Vector256.LoadAligned(output + t), b0).AsInt32();
        AddSums(n0, default, default, default, counts);
    }

    /// <summary>Adds the sums over the lanes of four accumulators to four counts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddSums(Vector256<int> n0, Vector256<int> n1, Vector256<int> n2, Vector256<int> n3, int* counts)
    {
        // A lane counts one block's vectors, 32 at most: words hold it. In each half:
        // pack: 0000 1111 (words); pairs added: 00 11 (doublewords); packed again: 00 11 22 33 (words); pairs added: 0 1 2 3.
        Vector256<short> ones = Vector256<short>.One;
        Vector256<int> n01 = Avx2.MultiplyAddAdjacent(Avx2.PackSignedSaturate(n0, n1), ones);
        Vector256<int> n23 = Avx2.MultiplyAddAdjacent(Avx2.PackSignedSaturate(n2, n3), ones);
        Vector256<int> sums = Avx2.MultiplyAddAdjacent(Avx2.PackSignedSaturate(n01, n23), ones);
        (Vector128.LoadAligned(counts) + sums.GetLower() + sums.GetUpper()).StoreAligned(counts);
    }

    /// <summary>Divides the counts of one dilation by the numbers of positions.</summary>
    private void WriteFeatures(int dilationIndex, int* counts, float* row, float* end)
    {
        int features = _parameters.FeaturesPerDilation[dilationIndex];
        for (int kernel = 0; kernel < MiniRocketKernels.Count; kernel++, counts += CountStride(features), row += features)
        {
            float positions = _parameters.PositionsOf(dilationIndex, kernel);
            for (int j = 0; j < features; j += 4)
            {
                Vector128<float> shares = Vector128.ConvertToSingle(Vector128.LoadAligned(counts + j)) / Vector128.Create(positions);
                // What goes beyond this kernel's features is written over by the next ones.
                if (row + j + 4 <= end)
                    shares.Store(row + j);
                else
                    for (int lane = 0; lane < features - j; lane++) row[j + lane] = shares[lane];
            }
        }
    }
}
