namespace FastNets.Backends;

/// <summary>The processor: operations run when they are called, on the arenas themselves.</summary>
internal sealed class HostDevice : NetworkDevice
{
    public HostDevice() => Backend = new CpuBackend(Arenas);

    public override Device Device => Device.Cpu;

    /// <summary>The operations on these arenas.</summary>
    public CpuBackend Backend { get; }

    private ArenaSet Arenas { get; } = new();

    public override void Allocate(Arena arena, int length) => Arenas.Allocate(arena, length);

    public override int Length(Arena arena) => Arenas.Length(arena);

    public override Span<float> Edit(Slot slot, int length) => Arenas.Span(slot, length);

    public override ReadOnlySpan<float> View(Slot slot, int length) => Arenas.Span(slot, length);

    public override void Clear(Slot slot) => Arenas.Span(slot, slot.Length).Clear();

    public override bool Begin(in PassKey pass, uint step) => false;

    public override void Send(Slot slot, int length)
    {
    }

    public override void Fetch(Slot slot, int length)
    {
    }

    public override void DontRecord()
    {
    }

    public override void Submit()
    {
    }

    public override void Finish()
    {
    }

    public override void Abort()
    {
    }

    public override void Dispose() => Arenas.Dispose();
}
