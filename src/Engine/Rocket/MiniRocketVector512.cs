using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FastNets.Rocket;

/// <summary>The transform with vectors of 512 bits (AVX-512).</summary>
/// <remarks>
/// The outputs of a kernel run down comparison trees, 16 positions at a time; the outcomes of a level are masks, and counting is
/// counting bits: no sum across lanes anywhere. See <see cref="MiniRocketTreePlan"/> and <see cref="MiniRocketTally"/>.
/// </remarks>
internal sealed unsafe class MiniRocketVector512(MiniRocketParameters parameters) : MiniRocketForm
{
    private const int Lanes = MiniRocketLanes512.Width;

    // Positions worked on at a time: the arrays of a block, 16 of 1 KiB, stay in the first-level cache.
    private const int Block = 256;

    // Of a block: 3x shifted for each tap, then alpha plus each of these that a kernel can begin with.
    private const int FirstTerms = MiniRocketKernels.Length;
    private const int Arrays = FirstTerms + MiniRocketKernels.FirstTaps;

    private const int MostCounts = 2 * Lanes;

    private readonly MiniRocketTreePlan _plan = new(parameters);
    private readonly MiniRocketInput _input = new(parameters);

    /// <inheritdoc/>
    public override long ScratchLength => _input.Length + (Arrays * Block) + (MiniRocketKernels.Count * MostCounts);

    /// <inheritdoc/>
    public override void Transform(ReadOnlySpan<float> series, float* scratch, Span<float> features)
    {
        float* x = _input.Write(series, scratch);
        float* block = scratch + _input.Length;
        int* counts = (int*)(block + (Arrays * Block));
        fixed (float* row = features)
        {
            foreach (MiniRocketPass pass in _plan.Passes)
            {
                switch (pass.Tree)
                {
                    case MiniRocketTree.One: Run<TreeOne512>(pass, x, block, counts, row); break;
                    case MiniRocketTree.OneOne: Run<TreePair512<TreeOne512, TreeOne512>>(pass, x, block, counts, row); break;
                    case MiniRocketTree.Three: Run<TreeThree512>(pass, x, block, counts, row); break;
                    case MiniRocketTree.ThreeOne: Run<TreePair512<TreeThree512, TreeOne512>>(pass, x, block, counts, row); break;
                    case MiniRocketTree.ThreeThree: Run<TreePair512<TreeThree512, TreeThree512>>(pass, x, block, counts, row); break;
                    case MiniRocketTree.Seven: Run<TreeSeven512>(pass, x, block, counts, row); break;
                    case MiniRocketTree.SevenOne: Run<TreePair512<TreeSeven512, TreeOne512>>(pass, x, block, counts, row); break;
                    case MiniRocketTree.Fifteen: Run<TreeFifteen512>(pass, x, block, counts, row); break;
                    default: Run<TreeThirtyOne512>(pass, x, block, counts, row); break;
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Run<TTree>(in MiniRocketPass pass, float* x, float* block, int* counts, float* row)
        where TTree : struct, IMiniRocketTree512
    {
        int dilation = parameters.Dilations[pass.DilationIndex];
        float* tables = _plan.Tables.Pointer + pass.Table;
        new Span<int>(counts, MiniRocketKernels.Count * CountStride<TTree>()).Clear();
        for (int parity = 0; parity < 2; parity++)
        {
            int start = parity == 0 ? 0 : MiniRocketKernels.Reach(dilation);
            int end = parameters.InputLength - start;
            for (int at = start; at < end; at += Block)
            {
                int positions = Math.Min(Block, end - at);
                int vectors = (positions + Lanes - 1) / Lanes;
                ulong tail = ulong.MaxValue >> (-positions & 63);
                WriteTerms(x + at, dilation, vectors * Lanes, block);
                CountKernels<TTree>((pass.DilationIndex & 1) ^ parity, block, vectors, tail, tables, counts);
            }
        }

        fixed (byte* orders = _plan.Orders) WriteFeatures<TTree>(pass, counts, orders + pass.Order, row + pass.FirstFeature);
    }

    // A kernel's counts fill whole vectors, so that they can be put in order by a lookup.
    private static int CountStride<TTree>()
        where TTree : struct, IMiniRocketTree512 => TTree.Biases <= Lanes ? Lanes : MostCounts;

    /// <summary>Writes the terms of all kernels' outputs of one block: 3x for each tap, and alpha plus the first.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void WriteTerms(float* x, int dilation, nint length, float* block)
    {
        Vector512<float> three = Vector512.Create(3f);
        float* firstTap = x - MiniRocketKernels.Reach(dilation);
        for (nint t = 0; t < length; t += Lanes)
        {
            Vector512<float> alpha = -Vector512.Load(x + t);
            for (int tap = 0; tap < MiniRocketKernels.Length; tap++)
            {
                Vector512<float> value = Vector512.Load(firstTap + (tap * dilation) + t);
                (three * value).StoreAligned(block + (tap * Block) + t);
                if (tap != MiniRocketKernels.Centre) alpha -= value;
            }

            for (int tap = 0; tap < MiniRocketKernels.FirstTaps; tap++)
                (alpha + Vector512.LoadAligned(block + (tap * Block) + t)).StoreAligned(block + ((FirstTerms + tap) * Block) + t);
        }
    }

    /// <summary>Counts for the kernels of even index, or where <paramref name="odd"/> is 1 those of odd index, over one block.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CountKernels<TTree>(int odd, float* block, nint vectors, ulong tail, float* tables, int* counts)
        where TTree : struct, IMiniRocketTree512
    {
        // Kernels that share two terms could share their sum; storing and loading it in many short loops costs what it saves.
        float* firstTerms = block + (FirstTerms * Block);
        for (int kernel = odd; kernel < MiniRocketKernels.Count; kernel += 2)
        {
            (int a, int b, int c) = MiniRocketKernels.TapsOf(kernel);
            float* table = tables + (kernel * TTree.TableLength);
            TTree.Count(firstTerms + (a * Block), block + (b * Block), block + (c * Block), vectors, tail, table, counts + (kernel * CountStride<TTree>()));
        }
    }

    /// <summary>Puts the counts of a pass in the features' order and divides them by the numbers of positions.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WriteFeatures<TTree>(in MiniRocketPass pass, int* counts, byte* order, float* row)
        where TTree : struct, IMiniRocketTree512
    {
        Vector512<float> firstMask = Avx512F.CompareLessThan(Vector512.ConvertToSingle(Vector512<int>.Indices), Vector512.Create((float)pass.Features));
        Vector512<float> secondMask = Avx512F.CompareLessThan(Vector512.ConvertToSingle(Vector512<int>.Indices), Vector512.Create((float)(pass.Features - Lanes)));
        for (int kernel = 0; kernel < MiniRocketKernels.Count; kernel++)
        {
            Vector512<float> positions = Vector512.Create((float)parameters.PositionsOf(pass.DilationIndex, kernel));
            Vector512<int> low = Vector512.LoadAligned(counts);
            Vector512<int> first = Avx512F.ConvertToVector512Int32(Vector128.Load(order));
            if (TTree.Biases <= Lanes)
            {
                Avx512F.MaskStore(row, firstMask, Vector512.ConvertToSingle(Avx512F.PermuteVar16x32(low, first)) / positions);
            }
            else
            {
                Vector512<int> high = Vector512.LoadAligned(counts + Lanes);
                Vector512<int> second = Avx512F.ConvertToVector512Int32(Vector128.Load(order + Lanes));
                Avx512F.MaskStore(row, firstMask, Vector512.ConvertToSingle(Avx512F.PermuteVar16x32x2(low, first, high)) / positions);
                Avx512F.MaskStore(row + Lanes, secondMask, Vector512.ConvertToSingle(Avx512F.PermuteVar16x32x2(low, second, high)) / positions);
            }

            counts += CountStride<TTree>();
            order += MiniRocketTreePlan.OrderStride;
            row += pass.FeatureStride;
        }
    }
}
