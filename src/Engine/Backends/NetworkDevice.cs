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

    /// <summary>Ends a pass, and returns when all is done.</summary>
    public abstract void End();

    /// <summary>Ends a pass that <see cref="End"/> has not ended, because something failed; else nothing happens.</summary>
    public abstract void Abort();

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
internal readonly record struct PassKey(PassKind Kind, int Batch = 0, TargetKind Targets = default, bool HasLengths = false, bool HasClassWeights = false, object? Optimizer = null);
