namespace FastNets.Backends;

/// <summary>A layer of the program's own, as generated code passes it on; see <see cref="FastNets.Custom{T}"/>.</summary>
public interface ICustomLayer
{
    /// <summary>Computes the outputs.</summary>
    /// <param name="x">[batch, inputs].</param>
    /// <param name="weights">What the layer learns, or empty.</param>
    /// <param name="y">[batch, outputs], to be set.</param>
    /// <param name="batch">The number of samples.</param>
    static abstract void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> weights, Span<float> y, int batch);

    /// <summary>Computes the gradients.</summary>
    /// <param name="dY">[batch, outputs].</param>
    /// <param name="x">[batch, inputs].</param>
    /// <param name="weights">What the layer learns, or empty.</param>
    /// <param name="y">[batch, outputs].</param>
    /// <param name="dX">[batch, inputs], to be set.</param>
    /// <param name="dWeights">Laid out as the weights, to be set; or empty.</param>
    /// <param name="batch">The number of samples.</param>
    static abstract void Backward(ReadOnlySpan<float> dY, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> y, Span<float> dX, Span<float> dWeights, int batch);
}
