using System.Runtime.CompilerServices;

namespace FastNets.Rocket;

/// <summary>A comparison tree over the biases of one kernel, or several side by side.</summary>
internal unsafe interface IMiniRocketTree512
{
    /// <summary>The number of biases, and of counts.</summary>
    static abstract int Biases { get; }

    /// <summary>The number of elements of a kernel's table; agrees with <see cref="MiniRocketTrees.TableLength(MiniRocketTree)"/>.</summary>
    static abstract int TableLength { get; }

    /// <summary>Adds to each bias' count the number of positions whose output exceeds it.</summary>
    /// <param name="first">The output's first term, alpha and the first tap, aligned.</param>
    /// <param name="second">The output's second term, aligned.</param>
    /// <param name="third">The output's third term, aligned.</param>
    /// <param name="vectors">The number of vectors, at least 1.</param>
    /// <param name="tail">The positions that count in the last group of four vectors, a bit each.</param>
    /// <param name="table">The biases, as <see cref="MiniRocketTrees.WriteTable"/> writes them.</param>
    /// <param name="counts">The counts, tree after tree, each in ascending order of the biases.</param>
    static abstract void Count(float* first, float* second, float* third, nint vectors, ulong tail, float* table, int* counts);
}

/// <summary>Two trees side by side.</summary>
/// <typeparam name="TFirst">The larger one.</typeparam>
/// <typeparam name="TSecond">The other one.</typeparam>
internal readonly unsafe struct TreePair512<TFirst, TSecond> : IMiniRocketTree512
    where TFirst : struct, IMiniRocketTree512
    where TSecond : struct, IMiniRocketTree512
{
    /// <inheritdoc/>
    public static int Biases => TFirst.Biases + TSecond.Biases;

    /// <inheritdoc/>
    public static int TableLength => TFirst.TableLength < MiniRocketLanes512.Width ? TFirst.TableLength + TSecond.TableLength : 2 * MiniRocketLanes512.Width;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Count(float* first, float* second, float* third, nint vectors, ulong tail, float* table, int* counts)
    {
        TFirst.Count(first, second, third, vectors, tail, table, counts);
        TSecond.Count(first, second, third, vectors, tail, table + TFirst.TableLength, counts + TFirst.Biases);
    }
}
