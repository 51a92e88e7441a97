namespace FastNets;

/// <summary>Whose settings batch normalisation takes where none are given.</summary>
public enum BatchNormDefaults
{
    /// <summary>Momentum 0.99, epsilon 1e-3, running variance divided by the batch.</summary>
    Keras,

    /// <summary>Momentum 0.9 (0.1 in PyTorch's own words), epsilon 1e-5, running variance divided by the batch less one.</summary>
    PyTorch,
}
