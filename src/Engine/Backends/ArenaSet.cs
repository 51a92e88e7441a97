using FastNets.Memory;

namespace FastNets.Backends;

/// <summary>The arenas of one network in host memory.</summary>
internal sealed class ArenaSet : IDisposable
{
    private readonly AlignedBuffer?[] _buffers = new AlignedBuffer?[Enum.GetValues<Arena>().Length];

    /// <summary>Makes an arena of the given number of elements, all zero; an earlier one is freed.</summary>
    public void Allocate(Arena arena, int length)
    {
        _buffers[(int)arena]?.Dispose();
        _buffers[(int)arena] = new AlignedBuffer(length);
    }

    /// <summary>The number of elements of an arena; 0 where there is none.</summary>
    public int Length(Arena arena) => (int)(_buffers[(int)arena]?.Length ?? 0);

    /// <summary>All of an arena.</summary>
    public Span<float> All(Arena arena) => _buffers[(int)arena] is { } buffer ? buffer.Span(0, (int)buffer.Length) : default;

    /// <summary>The first elements of a place.</summary>
    public Span<float> Span(Slot slot, int length)
    {
        if ((uint)length > (uint)slot.Length) throw new ArgumentOutOfRangeException(nameof(length), $"{length} elements asked of a place of {slot.Length}.");
        return _buffers[(int)slot.Arena]!.Span(slot.Offset, length);
    }

    public void Dispose()
    {
        foreach (AlignedBuffer? buffer in _buffers) buffer?.Dispose();
    }
}
