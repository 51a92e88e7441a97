using FastNets.Data;
using FastNets.Memory;

namespace FastNets.Training;

/// <summary>The samples of a <see cref="TrainingSource"/>, whatever they are made of.</summary>
internal abstract class SampleRows
{
    public abstract int Count { get; }

    /// <summary>The numbers of the longest sample.</summary>
    public abstract int Length { get; }

    /// <summary>Why the samples do not fit a network's input; null where they do.</summary>
    public virtual string? Problem(Network network)
        => network.Description.TakesTokens ? $"the samples are floating-point numbers, but {network.Name} has an Embedding and takes whole numbers" :
            Length != network.InputLength ? $"a sample has {Length} values, but {network.Name} takes {network.InputLength}" :
            null;

    /// <summary>How many steps a sample has of its own.</summary>
    public virtual int StepsOf(int row, int steps) => steps;

    /// <summary>Puts samples where the network reads its next batch.</summary>
    public abstract void Put(Network network, ReadOnlySpan<int> rows);
}

/// <summary>Rows of a matrix.</summary>
internal sealed class FeatureRows(FeatureMatrix features) : SampleRows
{
    public override int Count => features.Rows;

    public override int Length => features.Columns;

    public override void Put(Network network, ReadOnlySpan<int> rows)
    {
        Span<float> x = network.InputRows(rows.Length);
        for (int i = 0; i < rows.Length; i++) features.Row(rows[i]).CopyTo(x.Slice(i * Length, Length));
    }
}

/// <summary>Rows of whole numbers.</summary>
internal sealed class TokenRows : SampleRows
{
    private readonly ReadOnlyMemory<int> _tokens;

    public TokenRows(ReadOnlyMemory<int> tokens, int length, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        if (tokens.Length % length != 0) throw new ArgumentException($"{name}: {tokens.Length} numbers do not fill whole samples of {length}.", nameof(tokens));
        _tokens = tokens;
        Length = length;
    }

    public override int Count => _tokens.Length / Length;

    public override int Length { get; }

    public override string? Problem(Network network)
        => !network.Description.TakesTokens ? $"the samples are whole numbers, but {network.Name} has no Embedding" :
            Length != network.InputLength ? $"a sample has {Length} numbers, but {network.Name} takes {network.InputLength}" :
            null;

    public override void Put(Network network, ReadOnlySpan<int> rows)
    {
        Span<int> x = network.TokenRows(rows.Length);
        for (int i = 0; i < rows.Length; i++) _tokens.Span.Slice(rows[i] * Length, Length).CopyTo(x.Slice(i * Length, Length));
    }
}

/// <summary>Series: channel after channel for a network that takes a vector, step after step for one that takes a sequence.</summary>
internal sealed class SeriesRows(SeriesSet set) : SampleRows
{
    public override int Count => set.Count;

    public override int Length => checked(set.Channels * set.MaxLength);

    public override string? Problem(Network network)
    {
        if (network.Description.TakesTokens || !network.InputShape.IsSequence)
        {
            return base.Problem(network)
                ?? (set.IsEqualLength ? null : $"the series have {set.MinLength} to {set.MaxLength} steps, but {network.Name} takes series of one length; resample them, or declare a network with Length and Lengths = true");
        }

        SampleShape shape = network.InputShape;
        if (set.Channels != shape.Columns) return $"the series have {set.Channels} channels, but {network.Name} takes {shape.Columns}";
        if (network.Description.HasLengths)
            return set.MaxLength > shape.Steps ? $"the longest series has {set.MaxLength} steps, but {network.Name} takes up to {shape.Steps}" : set.MinLength < 1 ? "a series is empty" : null;
        return set.IsEqualLength && set.MaxLength == shape.Steps
            ? null
            : $"the series have {(set.IsEqualLength ? set.MaxLength : $"{set.MinLength} to {set.MaxLength}")} steps, but {network.Name} takes {shape.Steps}; declare it with 'Lengths = true' for series of other lengths, or resample them";
    }

    public override int StepsOf(int row, int steps) => Math.Min(set.LengthOf(row), steps);

    public override void Put(Network network, ReadOnlySpan<int> rows)
    {
        Span<float> x = network.InputRows(rows.Length);
        int length = network.InputLength;
        if (!network.InputShape.IsSequence)
        {
            for (int i = 0; i < rows.Length; i++) set.Series(rows[i]).CopyTo(x.Slice(i * length, length));
            return;
        }

        if (network.Description.HasLengths)
        {
            Span<int> lengths = network.LengthRows(rows.Length);
            for (int i = 0; i < rows.Length; i++) lengths[i] = set.LengthOf(rows[i]);
        }

        for (int i = 0; i < rows.Length; i++) StepAfterStep(rows[i], x.Slice(i * length, length));
    }

    private void StepAfterStep(int series, Span<float> target)
    {
        int steps = set.LengthOf(series);
        int channels = set.Channels;
        for (int channel = 0; channel < channels; channel++)
        {
            ReadOnlySpan<float> source = set.Channel(series, channel);
            if (channels == 1) source.CopyTo(target);
            else for (int step = 0; step < steps; step++) target[(step * channels) + channel] = source[step];
        }

        target[(steps * channels)..].Clear();
    }
}
