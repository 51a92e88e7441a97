using FastNets.Backends;

namespace FastNets.Cuda;

// The batch that comes next, while a pass runs on the present one: there is a second room for all that the host sends, and the two change places.
internal sealed unsafe partial class CudaNetworkDevice
{
    private BatchStage? _stage;
    private bool _hasNoRoom;

    // Which of the two rooms is the present one.
    private int _room;

    /// <inheritdoc/>
    public override bool OpenStage()
    {
        if (_hasNoRoom) return false;
        HostCopy input = SentCopy(Arena.Input), targets = SentCopy(Arena.Targets);
        try
        {
            _stage ??= new BatchStage(_context, input.Memory.Bytes, targets.Memory.Bytes);
        }
        catch (CudaException e) when (e.IsOutOfMemory)
        {
            // Not tried again at each step, for the collector runs before an allocation fails.
            _hasNoRoom = true;
            return false;
        }

        ChangeRooms(_stage);
        _stage.State = StageState.Open;
        return true;
    }

    /// <inheritdoc/>
    public override void SendAhead(Slot slot, int length)
    {
        // No pass reads this place: the one that runs has its batch in the other room, and those before it are finished.
        fixed (float* source = CopyOf(slot).Elements(slot, length)) _stage!.Stream.CopyToDevice(source, Address(slot, length), (long)length * sizeof(float));
    }

    /// <inheritdoc/>
    public override void CloseStage(bool isSentAhead)
    {
        BatchStage stage = _stage!;
        if (isSentAhead) stage.Stream.Record(stage.IsSent);
        ChangeRooms(stage);
        stage.State = StageState.Filled;
    }

    /// <inheritdoc/>
    public override bool UseStage(Slot kept)
    {
        if (_stage is not { State: StageState.Filled } stage) return false;
        stage.State = StageState.Empty;
        ChangeRooms(stage, kept);
        return true;
    }

    /// <inheritdoc/>
    public override void RewindStage(Slot kept)
    {
        if (_room == 0) return;
        DropStage();
        ChangeRooms(_stage!, kept);
    }

    /// <inheritdoc/>
    public override void DropStage()
    {
        if (_stage is not { } stage) return;
        if (stage.State == StageState.Open) ChangeRooms(stage);
        stage.State = StageState.Empty;
        Await(stage);
    }

    // Its copies may still be under way, from and to memory whose owner may use it for something else next.
    private static void Await(BatchStage stage)
    {
        try
        {
            stage.Stream.Synchronize();
        }
        catch (CudaException)
        {
            // The context is broken, which the next call says too.
        }
    }

    private void ForgetStage()
    {
        _hasNoRoom = false;
        if (_stage is null) return;
        Await(_stage);
        _stage.Dispose();
        _stage = null;
    }

    private void ChangeRooms(BatchStage stage, Slot kept)
    {
        Span<float> values = kept.IsNone ? [] : Edit(kept, kept.Length);
        ChangeRooms(stage);
        if (!kept.IsNone) values.CopyTo(Edit(kept, kept.Length));
    }

    private void ChangeRooms(BatchStage stage)
    {
        Change(Arena.Input, stage.Input);
        Change(Arena.Targets, stage.Targets);
        _room ^= 1;

        void Change(Arena arena, BatchRoom other)
        {
            HostCopy copy = SentCopy(arena);
            (copy.Memory, other.Host) = (other.Host, copy.Memory);
            (_arenas[(int)arena], other.Device) = (other.Device, _arenas[(int)arena]!);
        }
    }

    private HostCopy SentCopy(Arena arena) => CopyOf(new Slot(arena, 0, Length(arena)));
}
