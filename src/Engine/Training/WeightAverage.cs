namespace FastNets.Training;

/// <summary>An exponential moving average of a network's weights: average = decay * average + (1 - decay) * weights after each step.</summary>
/// <remarks>
/// Averaged weights often predict better than the last ones, which still carry the noise of single batches (Polyak and Juditsky, 1992). Running statistics of batch normalisation are averaged
/// with the weights, by the same decay, so that the averaged network has statistics of its own weights' past and not of the last weights'; a variance stays positive. The average starts as the
/// weights at the time of construction. All memory is taken then; updates allocate nothing. Same bits for any number of threads. Not thread-safe.
/// </remarks>
public sealed class WeightAverage
{
    private readonly Network _network;
    private readonly float[] _average;

    /// <summary>Starts an average at the network's present weights.</summary>
    /// <param name="network">The network.</param>
    /// <param name="decay">How much of the average stays at each update, in [0, 1).</param>
    /// <param name="warmUp">
    /// Whether update n (from 0) uses the smaller of <paramref name="decay"/> and (1 + n) / (10 + n), as TensorFlow's ExponentialMovingAverage: the initial weights are then soon forgotten.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The decay is out of its range.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed.</exception>
    public WeightAverage(Network network, float decay = 0.999f, bool warmUp = false)
    {
        ArgumentNullException.ThrowIfNull(network);
        Decay = Checked(decay);
        WarmUp = warmUp;
        _network = network;
        _average = new float[network.WeightLength];
        network.SaveWeights(_average);
    }

    /// <summary>How much of the average stays at each update.</summary>
    public float Decay { get; }

    /// <summary>Whether the first updates count more.</summary>
    public bool WarmUp { get; }

    /// <summary>The number of updates so far.</summary>
    public long Updates { get; private set; }

    /// <summary>Whether the network now holds the average, and this object the weights of training.</summary>
    public bool IsSwapped { get; private set; }

    /// <summary>Moves the average towards the network's present weights; to be called after each step.</summary>
    /// <exception cref="InvalidOperationException">The network holds the average.</exception>
    public void Update()
    {
        if (IsSwapped) throw new InvalidOperationException($"{_network.Name} holds its averaged weights; swap them back before the next step and update.");
        double decay = WarmUp ? Math.Min(Decay, (1.0 + Updates) / (10.0 + Updates)) : Decay;
        _network.AverageWeights(_average, (float)(1 - decay));
        Updates++;
    }

    /// <summary>Exchanges the network's weights and running statistics with the average: once to evaluate or save it, once more to train on. Exact, whatever their values.</summary>
    public void Swap()
    {
        _network.SwapWeights(_average);
        IsSwapped = !IsSwapped;
    }

    internal static float Checked(float decay)
        => decay is >= 0 and < 1 ? decay : throw new ArgumentOutOfRangeException(nameof(decay), decay, "The decay of an average lies in [0, 1).");
}
