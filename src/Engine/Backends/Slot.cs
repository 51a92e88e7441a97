namespace FastNets.Backends;

/// <summary>The blocks of memory of a network, each one allocation on its device.</summary>
public enum Arena
{
    /// <summary>All trainable parameters.</summary>
    Parameters,

    /// <summary>The gradients, laid out as the parameters.</summary>
    Gradients,

    /// <summary>What layers learn without gradients: running means and variances.</summary>
    State,

    /// <summary>Layer outputs, their gradients and scratch; buffers that never live at the same time share memory.</summary>
    Activations,

    /// <summary>The batch that goes in.</summary>
    Input,

    /// <summary>What should come out: numbers, or class indices as 32-bit integers in the same words.</summary>
    Targets,

    /// <summary>Parameters with batch normalisation folded in, for inference.</summary>
    Folded,

    /// <summary>The optimizer's moments, each laid out as the parameters.</summary>
    OptimizerState,

    /// <summary>The mean of several batches' gradients, laid out as the parameters; taken when gradients are first accumulated.</summary>
    AccumulatedGradients,
}

/// <summary>A place in an arena: where an operation reads or writes, the same on every device.</summary>
/// <param name="Arena">The arena.</param>
/// <param name="Offset">The first element.</param>
/// <param name="Length">The number of elements, at the largest batch.</param>
public readonly record struct Slot(Arena Arena, int Offset, int Length)
{
    /// <summary>No place: an operand that an operation may go without.</summary>
    public static Slot None => default;

    /// <summary>Whether this is <see cref="None"/>.</summary>
    public bool IsNone => Length == 0;
}

/// <summary>What the targets of a batch are.</summary>
public enum TargetKind
{
    /// <summary>One class index a sample, a 32-bit integer.</summary>
    ClassIndices,

    /// <summary>As many numbers a sample as the network has outputs: values, one-hot or soft class weights.</summary>
    Values,
}
