using System.Runtime;

namespace FastNets.Tests.Shared;

/// <summary>Holds off garbage collections while a test counts a thread's allocations: one that falls into the count adds what is left of the thread's allocation buffer to it.</summary>
public readonly struct NoCollections : IDisposable
{
    private const long Bytes = 32 << 20;

    private NoCollections(bool held) => Held = held;

    /// <summary>Whether collections are held off.</summary>
    public bool Held { get; }

    /// <summary>Begins; what the process allocates until it is disposed should stay below 32 MiB.</summary>
    public static NoCollections Begin()
    {
        if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion) return default;
        return new NoCollections(GC.TryStartNoGCRegion(Bytes));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The runtime ends it by itself when more was allocated.
        if (Held && GCSettings.LatencyMode == GCLatencyMode.NoGCRegion) GC.EndNoGCRegion();
    }
}
