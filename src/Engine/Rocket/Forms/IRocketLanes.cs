using System.Runtime.Intrinsics;

namespace FastNets.Rocket;

/// <summary>A register of numbers with what counting over positions needs: comparing, and adding up what compared true.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
internal unsafe interface IRocketLanes<TSelf> : ISlideLanes<TSelf>
    where TSelf : struct, IRocketLanes<TSelf>
{
    /// <summary>Whether there are registers for eight counts and eight biases at a time.</summary>
    static abstract bool HasManyRegisters { get; }

    /// <summary>The sums over the lanes of four registers of whole numbers, each from -128 to 127.</summary>
    static abstract Vector128<int> Sums(TSelf counts0, TSelf counts1, TSelf counts2, TSelf counts3);

    /// <summary>Adds the sums over the lanes of eight registers of whole numbers, each from -128 to 127, to two times four counts, aligned to four.</summary>
    static abstract void AddSums(
        TSelf counts0, TSelf counts1, TSelf counts2, TSelf counts3, TSelf counts4, TSelf counts5, TSelf counts6, TSelf counts7, int* first, int* second);
}
