using FastNets.Backends;
using FastNets.Cuda.Driver;

namespace FastNets.Cuda;

// What the host sees of the arenas: copies in pinned memory, brought up to date when they are asked for.
internal sealed unsafe partial class CudaNetworkDevice
{
    private readonly Dictionary<(Arena Arena, int Offset, int Length), HostCopy> _copies = [];

    /// <inheritdoc/>
    public override Span<float> Edit(Slot slot, int length)
    {
        HostCopy copy = Present(slot, length);
        if (!IsSent(slot.Arena)) copy.State = CopyState.HostIsNewer;
        return copy.Elements(slot, length);
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<float> View(Slot slot, int length) => Present(slot, length).Elements(slot, length);

    /// <inheritdoc/>
    public override void Clear(Slot slot)
    {
        _context.Enter();
        SendEdited(forget: false);
        _stream.Clear(Address(slot, slot.Length), (long)slot.Length * sizeof(float));
        _stream.Synchronize();
        foreach (HostCopy copy in _copies.Values)
        {
            if (copy.Slot.Arena != slot.Arena) continue;

            // What was written there counts as little as what the device had.
            int first = Math.Max(slot.Offset, copy.Slot.Offset), end = Math.Min(slot.Offset + slot.Length, copy.Slot.Offset + copy.Slot.Length);
            if (first < end) copy.Elements(slot with { Offset = first }, end - first).Clear();
        }
    }

    /// <inheritdoc/>
    public override void Send(Slot slot, int length)
    {
        if (_mode == PassMode.Replaying || length == 0) return;
        fixed (float* source = CopyOf(slot).Elements(slot, length)) _stream.CopyToDevice(source, Address(slot, length), (long)length * sizeof(float));
    }

    /// <inheritdoc/>
    public override void Fetch(Slot slot, int length)
    {
        HostCopy copy = CopyOf(slot);
        _fetched.Add(copy);
        if (_mode == PassMode.Replaying || length == 0) return;
        fixed (float* target = copy.Elements(slot, length)) _stream.CopyToHost(Address(slot, length), target, (long)length * sizeof(float));
    }

    // The user's arenas, which the host owns.
    private static bool IsSent(Arena arena) => arena is Arena.Input or Arena.Targets;

    /// <summary>The copy that holds a place, with the device's present values.</summary>
    private HostCopy Present(Slot slot, int length)
    {
        Check(slot, length);
        HostCopy copy = CopyOf(slot);
        if (copy.State != CopyState.DeviceIsNewer) return copy;
        _context.Enter();

        // Another copy may hold newer values of the same places: of activations only, for other arenas have one copy each.
        if (slot.Arena == Arena.Activations) SendEdited(forget: false);
        _stream.CopyToHost(Address(copy.Slot, copy.Slot.Length), copy.Memory.Address, (long)copy.Slot.Length * sizeof(float));
        _stream.Synchronize();
        copy.State = CopyState.Same;
        return copy;
    }

    // Activations are copied place by place, because the host asks for few of them; other arenas as a whole.
    private HostCopy CopyOf(Slot slot)
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(Network));
        Slot whole = slot.Arena == Arena.Activations ? slot : new Slot(slot.Arena, 0, Length(slot.Arena));
        Check(slot, slot.Length);
        (Arena, int, int) key = (whole.Arena, whole.Offset, whole.Length);
        if (_copies.TryGetValue(key, out HostCopy? copy)) return copy;
        _context.Enter();
        copy = new HostCopy(whole, new PinnedMemory(_context, Math.Max(1, (long)whole.Length * sizeof(float))));
        if (IsSent(whole.Arena))
        {
            copy.State = CopyState.Same;
            new Span<float>(copy.Memory.Address, whole.Length).Clear();
        }

        _copies.Add(key, copy);
        return copy;
    }

    /// <summary>Brings what the host has edited to the device.</summary>
    /// <param name="forget">Whether a pass follows, behind which spans must be taken anew; until then the user may still write through them.</param>
    private void SendEdited(bool forget)
    {
        bool any = false;
        foreach (HostCopy copy in _copies.Values)
        {
            if (copy.State != CopyState.HostIsNewer) continue;
            any = true;
            _stream.CopyToDevice(copy.Memory.Address, Address(copy.Slot, copy.Slot.Length), (long)copy.Slot.Length * sizeof(float));
            if (forget) copy.State = CopyState.Same;
        }

        if (!any) return;
        _stream.Synchronize();

        // Places of activations may lie in two copies.
        foreach (HostCopy copy in _copies.Values)
        {
            if (copy.Slot.Arena == Arena.Activations && copy.State == CopyState.Same) copy.State = CopyState.DeviceIsNewer;
        }
    }

    /// <summary>Says that a pass has changed what copies hold.</summary>
    private void Outdate(bool changesParameters)
    {
        foreach (HostCopy copy in _copies.Values)
        {
            if (!IsSent(copy.Slot.Arena) && (changesParameters || copy.Slot.Arena is Arena.Activations or Arena.Folded)) copy.State = CopyState.DeviceIsNewer;
        }
    }

    private void ForgetCopies(Arena arena)
    {
        foreach (((Arena Arena, int Offset, int Length) key, HostCopy copy) in _copies)
        {
            if (key.Arena != arena) continue;
            copy.Memory.Dispose();
            _copies.Remove(key);
        }
    }

    private enum CopyState
    {
        DeviceIsNewer,
        Same,
        HostIsNewer,
    }

    private sealed class HostCopy(Slot slot, PinnedMemory memory)
    {
        public Slot Slot { get; } = slot;

        public PinnedMemory Memory { get; set; } = memory;

        public CopyState State { get; set; }

        public Span<float> Elements(Slot slot, int length) => new Span<float>(Memory.Address, Slot.Length).Slice(slot.Offset - Slot.Offset, length);
    }
}
