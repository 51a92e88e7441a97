using System.Runtime.Intrinsics;

namespace FastNets.Rocket;

/// <summary>A register of numbers with what counting over positions needs.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
internal unsafe interface IRocketLanes<TSelf> : ISlideLanes<TSelf>
    where TSelf : struct, IRocketLanes<TSelf>
{
    /// <summary>Counts how many of the values exceed each of four biases.</summary>
    /// <remarks>Counts are bytes, four a lane's worth of each feature: none may pass 255, so that a run has at most that many registers of values.</remarks>
    /// <typeparam name="TValues">What is known of the values and biases.</typeparam>
    /// <param name="counts">The counts so far.</param>
    /// <param name="values">The values.</param>
    /// <param name="bias0">The first feature's bias.</param>
    /// <param name="bias1">The second feature's bias.</param>
    /// <param name="bias2">The third feature's bias.</param>
    /// <param name="bias3">The fourth feature's bias.</param>
    static abstract TSelf CountAbove<TValues>(TSelf counts, TSelf values, TSelf bias0, TSelf bias1, TSelf bias2, TSelf bias3)
        where TValues : struct, IRocketValues;

    /// <summary>The sums over the lanes of four features' counts.</summary>
    static abstract Vector128<int> Sums(TSelf counts);

    /// <summary>Adds the sums over the lanes of two times four features' counts to two times four counts, aligned to four.</summary>
    static abstract void AddSums(TSelf counts0, TSelf counts1, int* first, int* second);
}
