using FastNets.Backends;
using FastNets.Kernels.Pointwise;

namespace FastNets;

// What the generator writes for each network.
public abstract partial class Network
{
    /// <summary>No place: an operand that an operation goes without.</summary>
    protected static Slot NoPlace => Slot.None;

    /// <summary>No dropout.</summary>
    protected static DropoutMask NoMask => DropoutMask.None;

    /// <summary>Where the outputs are after a forward pass, [batch, <see cref="OutputLength"/>].</summary>
    protected abstract Slot OutputSlot { get; }

    /// <summary>The mask of a dropout layer in a training step.</summary>
    /// <param name="rate">The probability that an element is set to zero.</param>
    /// <param name="layer">The layer's number.</param>
    /// <param name="step">The training step.</param>
    protected DropoutMask Mask(float rate, uint layer, uint step) => new(rate, Seed, layer, step);

    /// <summary>The forward pass of training: dropout on, batch statistics, what the backward pass needs is kept.</summary>
    /// <typeparam name="TBackend">The backend.</typeparam>
    /// <param name="backend">The backend.</param>
    /// <param name="batch">The number of samples in <see cref="InputSlot"/>.</param>
    /// <param name="step">The training step, part of dropout's counter.</param>
    protected abstract void Forward<TBackend>(TBackend backend, int batch, uint step)
        where TBackend : struct, IBackend;

    /// <summary>Each sample's loss into <see cref="LossSlot"/> and, where asked for, the gradient of the batch's mean.</summary>
    /// <typeparam name="TBackend">The backend.</typeparam>
    /// <param name="backend">The backend.</param>
    /// <param name="batch">The number of samples.</param>
    /// <param name="targets">What is in <see cref="TargetSlot"/>.</param>
    /// <param name="gradient">Whether the backward pass follows.</param>
    protected abstract void ComputeLoss<TBackend>(TBackend backend, int batch, TargetKind targets, bool gradient)
        where TBackend : struct, IBackend;

    /// <summary>The backward pass: all parameters' gradients.</summary>
    /// <typeparam name="TBackend">The backend.</typeparam>
    /// <param name="backend">The backend.</param>
    /// <param name="batch">The number of samples.</param>
    /// <param name="step">The training step of the forward pass.</param>
    protected abstract void Backward<TBackend>(TBackend backend, int batch, uint step)
        where TBackend : struct, IBackend;

    /// <summary>Puts what inference can compute ahead (batch normalisation) into the folded weights. Nothing where there is none.</summary>
    /// <typeparam name="TBackend">The backend.</typeparam>
    /// <param name="backend">The backend.</param>
    protected virtual void Fold<TBackend>(TBackend backend)
        where TBackend : struct, IBackend
    {
    }

    /// <summary>The forward pass of inference, by the folded weights.</summary>
    /// <typeparam name="TBackend">The backend.</typeparam>
    /// <param name="backend">The backend.</param>
    /// <param name="batch">The number of samples in <see cref="InputSlot"/>.</param>
    protected abstract void Infer<TBackend>(TBackend backend, int batch)
        where TBackend : struct, IBackend;
}
