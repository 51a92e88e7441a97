using FastNets.Backends;

namespace FastNets;

/// <summary>A named, shaped part of a network's memory: weights, or running statistics.</summary>
public sealed class Parameter
{
    private readonly Network _network;

    internal Parameter(Network network, string name, int[] shape, Slot slot, float l1, float l2)
    {
        _network = network;
        Name = name;
        Shape = shape;
        Slot = slot;
        L1 = l1;
        L2 = l2;
    }

    /// <summary>Layer and part, as in <c>Hidden.kernel</c>: the tensor's name in files.</summary>
    public string Name { get; }

    /// <summary>The sizes, outermost first.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>The number of elements.</summary>
    public int Length => Slot.Length;

    /// <summary>Whether an optimizer moves it; false for running statistics.</summary>
    public bool IsTrainable => Slot.Arena == Arena.Parameters;

    /// <summary>The factor of the penalty L1 * sum(|w|).</summary>
    public float L1 { get; }

    /// <summary>The factor of the penalty L2 * sum(w^2).</summary>
    public float L2 { get; }

    /// <summary>The elements, row-major, to read and to write.</summary>
    /// <remarks>Take the span anew before each write: taking it is what tells the network that its folded weights are stale.</remarks>
    /// <exception cref="ObjectDisposedException">The network was disposed.</exception>
    public Span<float> Values
    {
        get
        {
            _network.ParametersChanged();
            Version++;
            return _network.Edit(Slot);
        }
    }

    /// <summary>The gradient of the batch's mean loss, as the last step left it; empty for running statistics.</summary>
    /// <remarks>Penalties are not in it: their gradients are added in the optimizer's pass.</remarks>
    /// <exception cref="ObjectDisposedException">The network was disposed.</exception>
    public ReadOnlySpan<float> Gradient => IsTrainable ? _network.View(Slot with { Arena = Arena.Gradients }) : default;

    /// <summary>How often the values were taken, and so may have been written: by what was made of them to see that it is stale.</summary>
    internal int Version { get; private set; }

    /// <summary>The elements, row-major, to be read only: nothing that was made of them is made anew, and on a GPU nothing is sent back.</summary>
    /// <exception cref="ObjectDisposedException">The network was disposed.</exception>
    public ReadOnlySpan<float> ReadOnlyValues => _network.View(Slot);

    /// <summary>Where it lies.</summary>
    internal Slot Slot { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} [{string.Join(", ", Shape)}]";
}
