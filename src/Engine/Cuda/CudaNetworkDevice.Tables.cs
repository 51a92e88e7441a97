using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FastNets.Cuda.Driver;

namespace FastNets.Cuda;

// Device memory beside the arenas: scratch, settings that differ from step to step, tables.
internal sealed unsafe partial class CudaNetworkDevice
{
    // One counter, then the varying values, each on a line of its own.
    private const int VaryingBytes = 256;
    private const int FixedBytes = VaryingBytes * 3;

    /// <summary>Device memory of at least so many bytes, aligned to 256: the same at each call, for one operation's own use, its contents undefined.</summary>
    public ulong Scratch(long bytes)
    {
        if (_scratch is null || _scratch.Bytes < bytes)
        {
            // Half as much again, so that a few sizes that grow do not free and take each time.
            long size = Math.Max(1 << 20, bytes + (bytes / 2));
            _stream.Synchronize();
            ForgetRecordings();
            _scratch?.Dispose();
            _scratch = null;
            try
            {
                _scratch = new DeviceMemory(_context, size);
            }
            catch (CudaException e) when (e.IsOutOfMemory && size > bytes)
            {
                _scratch = new DeviceMemory(_context, bytes);
            }
        }

        return _scratch.Address;
    }

    /// <summary>Device memory that holds a value which may differ at each step, also when the launches that read it were recorded: the value is copied there before what follows.</summary>
    /// <param name="place">Which of the values.</param>
    /// <param name="value">The present value, up to 256 bytes.</param>
    public ulong Varying<T>(VaryingPlace place, in T value)
        where T : unmanaged
    {
        ulong offset = VaryingOffset(place);
        T* host = (T*)((byte*)_varying.Address + offset);
        *host = value;
        if (_mode != PassMode.Replaying) _stream.CopyToDevice(host, _fixed.Address + offset, sizeof(T));
        return _fixed.Address + offset;
    }

    /// <summary>Device memory that holds a copy of host data, made at the first call with this owner and part and whenever the data differs from the copy.</summary>
    /// <param name="owner">What the data belongs to, compared by reference.</param>
    /// <param name="part">Which of the owner's data.</param>
    /// <param name="data">The data.</param>
    public ulong Table<T>(object owner, int part, ReadOnlySpan<T> data)
        where T : unmanaged
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(data);
        (ReferenceKey, int) key = (new ReferenceKey(owner), part);
        if (_tables.TryGetValue(key, out DeviceTable? table) && bytes.SequenceEqual(table.Copy)) return table.Memory.Address;
        _stream.Synchronize();
        if (table is null || table.Memory.Bytes < bytes.Length) table = Replace(key, table, bytes.Length);
        byte[] copy = bytes.ToArray();
        table.Copy = [];
        fixed (byte* source = copy) _stream.CopyToDevice(source, table.Memory.Address, bytes.Length);
        _stream.Synchronize();
        table.Copy = copy;
        return table.Memory.Address;
    }

    /// <summary>Device memory that keeps its contents from operation to operation, made at the first call with this owner and part, its contents undefined then.</summary>
    /// <param name="owner">What it belongs to, compared by reference.</param>
    /// <param name="part">Which of the owner's tables and memory.</param>
    /// <param name="bytes">The least size; where it is more than before, the contents are lost.</param>
    public ulong Persistent(object owner, int part, long bytes)
    {
        (ReferenceKey, int) key = (new ReferenceKey(owner), part);
        if (_tables.TryGetValue(key, out DeviceTable? table) && table.Memory.Bytes >= bytes) return table.Memory.Address;
        _stream.Synchronize();
        return Replace(key, table, bytes).Memory.Address;
    }

    /// <summary>Takes memory in the place of a table's, if there was one. Nothing that uses that may be under way.</summary>
    private DeviceTable Replace((ReferenceKey Owner, int Part) key, DeviceTable? old, long bytes)
    {
        ForgetRecordings();
        old?.Memory.Dispose();
        _tables.Remove(key);
        var table = new DeviceTable(new DeviceMemory(_context, Math.Max(1, bytes)));
        _tables.Add(key, table);
        return table;
    }

    private static ulong VaryingOffset(VaryingPlace place) => (ulong)(VaryingBytes * (1 + (int)place));

    // Compared by identity, whatever the owner's own equality is.
    private readonly struct ReferenceKey(object owner) : IEquatable<ReferenceKey>
    {
        private readonly object _owner = owner;

        public bool Equals(ReferenceKey other) => ReferenceEquals(_owner, other._owner);

        public override bool Equals(object? obj) => obj is ReferenceKey other && Equals(other);

        public override int GetHashCode() => RuntimeHelpers.GetHashCode(_owner);
    }

    private sealed class DeviceTable(DeviceMemory memory)
    {
        public DeviceMemory Memory { get; } = memory;

        public byte[] Copy { get; set; } = [];
    }
}
