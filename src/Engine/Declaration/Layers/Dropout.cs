using System.Globalization;

namespace FastNets;

/// <summary>Inverted dropout (Srivastava et al., 2014): in training each element is 0 with probability rate, else divided by 1 - rate; nothing happens in inference.</summary>
/// <remarks>Settings: <see cref="LayerAttribute.Rate"/> (required). The mask is a function of seed, layer and step and is never stored.</remarks>
public sealed class Dropout : Layer
{
    /// <summary>Called by generated code.</summary>
    /// <param name="network">The network.</param>
    /// <param name="name">The property's name.</param>
    /// <param name="outputShape">What the layer gives for a sample.</param>
    /// <param name="rate">The probability that an element is set to zero.</param>
    public Dropout(Network network, string name, SampleShape outputShape, float rate)
        : base(network, name, outputShape) => Rate = rate;

    /// <summary>The probability that an element is set to zero.</summary>
    public float Rate { get; }

    /// <inheritdoc/>
    public override string Description => string.Create(CultureInfo.InvariantCulture, $"Dropout({Rate})");
}
