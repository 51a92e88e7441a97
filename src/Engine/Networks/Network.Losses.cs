using FastNets.Backends;

namespace FastNets;

// The loss: where it goes, and how classes weigh in it.
public abstract partial class Network
{
    private readonly Slot _classWeights;
    private bool _hasClassWeights;

    /// <summary>Where each sample's loss goes.</summary>
    protected Slot LossSlot { get; }

    /// <summary>Where the batch's loss goes, [1].</summary>
    protected Slot TotalSlot => FigureSlot with { Length = 1 };

    // What a pass reports: loss, gradient norm, penalty.
    private Slot FigureSlot { get; }

    private Slot NormSlot => FigureSlot with { Offset = FigureSlot.Offset + 1, Length = 1 };

    private Slot PenaltySlot => FigureSlot with { Offset = FigureSlot.Offset + 2, Length = 1 };

    /// <summary>The weights of the classes in the loss; none where all weigh alike.</summary>
    protected Slot ClassWeightSlot => _hasClassWeights ? _classWeights : Slot.None;

    /// <summary>Sets how much each class weighs in the loss; an empty span makes all weigh alike again.</summary>
    /// <param name="weights">One number a class, finite, 0 or more; see <see cref="Training.ClassWeights.Balanced"/>.</param>
    /// <exception cref="ArgumentException">There are not as many weights as classes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite.</exception>
    /// <exception cref="InvalidOperationException">The network's loss is not one of classes.</exception>
    public void SetClassWeights(ReadOnlySpan<float> weights)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!TakesClasses) throw new InvalidOperationException($"{Name}: the loss {Loss} has no classes to weigh.");
        if (!weights.IsEmpty && weights.Length != OutputShape.Columns)
            throw new ArgumentException($"{Name}: {OutputShape.Columns} classes, but {weights.Length} weights.", nameof(weights));
        for (int i = 0; i < weights.Length; i++)
        {
            if (!float.IsFinite(weights[i]) || weights[i] < 0)
                throw new ArgumentOutOfRangeException(nameof(weights), weights[i], $"{Name}: the weight of class {i} is {weights[i]}; it must be a finite number, 0 or more.");
        }

        _hasClassWeights = !weights.IsEmpty;
        weights.CopyTo(_device.Edit(_classWeights, OutputShape.Columns));
    }
}
