using System.Runtime.CompilerServices;
using FastNets.Kernels.Lanes;

namespace FastNets.Kernels.Pointwise;

/// <summary>Sums by column that are built row by row, in the order of the rows.</summary>
internal static unsafe class ColumnSums
{
    /// <summary>total += values, element by element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<TLanes>(float* values, float* total, int count)
        where TLanes : struct, ILanes<TLanes>
    {
        int i = 0;
        for (; i <= count - TLanes.Count; i += TLanes.Count) (TLanes.Load(total + i) + TLanes.Load(values + i)).Store(total + i);
        int rest = count - i;
        if (rest > 0) (TLanes.LoadFirst(total + i, rest) + TLanes.LoadFirst(values + i, rest)).StoreFirst(total + i, rest);
    }
}
