using System.Runtime.CompilerServices;

namespace FastNets.Kernels.Lanes;

/// <summary>Loads and stores for loops that take the last, incomplete register as they take the others.</summary>
internal static unsafe class LaneEnds
{
    /// <summary>The first <paramref name="rest"/> numbers, or a whole register of them where there are more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Load<T>(float* address, int rest)
        where T : struct, ILanes<T> => rest >= T.Count ? T.Load(address) : T.LoadFirst(address, rest);

    /// <summary>Writes the first <paramref name="rest"/> lanes, or all of them where there are fewer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(T value, float* address, int rest)
        where T : struct, ILanes<T>
    {
        if (rest >= T.Count) value.Store(address);
        else value.StoreFirst(address, rest);
    }
}
