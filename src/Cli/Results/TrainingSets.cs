using FastNets.Classification;
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
    /// <param name="options">How the model is trained.</param>
    /// <returns>The set, its classes in the order of the other's.</returns>
    /// <exception cref="DataFormatException">It cannot; the message names file, line and value.</exception>
    public static SeriesSet Fitting(SeriesSet set, SeriesSet train, ClassifierOptions options)
    {
        set.RequireLabels().RequireFinite();
        if (set.Channels != train.Channels)
            throw DataFormatException.At(set.Name, 0, $"the series have {set.Channels} channels, but those of {train.Name} have {train.Channels}.");
        bool anyLength = options.Kind != ClassifierKind.Mlp && (options.AlwaysPads ?? !train.IsEqualLength);
        if (anyLength) set.RequireMinLength(1);
        else set.RequireEqualLength();
        if (!anyLength && set.MaxLength != train.MaxLength && train.IsEqualLength)
        {
            string advice = options.Kind == ClassifierKind.Mlp ? "" : ", or train with --any-length";
            throw DataFormatException.At(set.Name, 0, $"the series have {set.MaxLength} time steps, but those of {train.Name} have {train.MaxLength}; resample, pad or cut them{advice}.");
        }

        return set.WithClasses(train.Classes);
    }
}
