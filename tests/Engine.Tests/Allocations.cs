namespace FastNets.Engine.Tests;

/// <summary>What calls allocate.</summary>
internal static class Allocations
{
    private const int Rounds = 5;
    private const int CallsOfRound = 5;

    /// <summary>The bytes of the managed heap that some calls in a row take on this thread, after a first one: the least of some rounds.</summary>
    /// <remarks>What happens once is left out: a lock of the runtime allocates what it needs to wait the first time that another thread holds it, whichever call that is.</remarks>
    public static long Of(Action call)
    {
        call();
        long least = long.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < CallsOfRound; i++) call();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
