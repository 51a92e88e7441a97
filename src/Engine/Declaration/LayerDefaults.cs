namespace FastNets;

/// <summary>Whose settings a layer takes where none are given.</summary>
public enum LayerDefaults
{
    /// <summary>
    /// Keras's: Glorot-uniform kernels, orthogonal recurrent kernels, zero biases (1 for an LSTM's forget gate), one bias a cell (a GRU has two);
    /// batch normalisation with momentum 0.99, epsilon 1e-3 and a running variance divided by the batch; layer normalisation with epsilon 1e-3.
    /// </summary>
    Keras,

    /// <summary>
    /// PyTorch's: kernels and biases uniform within 1 / sqrt(fan-in) of 0 (recurrent layers: 1 / sqrt(units)), two biases a cell;
    /// batch normalisation with momentum 0.9 (0.1 in PyTorch's own words), epsilon 1e-5 and a running variance divided by the batch less one;
    /// layer normalisation with epsilon 1e-5.
    /// </summary>
    PyTorch,
}
