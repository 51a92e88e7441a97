using FastNets.Data;

namespace FastNets.Cli.Results;

/// <summary>The series of a training run.</summary>
/// <param name="Train">What is learnt from.</param>
/// <param name="Validation">What is measured while training; null for none, or a part of the training series.</param>
/// <param name="Test">What the trained model is measured on; null for none.</param>
internal sealed record TrainingSets(SeriesSet Train, SeriesSet? Validation, SeriesSet? Test)
{
    /// <summary>Checks that a set can be measured by what is learnt from another.</summary>
    /// <param name="set">The set.</param>
    /// <param name="train">What is learnt from.</param>
    /// <returns>The set, its classes in the order of the other's.</returns>
    /// <exception cref="DataFormatException">It cannot; the message names file, line and value.</exception>
    public static SeriesSet Fitting(SeriesSet set, SeriesSet train)
    {
        set.RequireLabels().RequireFinite().RequireEqualLength();
        if (set.Channels != train.Channels)
            throw DataFormatException.At(set.Name, 0, $"the series have {set.Channels} channels, but those of {train.Name} have {train.Channels}.");
        if (set.MaxLength != train.MaxLength && train.IsEqualLength)
            throw DataFormatException.At(set.Name, 0, $"the series have {set.MaxLength} time steps, but those of {train.Name} have {train.MaxLength}; resample, pad or cut them.");
        return set.WithClasses(train.Classes);
    }
}
