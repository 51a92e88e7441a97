namespace FastNets.Kernels.Pointwise;

/// <summary>Which elements a dropout layer keeps in one step: a function of seed, layer, step and the element's place.</summary>
/// <remarks>
/// Inverted dropout (Srivastava et al., 2014): a kept element is divided by 1 - rate. The mask is never stored: forward and
/// backward pass draw the same words from Philox with the key (seed) and the counter (block, 0, layer, step).
/// Columns are counted in groups of 32: element (row, column) takes word (column / 8) % 4 of block
/// 8 * (row * ceil(columns / 32) + column / 32) + column % 8, so that eight lanes draw eight blocks and use all their words.
/// An element is kept where its word is at least rate * 2^32.
/// </remarks>
/// <param name="Rate">The probability that an element is set to zero, in [0, 1); 0 keeps all and draws nothing.</param>
/// <param name="Seed">The network's seed: the generator's key.</param>
/// <param name="Layer">The layer's number: counter word 2.</param>
/// <param name="Step">The training step: counter word 3.</param>
public readonly record struct DropoutMask(float Rate, ulong Seed, uint Layer, uint Step)
{
    /// <summary>Keeps everything.</summary>
    public static DropoutMask None => default;

    /// <summary>Whether any element may be dropped.</summary>
    public bool IsActive => Rate > 0;

    /// <summary>What kept elements are multiplied with: 1 / (1 - rate).</summary>
    public float Scale => 1f / (1f - Rate);

    /// <summary>The smallest word that keeps an element.</summary>
    public uint Threshold => (uint)Math.Min((double)Rate * 4294967296.0, uint.MaxValue);
}
