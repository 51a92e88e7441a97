namespace FastNets.Rocket.Heads.Solver;

/// <summary>A register of numbers of either precision: what the tiles of products are written over.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
/// <typeparam name="TNumber">Float or double.</typeparam>
internal unsafe interface ITileLanes<TSelf, TNumber>
    where TSelf : struct, ITileLanes<TSelf, TNumber>
    where TNumber : unmanaged
{
    /// <summary>The number of lanes.</summary>
    static abstract int Count { get; }

    /// <summary>Whether there are 32 registers, not 16.</summary>
    static abstract bool HasManyRegisters { get; }

    /// <summary>All lanes the number at an address.</summary>
    static abstract TSelf Broadcast(TNumber* address);

    /// <summary>Consecutive numbers.</summary>
    static abstract TSelf Load(TNumber* address);

    /// <summary>Writes all lanes.</summary>
    void Store(TNumber* address);

    static abstract TSelf operator +(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a, TSelf b);

    /// <summary>a * b + c; rounded once with vectors.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);
}
