using System.Runtime.CompilerServices;

namespace FastNets.Rocket;

/// <content>What the outputs of half of the kernels change: a register of counts and one of biases at a time, with all outputs. Between two groups of this half lies one of the other.</content>
/// <remarks>Comparing is what takes the time, so outputs that were compared when they were added are not compared again when they are taken away.</remarks>
internal sealed unsafe partial class MiniRocketSlide<TLanes>
{
    // These loops are compiled once, with all optimisations, as those that count a whole series are.

    /// <summary>Adds and takes away the outputs of padded kernels, and keeps how many of the edges were added.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void ChangePadded(float* outputs, float* biases, float* counts, byte* history, int features)
    {
        for (int group = 0; group < Groups; group++, outputs += RocketSlide.Padded.Length * TLanes.Count, biases += features * TLanes.Count, counts += features * TLanes.Count)
        {
            for (int i = 0; i < features; i++, biases += TLanes.Count, counts += TLanes.Count, history += TLanes.Count)
            {
                TLanes bias = TLanes.Load(biases);
                TLanes edges = CountEdges(outputs, bias);
                edges.StoreBytes(history);
                TLanes count = TLanes.AddWhole(TLanes.Load(counts), edges);
                count = TLanes.CountAbove(count, TLanes.Load(outputs + (RocketSlide.Added * TLanes.Count)), bias);
                for (int at = RocketSlide.Removed; at < RocketSlide.Padded.Length; at++) count = TLanes.DiscountAbove(count, TLanes.Load(outputs + (at * TLanes.Count)), bias);
                count.Store(counts);
            }
        }
    }

    /// <summary>Adds and takes away the outputs of padded kernels where it was kept how many of the edges were added as many steps before as the dilation is.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void ChangeRemembered(float* outputs, float* biases, float* counts, byte* history, int features)
    {
        for (int group = 0; group < Groups; group++, outputs += RocketSlide.RemovedEdges * TLanes.Count, biases += features * TLanes.Count, counts += features * TLanes.Count)
        {
            for (int i = 0; i < features; i++, biases += TLanes.Count, counts += TLanes.Count, history += TLanes.Count)
            {
                TLanes bias = TLanes.Load(biases);
                TLanes edges = CountEdges(outputs, bias), before = TLanes.LoadBytes(history);
                edges.StoreBytes(history);
                TLanes count = TLanes.AddWhole(TLanes.Load(counts), TLanes.SubtractWhole(edges, before));
                count = TLanes.CountAbove(count, TLanes.Load(outputs + (RocketSlide.Added * TLanes.Count)), bias);
                TLanes.DiscountAbove(count, TLanes.Load(outputs + (RocketSlide.Removed * TLanes.Count)), bias).Store(counts);
            }
        }
    }

    /// <summary>Adds and takes away the one output each of kernels without padding.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void ChangeUnpadded(float* outputs, float* biases, float* counts, int features)
    {
        for (int group = 0; group < Groups; group++, outputs += 2 * TLanes.Count, biases += features * TLanes.Count, counts += features * TLanes.Count)
        {
            TLanes added = TLanes.Load(outputs), removed = TLanes.Load(outputs + TLanes.Count);
            for (int i = 0; i < features; i++, biases += TLanes.Count, counts += TLanes.Count)
            {
                TLanes bias = TLanes.Load(biases);
                TLanes count = TLanes.CountAbove(TLanes.Load(counts), added, bias);
                TLanes.DiscountAbove(count, removed, bias).Store(counts);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes CountEdges(float* outputs, TLanes bias)
    {
        // Two sums, so that additions need not wait for one another.
        TLanes right = TLanes.CountAbove(default, TLanes.Load(outputs), bias);
        TLanes left = TLanes.CountAbove(default, TLanes.Load(outputs + TLanes.Count), bias);
        right = TLanes.CountAbove(right, TLanes.Load(outputs + (2 * TLanes.Count)), bias);
        left = TLanes.CountAbove(left, TLanes.Load(outputs + (3 * TLanes.Count)), bias);
        right = TLanes.CountAbove(right, TLanes.Load(outputs + (4 * TLanes.Count)), bias);
        left = TLanes.CountAbove(left, TLanes.Load(outputs + (5 * TLanes.Count)), bias);
        right = TLanes.CountAbove(right, TLanes.Load(outputs + (6 * TLanes.Count)), bias);
        left = TLanes.CountAbove(left, TLanes.Load(outputs + (7 * TLanes.Count)), bias);
        return TLanes.AddWhole(right, left);
    }
}
