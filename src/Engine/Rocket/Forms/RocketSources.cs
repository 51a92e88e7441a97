using System.Runtime.CompilerServices;

namespace FastNets.Rocket;

/// <summary>Where a kernel's outputs come from while they are counted.</summary>
/// <typeparam name="TLanes">The registers.</typeparam>
internal interface IRocketSource<TLanes>
    where TLanes : struct, IRocketLanes<TLanes>
{
    /// <summary>The outputs at a position and the next ones.</summary>
    TLanes At(nint position);
}

/// <summary>Outputs that were computed before.</summary>
internal readonly unsafe struct StoredOutput<TLanes>(float* output) : IRocketSource<TLanes>
    where TLanes : struct, IRocketLanes<TLanes>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes At(nint position) => TLanes.Load(output + position);
}

/// <summary>Outputs computed here, from the three terms of a kernel.</summary>
internal readonly unsafe struct SummedOutput<TLanes>(float* first, float* second, float* third) : IRocketSource<TLanes>
    where TLanes : struct, IRocketLanes<TLanes>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes At(nint position) => TLanes.Load(first + position) + TLanes.Load(second + position) + TLanes.Load(third + position);
}
