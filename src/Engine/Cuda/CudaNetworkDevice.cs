using FastNets.Backends;
using FastNets.Cuda.Backend;
using FastNets.Cuda.Driver;
using FastNets.Cuda.Kernels;

namespace FastNets.Cuda;

/// <summary>What one network has on a GPU: its arenas, a stream, a cuBLAS handle, scratch memory, recorded passes.</summary>
internal sealed unsafe partial class CudaNetworkDevice : NetworkDevice
{
    private readonly CudaContext _context;
    private readonly CudaStream _stream;
    private readonly CublasHandle _cublas;
    private readonly DeviceMemory?[] _arenas = new DeviceMemory?[Enum.GetValues<Arena>().Length];
    private readonly int[] _lengths = new int[Enum.GetValues<Arena>().Length];
    private readonly DeviceMemory _fixed;
    private readonly PinnedMemory _varying;
    private readonly Dictionary<(ReferenceKey Owner, int Part), DeviceTable> _tables = [];
    private DeviceMemory? _scratch;
    private bool _disposed;

    /// <summary>Opens a stream on a GPU.</summary>
    /// <param name="device">The GPU.</param>
    /// <exception cref="CudaUnavailableException">It can't be used.</exception>
    public CudaNetworkDevice(Device device)
    {
        Device = device;
        Backend = new CudaBackend(this);
        _context = CudaContext.Get(device.Ordinal);
        _stream = new CudaStream(_context);
        try
        {
            _cublas = new CublasHandle(_stream, device.Tf32 ? CublasMath.Tf32 : CublasMath.Default);
            _fixed = new DeviceMemory(_context, FixedBytes);
            _varying = new PinnedMemory(_context, FixedBytes);
            _stream.Clear(_fixed.Address, FixedBytes);
            _stream.Synchronize();
        }
        catch
        {
            Free();
            throw;
        }
    }

    /// <inheritdoc/>
    public override Device Device { get; }

    /// <summary>The operations on these arenas.</summary>
    public CudaBackend Backend { get; }

    /// <summary>Where the number of the training step is, a 32-bit unsigned integer in device memory.</summary>
    public ulong StepAddress => _fixed.Address + VaryingOffset(VaryingPlace.Step);

    /// <summary>The address of a 32-bit counter that is 0 before a kernel that counts its blocks with it, and that such a kernel sets to 0 again.</summary>
    public ulong Counter => _fixed.Address;

    /// <summary>The most dynamic shared memory that a block can have, in bytes.</summary>
    public int SharedBytesOfBlock => _context.SharedBytesOfBlock;

    /// <summary>The device's multiprocessors.</summary>
    public int Multiprocessors => _context.Multiprocessors;

    /// <summary>Registers of a thread of a kernel, which is loaded for it.</summary>
    /// <param name="kernel">The kernel.</param>
    public int RegistersOf(CudaKernel kernel) => _context.Function(kernel).Registers;

    /// <inheritdoc/>
    public override void Allocate(Arena arena, int length)
    {
        _context.Enter();
        if (IsSent(arena)) ForgetStage();
        ForgetRecordings();
        ForgetCopies(arena);
        _arenas[(int)arena]?.Dispose();
        _arenas[(int)arena] = null;
        _lengths[(int)arena] = 0;
        long bytes = (long)length * sizeof(float);
        _arenas[(int)arena] = new DeviceMemory(_context, bytes);
        _lengths[(int)arena] = length;
        _stream.Clear(_arenas[(int)arena]!.Address, bytes);
        _stream.Synchronize();
    }

    /// <inheritdoc/>
    public override int Length(Arena arena) => _lengths[(int)arena];

    /// <summary>The device address of a place's first elements.</summary>
    public ulong Address(Slot slot, int length)
    {
        Check(slot, length);
        return length == 0 ? 0 : _arenas[(int)slot.Arena]!.Address + ((ulong)slot.Offset * sizeof(float));
    }

    /// <summary>Makes sure that the first elements of a place lie within the place and its arena.</summary>
    private void Check(Slot slot, int length)
    {
        if ((uint)length > (uint)slot.Length) throw new ArgumentOutOfRangeException(nameof(length), $"{length} elements asked of a place of {slot.Length}.");
        if (slot.Offset + (long)length > Length(slot.Arena))
            throw new ArgumentOutOfRangeException(nameof(slot), $"Elements {slot.Offset} to {slot.Offset + (long)length} asked of {slot.Arena}, which has {Length(slot.Arena)}.");
    }

    /// <summary>Enqueues a kernel with a copy of its arguments.</summary>
    public void Launch(CudaKernel kernel, LaunchShape shape, void* arguments)
    {
        if (_mode != PassMode.Replaying) _stream.Launch(kernel, shape, arguments);
    }

    /// <summary>cuBLAS's sgemm, column-major: C = op(A) op(B) + beta C, op(A) of m rows and k columns.</summary>
    public void Gemm(bool transposeA, bool transposeB, int m, int n, int k, ulong a, int strideA, ulong b, int strideB, float beta, ulong c, int strideC)
    {
        if (_mode != PassMode.Replaying) _cublas.Gemm(transposeA, transposeB, m, n, k, a, strideA, b, strideB, beta, c, strideC);
    }

    /// <summary>Sets bytes of device memory to 0.</summary>
    public void Clear(ulong address, long bytes)
    {
        if (_mode != PassMode.Replaying && bytes > 0) _stream.Clear(address, bytes);
    }

    /// <summary>Copies within device memory.</summary>
    public void Copy(ulong from, ulong to, long bytes)
    {
        if (_mode != PassMode.Replaying && bytes > 0) _stream.Copy(from, to, bytes);
    }

    /// <summary>Waits, and copies to the host. The present pass can't be recorded then.</summary>
    public void Download(ulong from, Span<float> to)
    {
        DontRecord();
        fixed (float* target = to) _stream.CopyToHost(from, target, (long)to.Length * sizeof(float));
        _stream.Synchronize();
    }

    /// <summary>Copies from the host, before what follows. The present pass can't be recorded then.</summary>
    public void Upload(ReadOnlySpan<float> from, ulong to)
    {
        DontRecord();
        fixed (float* source = from) _stream.CopyToDevice(source, to, (long)from.Length * sizeof(float));
        _stream.Synchronize();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        Free();
    }

    private void Free()
    {
        ForgetStage();
        ForgetRecordings();
        foreach (Arena arena in Enum.GetValues<Arena>()) ForgetCopies(arena);
        foreach (DeviceTable table in _tables.Values) table.Memory.Dispose();
        foreach (DeviceMemory? arena in _arenas) arena?.Dispose();
        _passStart?.Dispose();
        _passEnd?.Dispose();
        _scratch?.Dispose();
        _varying?.Dispose();
        _fixed?.Dispose();
        _cublas?.Dispose();
        _stream.Dispose();
    }
}
