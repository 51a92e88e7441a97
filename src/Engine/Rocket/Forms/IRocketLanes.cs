using System.Runtime.Intrinsics;

namespace FastNets.Rocket;

/// <summary>A register of numbers with what counting needs: comparing, and adding up what compared true.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
internal unsafe interface IRocketLanes<TSelf>
    where TSelf : struct, IRocketLanes<TSelf>
{
    /// <summary>The number of lanes, a power of two.</summary>
    static abstract int Count { get; }

    /// <summary>Whether there are registers for eight counts and eight biases at a time.</summary>
    static abstract bool HasManyRegisters { get; }

    /// <summary>All lanes the same.</summary>
    static abstract TSelf Create(float value);

    /// <summary>Consecutive numbers.</summary>
    static abstract TSelf Load(float* address);

    /// <summary>Writes all lanes.</summary>
    void Store(float* address);

    static abstract TSelf operator +(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a, TSelf b);

    static abstract TSelf operator *(TSelf a, TSelf b);

    /// <summary>Adds one to the whole numbers in <paramref name="counts"/> where <paramref name="values"/> exceed the bias.</summary>
    static abstract TSelf CountAbove(TSelf counts, TSelf values, TSelf bias);

    /// <summary>Takes one from the whole numbers in <paramref name="counts"/> where <paramref name="values"/> exceed the bias.</summary>
    static abstract TSelf DiscountAbove(TSelf counts, TSelf values, TSelf bias);

    /// <summary>Adds whole numbers.</summary>
    static abstract TSelf AddWhole(TSelf a, TSelf b);

    /// <summary>The sums over the lanes of four registers of whole numbers, each from -128 to 127.</summary>
    static abstract Vector128<int> Sums(TSelf counts0, TSelf counts1, TSelf counts2, TSelf counts3);

    /// <summary>Adds the sums over the lanes of eight registers of whole numbers, each from -128 to 127, to two times four counts, aligned to four.</summary>
    static abstract void AddSums(
        TSelf counts0, TSelf counts1, TSelf counts2, TSelf counts3, TSelf counts4, TSelf counts5, TSelf counts6, TSelf counts7, int* first, int* second);
}
