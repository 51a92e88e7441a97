using FastNets.Data;
using FastNets.Memory;
using FastNets.Rocket;

namespace FastNets.Classification;

/// <summary>What turns series into the rows that a head reads: preprocessing, MiniRocket or the series themselves, scaling.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
internal sealed class FrontEnd
{
    /// <summary>Puts a front end together.</summary>
    /// <param name="preprocessing">What is done to each series first.</param>
    /// <param name="rocket">MiniRocket; null where the head reads the series themselves.</param>
    /// <param name="scaler">Scales MiniRocket's features, or without it the channels of the series; null for none.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="length">The number of time steps; MiniRocket's where it is there.</param>
    public FrontEnd(SeriesPreprocessing preprocessing, MiniRocket? rocket, StandardScaler? scaler, int channels, int length)
    {
        Preprocessing = preprocessing;
        Rocket = rocket;
        Scaler = scaler;
        Channels = channels;
        Length = length;
        RowLength = rocket?.FeatureCount ?? checked(channels * length);
    }

    /// <summary>What is done to each series first.</summary>
    public SeriesPreprocessing Preprocessing { get; }

    /// <summary>MiniRocket, or null.</summary>
    public MiniRocket? Rocket { get; }

    /// <summary>The scaler, or null.</summary>
    public StandardScaler? Scaler { get; }

    /// <summary>The number of channels of a series.</summary>
    public int Channels { get; }

    /// <summary>The number of time steps of a series, or the length that dilations were chosen for.</summary>
    public int Length { get; }

    /// <summary>Whether series may have any length.</summary>
    public bool TakesAnyLength => Rocket is { Parameters.AlwaysPads: true };

    /// <summary>The number of time steps that series must have; null where any will do.</summary>
    public int? OnlyLength => TakesAnyLength ? null : Length;

    /// <summary>The length of a row.</summary>
    public int RowLength { get; }

    /// <summary>The rows of all series of a set.</summary>
    /// <param name="set">Checked series.</param>
    /// <returns>Shape [series, <see cref="RowLength"/>]; to be disposed by the caller.</returns>
    public FeatureMatrix Rows(SeriesSet set)
    {
        var rows = new FeatureMatrix(set.Count, RowLength, clear: false);
        Write(set, rows);
        return rows;
    }

    /// <summary>Writes the rows of all series of a set into memory that is there.</summary>
    /// <param name="set">Checked series.</param>
    /// <param name="rows">Shape [series, <see cref="RowLength"/>]; overwritten.</param>
    public void Write(SeriesSet set, FeatureMatrix rows)
    {
        SeriesSet prepared = Prepare(set, Preprocessing);
        if (Rocket is null)
        {
            if (Scaler is not null) prepared = Scaler.Apply(prepared);
            for (int i = 0; i < set.Count; i++) prepared.Series(i).CopyTo(rows.Row(i));
            return;
        }

        Rocket.Transform(prepared, rows);
        Scaler?.Apply(rows);
    }

    /// <summary>Does what comes first to each series.</summary>
    /// <param name="set">The series.</param>
    /// <param name="preprocessing">What to do.</param>
    public static SeriesSet Prepare(SeriesSet set, SeriesPreprocessing preprocessing)
        => preprocessing == SeriesPreprocessing.Standardize ? StandardScaler.PerSeries(set) : set;
}
