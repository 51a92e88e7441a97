namespace FastNets.Backends;

/// <summary>The memory of one network on a device, as its host sees it, and the passes that run there.</summary>
/// <remarks>
/// Two rules keep host and device together. What the user writes before a pass (<see cref="Arena.Input"/>, <see cref="Arena.Targets"/>) belongs to the host and is sent
/// in the pass; all else belongs to the device, and the host sees a copy that is brought up to date when it is asked for.
/// </remarks>
internal abstract class NetworkDevice : IDisposable
{
    /// <summary>Which device this is.</summary>
    public abstract Device Device { get; }

    /// <summary>Makes an arena of the given number of elements, all zero; an earlier one is freed.</summary>
    public abstract void Allocate(Arena arena, int length);

    /// <summary>The number of elements of an arena; 0 where there is none.</summary>
    public abstract int Length(Arena arena);

    /// <summary>The first elements of a place, to read and to write; what is written counts for the next pass. Valid until the next pass.</summary>
    public abstract Span<float> Edit(Slot slot, int length);

    /// <summary>The first elements of a place, to read. Valid until the next pass.</summary>
    public abstract ReadOnlySpan<float> View(Slot slot, int length);

    /// <summary>Sets a place to 0.</summary>
    public abstract void Clear(Slot slot);

    /// <summary>Begins a pass: the operations from here to <see cref="End"/>.</summary>
    /// <param name="pass">What the pass does: passes of equal keys are the same operations at the same places.</param>
    /// <param name="step">The number of the training step.</param>
    /// <returns>Whether the pass was recorded and is replayed: then only those of its operations need be called whose settings differ from step to step.</returns>
    public abstract bool Begin(in PassKey pass, uint step);

    /// <summary>Within a pass: brings what the host wrote to the device.</summary>
    public abstract void Send(Slot slot, int length);

    /// <summary>Within a pass: what a <see cref="View(Slot, int)"/> behind the pass will ask for.</summary>
    public abstract void Fetch(Slot slot, int length);

    /// <summary>Within a pass: says that it does other things at other times, so that it must not be recorded.</summary>
    public abstract void DontRecord();

    /// <summary>Behind a pass's last operation: the pass runs from here on, until <see cref="Finish"/>. Only a batch may be staged meanwhile.</summary>
    public abstract void Submit();

    /// <summary>Returns when all of a pass that was submitted is done.</summary>
    public abstract void Finish();

    /// <summary>Ends a pass, and returns when all is done.</summary>
    public void End()
    {
        Submit();
        Finish();
    }

    /// <summary>Ends a pass that <see cref="Finish"/> has not ended, because something failed; else nothing happens.</summary>
    public abstract void Abort();

    /// <summary>
    /// Opens the room of the batch that comes next, while a pass that was submitted runs on the present one: until <see cref="CloseStage"/>, the places of
    /// <see cref="Arena.Input"/> and <see cref="Arena.Targets"/> are there.
    /// </summary>
    /// <returns>Whether there is such a room: not where passes run within the calls themselves, nor where there is no memory for it.</returns>
    public virtual bool OpenStage() => false;

    /// <summary>Within the stage: begins to bring what the host wrote there to the device, beside what runs. The pass that is to have it says so in its key, and does not send it.</summary>
    public virtual void SendAhead(Slot slot, int length)
    {
    }

    /// <summary>Closes the stage; what was put there is kept.</summary>
    /// <param name="isSentAhead">Whether <see cref="SendAhead"/> was called for all of it.</param>
    public virtual void CloseStage(bool isSentAhead)
    {
    }

    /// <summary>Makes what was staged the present batch.</summary>
    /// <param name="kept">The place whose values the batch does not bring along; those of the present one stay.</param>
    /// <returns>Whether there was something.</returns>
    public virtual bool UseStage(Slot kept) => false;

    /// <summary>Makes the room that was the first one the present batch's, whichever it is: a pass that was recorded there is replayed there only.</summary>
    /// <param name="kept">The place whose values stay.</param>
    public virtual void RewindStage(Slot kept)
    {
    }

    /// <summary>Forgets what was staged, and waits until nothing of it is under way. Never throws.</summary>
    public virtual void DropStage()
    {
    }

    /// <summary>Forgets what was recorded: passes of keys that were seen before may be other operations from here on.</summary>
    public virtual void ForgetPasses()
    {
    }

    /// <summary>How long the last pass took by the device's own clock; null where it has none, or passes are not timed.</summary>
    public virtual TimeSpan? PassTime => null;

    /// <summary>Times passes from here on, where the device has a clock of its own.</summary>
    public virtual void TimePasses()
    {
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>All of an arena, to read and to write.</summary>
    public Span<float> Edit(Arena arena) => Length(arena) is > 0 and int length ? Edit(new Slot(arena, 0, length), length) : default;

    /// <summary>All of an arena, to read.</summary>
    public ReadOnlySpan<float> View(Arena arena) => Length(arena) is > 0 and int length ? View(new Slot(arena, 0, length), length) : default;
}

/// <summary>What a pass does.</summary>
internal enum PassKind
{
    /// <summary>Something that is not repeated.</summary>
    Other,

    /// <summary>Inference.</summary>
    Inference,

    /// <summary>Inference and loss.</summary>
    Evaluation,

    /// <summary>Forward, loss and backward.</summary>
    Gradients,

    /// <summary>Forward, loss, backward and update.</summary>
    Training,
}

/// <summary>All that decides which operations a pass consists of.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Batch">The number of samples.</param>
/// <param name="Targets">What the targets are.</param>
/// <param name="HasLengths">Whether series have lengths of their own.</param>
/// <param name="HasClassWeights">Whether classes weigh differently.</param>
/// <param name="Optimizer">The rule of the update, if there is one.</param>
/// <param name="FetchesOutputs">Whether outputs come back with it.</param>
/// <param name="IsSentAhead">Whether the batch was sent before it.</param>
internal readonly record struct PassKey(
    PassKind Kind, int Batch = 0, TargetKind Targets = default, bool HasLengths = false, bool HasClassWeights = false, object? Optimizer = null, bool FetchesOutputs = false, bool IsSentAhead = false);
