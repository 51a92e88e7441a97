using FastNets.Memory;

namespace FastNets.Rocket;

/// <summary>A part of the work of the transform: up to 31 features of every kernel with one dilation.</summary>
/// <param name="DilationIndex">The dilation.</param>
/// <param name="Tree">How the biases are arranged.</param>
/// <param name="Features">The number of features of a kernel in this pass.</param>
/// <param name="FirstFeature">The index of the first kernel's first feature; that of the next kernel is <paramref name="FeatureStride"/> further on.</param>
/// <param name="FeatureStride">The number of features that a kernel has with this dilation.</param>
/// <param name="Table">Where the first kernel's table begins.</param>
/// <param name="Order">Where the first kernel's order begins.</param>
internal readonly record struct MiniRocketPass(int DilationIndex, MiniRocketTree Tree, int Features, int FirstFeature, int FeatureStride, int Table, int Order);

/// <summary>The biases of a transform arranged in comparison trees, and where each feature is found in them.</summary>
/// <remarks>
/// Which of k biases an output exceeds takes as many comparisons as a tree over them has levels, about log2 k, instead of k:
/// the outcome at a node chooses the bias that is compared next.
/// </remarks>
internal sealed unsafe class MiniRocketTreePlan
{
    /// <summary>The distance between the orders of two kernels.</summary>
    public const int OrderStride = 32;

    private const int Aligned = AlignedBuffer.Alignment / sizeof(float);

    /// <summary>Arranges the biases.</summary>
    public MiniRocketTreePlan(MiniRocketParameters parameters)
    {
        var passes = new List<MiniRocketPass>();
        int first = 0, table = 0, order = 0;
        for (int d = 0; d < parameters.Dilations.Length; d++)
        {
            int features = parameters.FeaturesPerDilation[d];
            for (int done = 0; done < features; done += MiniRocketTrees.MostBiases)
            {
                int now = Math.Min(features - done, MiniRocketTrees.MostBiases);
                MiniRocketTree tree = MiniRocketTrees.For(now);
                passes.Add(new MiniRocketPass(d, tree, now, first + done, features, table, order));
                table = checked(table + (MiniRocketKernels.Count * MiniRocketTrees.TableLength(tree)) + Aligned - 1) & -Aligned;
                order = checked(order + (MiniRocketKernels.Count * OrderStride));
            }

            first += features * MiniRocketKernels.Count;
        }

        Passes = [.. passes];
        Tables = new AlignedBuffer(table);
        Orders = new byte[order];
        foreach (MiniRocketPass pass in Passes)
        {
            for (int kernel = 0; kernel < MiniRocketKernels.Count; kernel++) Arrange(pass, kernel, parameters.Biases);
        }
    }

    /// <summary>The passes, in the order of the features.</summary>
    public MiniRocketPass[] Passes { get; }

    /// <summary>The tables of all passes and kernels.</summary>
    public AlignedBuffer Tables { get; }

    /// <summary>For each pass and kernel: in which count each feature's number is.</summary>
    public byte[] Orders { get; }

    private void Arrange(in MiniRocketPass pass, int kernel, ReadOnlySpan<float> allBiases)
    {
        // What a tree has beyond the biases is never exceeded and counted for nothing.
        int[] parts = MiniRocketTrees.Parts(pass.Tree);
        float[] sorted = new float[parts.Sum()];
        int[] featureOf = [.. Enumerable.Range(0, pass.Features)];
        Array.Fill(sorted, float.PositiveInfinity);
        allBiases.Slice(pass.FirstFeature + (kernel * pass.FeatureStride), pass.Features).CopyTo(sorted);
        Array.Sort(sorted, featureOf, 0, pass.Features);
        for (int slot = 0; slot < pass.Features; slot++) Orders[pass.Order + (kernel * OrderStride) + featureOf[slot]] = (byte)slot;

        int length = MiniRocketTrees.TableLength(pass.Tree);
        Span<float> table = Tables.Span(pass.Table + ((long)kernel * length), length);
        int done = 0;
        foreach (int part in parts)
        {
            MiniRocketTrees.WriteTable(sorted.AsSpan(done, part), table);
            table = table[MiniRocketTrees.TableLength(part)..];
            done += part;
        }
    }
}
