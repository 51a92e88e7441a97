namespace FastNets.Rocket;

/// <summary>Which channels each combination of a dilation and a kernel adds up.</summary>
/// <remarks>Immutable. Combinations are ordered by dilation, then by kernel.</remarks>
internal sealed class RocketChannels
{
    private readonly int[] _perCombination;
    private readonly int[] _indices;
    private readonly int[] _starts;

    /// <summary>Makes the combinations; the values are copied.</summary>
    /// <param name="channels">The number of channels of a series.</param>
    /// <param name="combinations">The number of combinations.</param>
    /// <param name="perCombination">The number of channels of each combination, at least 1.</param>
    /// <param name="indices">The channels, combination after combination, each once in a combination.</param>
    /// <exception cref="ArgumentException">The sizes don't agree, or a channel does not exist or is there twice.</exception>
    public RocketChannels(int channels, int combinations, ReadOnlySpan<int> perCombination, ReadOnlySpan<int> indices)
    {
        if (perCombination.Length != combinations)
            throw new ArgumentException($"{combinations} combinations of dilation and kernel need as many numbers of channels, but there are {perCombination.Length}.", nameof(perCombination));
        _starts = new int[combinations + 1];
        for (int i = 0; i < combinations; i++)
        {
            int count = perCombination[i];
            if (count < 1 || count > channels) throw new ArgumentException($"Combination {i} has {count} channels; a series has {channels}, and it needs at least 1.", nameof(perCombination));
            if (count > indices.Length - _starts[i]) throw new ArgumentException($"The combinations have more channels than the {indices.Length} that are listed.", nameof(indices));
            _starts[i + 1] = _starts[i] + count;
            ReadOnlySpan<int> own = indices.Slice(_starts[i], count);
            for (int j = 0; j < count; j++)
            {
                if ((uint)own[j] >= (uint)channels) throw new ArgumentException($"Combination {i} has channel {own[j]}; a series has the channels 0 to {channels - 1}.", nameof(indices));
                if (own[..j].Contains(own[j])) throw new ArgumentException($"Combination {i} has channel {own[j]} twice.", nameof(indices));
            }
        }

        if (_starts[^1] != indices.Length) throw new ArgumentException($"The combinations have {_starts[^1]} channels, but {indices.Length} are listed.", nameof(indices));
        _perCombination = perCombination.ToArray();
        _indices = indices.ToArray();
    }

    /// <summary>The number of channels of each combination.</summary>
    public ReadOnlySpan<int> PerCombination => _perCombination;

    /// <summary>The channels, combination after combination.</summary>
    public ReadOnlySpan<int> Indices => _indices;

    /// <summary>The channels of a combination.</summary>
    public ReadOnlySpan<int> Of(int combination) => _indices.AsSpan(_starts[combination], _perCombination[combination]);
}
