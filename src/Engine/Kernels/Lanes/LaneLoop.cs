using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FastNets.Threading;

namespace FastNets.Kernels.Lanes;

/// <summary>Work that is cut into items by its shape and written once for all register widths.</summary>
internal interface ILaneBody
{
    /// <summary>Runs one item.</summary>
    void Invoke<TLanes>(int item)
        where TLanes : struct, ILanes<TLanes>;
}

/// <summary>Runs a body's items in the chosen form, on one thread or on the pool.</summary>
internal static class LaneLoop
{
    /// <summary>
    /// Below this many elements a kernel that passes once over its data stays on one thread: 65536 take some 10 microseconds,
    /// which is what it costs to wake a sleeping worker.
    /// </summary>
    public const long ParallelElements = 1 << 16;

    /// <summary>The form of the kernels other than the matrix product: 512 bits only where the runtime thinks that wide registers pay.</summary>
    public static Isa Active { get; } = CpuIsa.Active == Isa.Vector512 && !Vector512.IsHardwareAccelerated ? Isa.Vector256 : CpuIsa.Active;

    /// <summary>Runs items 0 to <paramref name="items"/> - 1.</summary>
    public static void Run<TBody>(Isa isa, int items, bool parallel, TBody body)
        where TBody : struct, ILaneBody
    {
        switch (isa)
        {
            case Isa.Vector512: RunIn<Lanes16, TBody>(items, parallel, body); break;
            case Isa.Vector256: RunIn<Lanes8, TBody>(items, parallel, body); break;
            default: RunIn<Lanes1, TBody>(items, parallel, body); break;
        }
    }

    private static void RunIn<TLanes, TBody>(int items, bool parallel, TBody body)
        where TLanes : struct, ILanes<TLanes>
        where TBody : struct, ILaneBody
    {
        if (parallel && items > 1)
        {
            WorkerPool.Run(items, new Adapter<TLanes, TBody>(body));
            return;
        }

        for (int item = 0; item < items; item++) body.Invoke<TLanes>(item);
    }

    private readonly struct Adapter<TLanes, TBody>(TBody body) : IParallelBody
        where TLanes : struct, ILanes<TLanes>
        where TBody : struct, ILaneBody
    {
        private readonly TBody _body = body;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(int item) => _body.Invoke<TLanes>(item);
    }
}
