namespace FastNets;

/// <summary>How the window of a convolution or a pooling layer meets the ends of a series.</summary>
public enum Padding
{
    /// <summary>Nothing is added: windows lie within the series (or within what <see cref="LayerAttribute.PaddingLeft"/> and <see cref="LayerAttribute.PaddingRight"/> make of it).</summary>
    Valid,

    /// <summary>As much is added on both sides, one more behind where it is odd, that there are ceil(steps / stride) windows.</summary>
    Same,

    /// <summary>All is added before the series: a step's output depends on it and the steps before it (van den Oord et al., 2016).</summary>
    Causal,
}
