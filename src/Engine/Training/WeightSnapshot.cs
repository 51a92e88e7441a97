namespace FastNets.Training;

/// <summary>A copy of a network's weights and running statistics in host memory.</summary>
/// <remarks>The memory is taken once, at construction; taking and restoring allocate nothing. Optimizers' moments are not part of it. Not thread-safe.</remarks>
public sealed class WeightSnapshot
{
    private readonly Network _network;
    private readonly float[] _weights;

    /// <summary>Makes a copy of the present weights.</summary>
    /// <param name="network">The network.</param>
    /// <exception cref="ObjectDisposedException">The network was disposed.</exception>
    public WeightSnapshot(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        _network = network;
        _weights = new float[network.WeightLength];
        Take();
    }

    /// <summary>Copies the network's present weights and running statistics, in the place of those taken before.</summary>
    /// <exception cref="ObjectDisposedException">The network was disposed.</exception>
    public void Take() => _network.SaveWeights(_weights);

    /// <summary>Puts back what was taken last.</summary>
    /// <exception cref="ObjectDisposedException">The network was disposed.</exception>
    public void Restore() => _network.LoadWeights(_weights);
}
