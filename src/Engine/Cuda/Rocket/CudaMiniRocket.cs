using System.Diagnostics;
using FastNets.Cuda.Driver;
using FastNets.Cuda.Kernels;
using FastNets.Data;
using FastNets.Rocket;

namespace FastNets.Cuda.Rocket;

/// <summary>A MiniRocket transform on a GPU: the same bits as on the processor.</summary>
/// <remarks>
/// <para>Series go through in chunks, each in one of a few stages with a stream and memory of its own: while one chunk is counted, another one's series
/// go to the device, and a third one's features come back. Memory is bounded by the chunks, on the host and on the device, and kept for the next call.</para>
/// <para>Thread-safe: calls at the same time have stages of their own, and wait for nothing of each other.</para>
/// </remarks>
internal sealed unsafe partial class CudaMiniRocket : IDisposable
{
    private const int StageCount = 3;

    // Some thousand blocks of threads, a millisecond of copying.
    private const long UsualChunkBytes = 32 << 20;

    private readonly Lock _gate = new();
    private readonly MiniRocketParameters _parameters;
    private readonly MiniRocketPlan _plan;
    private readonly CudaContext _context;
    private readonly long _chunkBytes;
    private readonly DeviceMemory _jobs;
    private readonly DeviceMemory _biases;
    private readonly DeviceMemory _table;
    private readonly Stack<Stage[]> _free = [];

    // The maker's, and those of calls that another thread may not take the memory from.
    private int _holds = 1;

    /// <summary>Brings a transform to a device.</summary>
    /// <param name="parameters">The transform's parameters.</param>
    /// <param name="context">The device's context.</param>
    /// <param name="chunkBytes">How many bytes of features, or of series where they are larger, make a chunk; one series goes through also where it has more.</param>
    /// <exception cref="CudaException">There is not enough memory, or the driver failed.</exception>
    public CudaMiniRocket(MiniRocketParameters parameters, CudaContext context, long chunkBytes = UsualChunkBytes)
    {
        _parameters = parameters;
        _context = context;
        _chunkBytes = chunkBytes;
        _plan = MiniRocketPlan.Of(parameters);
        try
        {
            using var stream = new CudaStream(context);
            _jobs = Upload(stream, _plan.Jobs);
            _biases = Upload(stream, _plan.Biases);
            _table = Upload(stream, _plan.Table);
            stream.Synchronize();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Whether a kernel has failed on the device, so that nothing can be done there any more by this object.</summary>
    public bool IsBroken => _context.IsBroken;

    /// <summary>Whether the device can count these series: none is longer than <see cref="MiniRocketPlan.MaxLength"/>.</summary>
    /// <param name="set">The series.</param>
    public static bool Takes(SeriesSet set) => set.MaxLength <= MiniRocketPlan.MaxLength;

    /// <summary>Computes the features of some consecutive series of a set.</summary>
    /// <typeparam name="T"><see cref="float"/> for proportions, <see cref="ushort"/> for counts, of series of at most 65535 time steps.</typeparam>
    /// <param name="set">Series that fit the transform and are finite, see <see cref="MiniRocket.CheckInput"/>, and <see cref="Takes"/>.</param>
    /// <param name="first">The first series.</param>
    /// <param name="rows">How many.</param>
    /// <param name="features">The features in host memory, shape [rows, features]; overwritten.</param>
    /// <exception cref="CudaException">There is not enough memory, or the driver failed.</exception>
    public void Transform<T>(SeriesSet set, int first, int rows, T* features)
        where T : unmanaged => Run(new Source(set, first, null), rows, features, 0);

    /// <summary>Computes the features of some series of a set.</summary>
    /// <param name="set">Series that fit the transform and are finite.</param>
    /// <param name="series">Which ones, in which order.</param>
    /// <param name="features">The features in host memory, shape [series, features]; overwritten.</param>
    /// <exception cref="CudaException">There is not enough memory, or the driver failed.</exception>
    public void TransformSome(SeriesSet set, ReadOnlySpan<int> series, float* features)
    {
        fixed (int* indices = series) Run(new Source(set, 0, indices), series.Length, features, 0);
    }

    /// <summary>Computes the features of some consecutive series of a set, and leaves them on the device.</summary>
    /// <param name="set">Series that fit the transform and are finite.</param>
    /// <param name="first">The first series.</param>
    /// <param name="rows">How many.</param>
    /// <param name="features">The proportions in memory of the transform's device, shape [rows, features]; all there when the call returns.</param>
    /// <exception cref="CudaException">There is not enough memory, or the driver failed.</exception>
    public void TransformOnDevice(SeriesSet set, int first, int rows, ulong features) => Run<float>(new Source(set, first, null), rows, null, features);

    /// <summary>Keeps the memory until <see cref="Dispose"/> is called once more. Only for who knows that it has not been given back.</summary>
    /// <returns>This.</returns>
    public CudaMiniRocket Hold()
    {
        Interlocked.Increment(ref _holds);
        return this;
    }

    /// <summary>Ends one hold; the last one, the maker's or a call's, gives the memory back.</summary>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref _holds) > 0) return;
        foreach (Stage[] stages in _free) Free(stages);
        _free.Clear();

        // The constructor may have failed half way.
        _jobs?.Dispose();
        _biases?.Dispose();
        _table?.Dispose();
    }

    // To the host where there is an address of it, else to the device.
    private void Run<T>(Source source, int rows, T* host, ulong device)
        where T : unmanaged
    {
        _context.Enter();
        Debug.Assert(
            typeof(T) == typeof(float) || (typeof(T) == typeof(ushort) && source.Set.MaxLength <= MiniRocketCounts.MaxLength),
            "Counts of 16 bits are of series of at most 65535 steps.");
        long rowBytes = (long)_parameters.FeatureCount * sizeof(T);
        Stage[] stages = Take();
        try
        {
            int chunk = 0;
            for (int done = 0, count; done < rows; done += count)
            {
                Stage stage = stages[chunk++ % StageCount];
                stage.Finish();
                count = RowsOfChunk(source, done, rows, rowBytes);
                Begin<T>(stage, source, done, count, device == 0 ? 0 : device + (ulong)(done * rowBytes));
                if (device == 0) stage.Fetch((byte*)host + (done * rowBytes), count * rowBytes);
            }

            for (int i = 0; i < StageCount; i++) stages[chunk++ % StageCount].Finish();
        }
        catch
        {
            foreach (Stage stage in stages) stage.Abandon();
            Free(stages);
            throw;
        }

        lock (_gate) _free.Push(stages);
    }

    private Stage[] Take()
    {
        lock (_gate)
        {
            if (_free.TryPop(out Stage[]? free)) return free;
        }

        var stages = new Stage[StageCount];
        for (int i = 0; i < StageCount; i++) stages[i] = new Stage(_context);
        return stages;
    }

    private static void Free(Stage[] stages)
    {
        foreach (Stage stage in stages) stage.Dispose();
    }

    // As many as make a chunk of features and of series, but one at least.
    private int RowsOfChunk(in Source source, int first, int rows, long rowBytes)
    {
        int most = (int)Math.Min(rows - first, Math.Max(1, _chunkBytes / rowBytes));
        long bytes = 0;
        for (int count = 0; count < most; count++)
        {
            bytes += (long)_parameters.Channels * source.LengthOf(first + count) * sizeof(float);
            if (bytes > _chunkBytes && count > 0) return count;
        }

        return most;
    }

    // Sends series to the device and enqueues the count.
    private void Begin<T>(Stage stage, in Source source, int first, int count, ulong target)
        where T : unmanaged
    {
        var arguments = default(MiniRocketArguments);
        int longest = stage.Send(source, first, count, _parameters.Channels, ref arguments);
        CudaKernel kernel = _plan.Cut(count, longest, _context.Multiprocessors, ref arguments, out LaunchShape shape);
        arguments.Jobs = _jobs.Address;
        arguments.Biases = _biases.Address;
        arguments.Table = _table.Address;
        if (target == 0) target = stage.Output((long)count * _parameters.FeatureCount * sizeof(T));
        if (typeof(T) == typeof(float)) arguments.Shares = target;
        else arguments.Counts = target;
        stage.Stream.Launch(kernel, shape, &arguments);
    }

    private DeviceMemory Upload<T>(CudaStream stream, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var memory = new DeviceMemory(_context, (long)values.Length * sizeof(T));
        fixed (T* source = values) stream.CopyToDevice(source, memory.Address, memory.Bytes);
        return memory;
    }

    /// <summary>Some series of a set: those from one on, or those of a list.</summary>
    private readonly struct Source(SeriesSet set, int first, int* indices)
    {
        public SeriesSet Set => set;

        public int LengthOf(int row) => set.LengthOf(Index(row));

        public ReadOnlySpan<float> Series(int row) => set.Series(Index(row));

        private int Index(int row) => indices is null ? first + row : indices[row];
    }
}
