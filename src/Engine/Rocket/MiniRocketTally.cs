using System.Numerics;
using System.Runtime.CompilerServices;

namespace FastNets.Rocket;

/// <summary>Counts how many positions exceed each bias of a comparison tree, from the outcomes of the tree's levels.</summary>
/// <remarks>
/// A level's outcomes are a word with one bit a position. Of the positions on the path to a node, those that exceed the node's
/// bias go to the right, to the higher biases. A position exceeds a bias when it did so at its node, or went to the right above it.
/// </remarks>
internal static unsafe class MiniRocketTally
{
    /// <summary>Adds to the counts of a tree of three biases.</summary>
    /// <param name="path">The positions that reach this tree.</param>
    /// <param name="m1">The outcomes of the first level.</param>
    /// <param name="m2">The outcomes of the second level.</param>
    /// <param name="above">How many positions exceed all biases of this tree because they went to the right above it.</param>
    /// <param name="counts">The counts, biases in ascending order.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add3(ulong path, ulong m1, ulong m2, int above, int* counts)
    {
        ulong right = path & m1;
        int n = above + BitOperations.PopCount(right);
        counts[1] += n;
        counts[2] += above + BitOperations.PopCount(right & m2);
        counts[0] += n + BitOperations.PopCount(path & ~m1 & m2);
    }

    /// <summary>Adds to the counts of a tree of seven biases.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add7(ulong path, ulong m1, ulong m2, ulong m3, int above, int* counts)
    {
        ulong right = path & m1;
        int n = above + BitOperations.PopCount(right);
        counts[3] += n;
        Add3(right, m2, m3, above, counts + 4);
        Add3(path & ~m1, m2, m3, n, counts);
    }

    /// <summary>Adds to the counts of a tree of fifteen biases.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add15(ulong path, ulong m1, ulong m2, ulong m3, ulong m4, int above, int* counts)
    {
        ulong right = path & m1;
        int n = above + BitOperations.PopCount(right);
        counts[7] += n;
        Add7(right, m2, m3, m4, above, counts + 8);
        Add7(path & ~m1, m2, m3, m4, n, counts);
    }

    /// <summary>Adds to the counts of a tree of thirty-one biases.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add31(ulong path, ulong m1, ulong m2, ulong m3, ulong m4, ulong m5, int above, int* counts)
    {
        ulong right = path & m1;
        int n = above + BitOperations.PopCount(right);
        counts[15] += n;
        Add15(right, m2, m3, m4, m5, above, counts + 16);
        Add15(path & ~m1, m2, m3, m4, m5, n, counts);
    }
}
