using FastNets.Backends;
using FastNets.Cuda.Kernels;
using FastNets.Kernels;
using FastNets.Kernels.Optimizers;

namespace FastNets.Cuda.Backend;

// Updates: segments are a table in device memory, a step's settings reach the kernels through device memory, and so do the factors of clipping.
internal readonly unsafe partial struct CudaBackend
{
    // FN_CHUNK of optimizers.cu: two times four elements for each of 256 threads.
    private const int ChunkElements = 2048;

    // Owners of tables: that of the segments of updates and of the factors by which clipping scales them; that of segments whose penalty alone is asked for.
    private static readonly object UpdateTables = new();
    private static readonly object PenaltyTables = new();

    /// <inheritdoc/>
    public void SgdUpdate(ReadOnlySpan<UpdateSegment> segments, Slot velocity, SgdStep step, Slot norm, Slot penalty)
    {
        RequireState(velocity, step.Momentum != 0, nameof(velocity));
        Update(OptimizerKernelSet.Sgd, segments, velocity, Slot.None, Slot.None, _device.Varying(VaryingPlace.Update, step), norm, penalty);
    }

    /// <inheritdoc/>
    public void AdamUpdate(ReadOnlySpan<UpdateSegment> segments, Slot first, Slot second, Slot largest, AdamStep step, Slot norm, Slot penalty)
    {
        RequireState(first, isUsed: true, nameof(first));
        RequireState(second, isUsed: true, nameof(second));
        RequireState(largest, step.AmsGrad, nameof(largest));
        Update(OptimizerKernelSet.Adam, segments, first, second, largest, _device.Varying(VaryingPlace.Update, step), norm, penalty);
    }

    /// <inheritdoc/>
    public void RmsPropUpdate(ReadOnlySpan<UpdateSegment> segments, Slot squares, Slot velocity, Slot means, RmsPropStep step, Slot norm, Slot penalty)
    {
        RequireState(squares, isUsed: true, nameof(squares));
        RequireState(velocity, step.Momentum != 0, nameof(velocity));
        RequireState(means, step.Centered, nameof(means));
        Update(OptimizerKernelSet.RmsProp, segments, squares, velocity, means, _device.Varying(VaryingPlace.Update, step), norm, penalty);
    }

    /// <inheritdoc/>
    public void Penalty(ReadOnlySpan<UpdateSegment> segments, Slot penalty)
    {
        SegmentTable table = Table(PenaltyTables, segments);
        ulong place = Matrix(penalty, 1, 1);
        if (!table.IsPenalised)
        {
            _device.Clear(place, sizeof(float));
            return;
        }

        Launch(
            OptimizerKernelSet.Penalty,
            new LaunchShape(table.Chunks, 256),
            new UpdateArguments
            {
                Segments = table.Address,
                Parameters = All(Arena.Parameters, table.End),
                Penalty = place,
                Partials = _device.Scratch((long)table.Chunks * sizeof(double)),
                Counter = _device.Counter,
                Count = segments.Length,
                Penalised = 1,
            });
    }

    /// <inheritdoc/>
    /// <remarks>The factors stay in device memory, where an update that is given the norm's place finds them; the segments are left as they are.</remarks>
    public void ClipGradients(Span<UpdateSegment> segments, float maximum, bool each, Slot norm)
    {
        SegmentTable table = Table(UpdateTables, segments);
        ulong place = Matrix(norm, 1, 1);
        if (table.Chunks == 0)
        {
            _device.Clear(place, sizeof(float));
            return;
        }

        Launch(
            OptimizerKernelSet.Clip,
            new LaunchShape(table.Chunks, 256),
            new ClipArguments
            {
                Segments = table.Address,
                Parameters = All(Arena.Parameters, table.End),
                Gradients = All(Arena.Gradients, table.End),
                Norm = place,
                Factors = Factors(segments.Length),
                Partials = _device.Scratch((long)table.Chunks * sizeof(double)),
                Counter = _device.Counter,
                Count = segments.Length,
                Each = each ? 1 : 0,
                Maximum = maximum,
            });
    }

    private static void RequireState(Slot place, bool isUsed, string name)
    {
        if (isUsed && place.IsNone) throw new ArgumentException("The step needs this buffer of the optimizer's state.", name);
    }

    private void Update(CudaKernel kernel, ReadOnlySpan<UpdateSegment> segments, Slot first, Slot second, Slot third, ulong step, Slot norm, Slot penalty)
    {
        SegmentTable table = Table(UpdateTables, segments);
        ulong place = Matrix(penalty, 1, 1);
        if (table.Chunks == 0)
        {
            _device.Clear(place, sizeof(float));
            return;
        }

        Launch(
            kernel,
            new LaunchShape(table.Chunks, 256),
            new UpdateArguments
            {
                Segments = table.Address,
                Step = step,
                Norm = Optional(norm, 1, 1),
                Factors = norm.IsNone ? 0 : Factors(segments.Length),
                Parameters = All(Arena.Parameters, table.End),
                Gradients = All(Arena.Gradients, table.End),
                First = Optional(first, 1, table.End),
                Second = Optional(second, 1, table.End),
                Third = Optional(third, 1, table.End),
                Penalty = place,
                Partials = _device.Scratch((long)table.Chunks * sizeof(double)),
                Counter = _device.Counter,
                Count = segments.Length,
                Penalised = table.IsPenalised ? 1 : 0,
            });
    }

    /// <summary>Where clipping leaves a factor for each segment.</summary>
    private ulong Factors(int segments) => _device.Persistent(UpdateTables, 1, (long)segments * sizeof(float));

    private ulong All(Arena arena, int length) => _device.Address(new Slot(arena, 0, length), length);

    private SegmentTable Table(object owner, ReadOnlySpan<UpdateSegment> segments)
    {
        var entries = new Span<SegmentEntry>(
            ThreadScratch.Get(ThreadScratch.Use.Partials, (nuint)segments.Length * (nuint)sizeof(SegmentEntry)), segments.Length);
        int chunks = 0;
        int end = 0;
        bool isPenalised = false;
        for (int i = 0; i < segments.Length; i++)
        {
            UpdateSegment segment = segments[i];
            ArgumentOutOfRangeException.ThrowIfNegative(segment.Offset);
            ArgumentOutOfRangeException.ThrowIfNegative(segment.Length);
            entries[i] = new SegmentEntry
            {
                Offset = segment.Offset,
                Length = segment.Length,
                Chunk = chunks,
                L1 = segment.L1,
                L2 = segment.L2,
                Rate = segment.RateFactor,
                Decay = segment.DecayFactor,
                Scale = segment.Scale,
                Limit = segment.Limit,
            };
            chunks += (segment.Length + ChunkElements - 1) / ChunkElements;
            end = Math.Max(end, checked(segment.Offset + segment.Length));
            isPenalised |= segment.IsPenalised && segment.Length > 0;
        }

        return new SegmentTable(chunks == 0 ? 0 : _device.Table<SegmentEntry>(owner, 0, entries), chunks, end, isPenalised);
    }

    /// <summary>Segments in device memory.</summary>
    /// <param name="Address">Where the table is.</param>
    /// <param name="Chunks">The blocks that their elements take.</param>
    /// <param name="End">Where the last one ends in the buffers.</param>
    /// <param name="IsPenalised">Whether any has a penalty.</param>
    private readonly record struct SegmentTable(ulong Address, int Chunks, int End, bool IsPenalised);
}
