using System.Globalization;
using FastNets.Data;
using FastNets.Rocket;

namespace FastNets.Classification;

/// <summary>Whether options and series can be used, before any work.</summary>
internal static class ClassifierChecks
{
    /// <summary>Checks options.</summary>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentException">One is out of range, or does not go with the kind.</exception>
    public static void CheckOptions(ClassifierOptions options)
    {
        Defined(options.Kind);
        Defined(options.Preprocessing);
        if (options.Optimizer is { } optimizer) Defined(optimizer);
        if (options.Features < 1) throw Bad(nameof(options.Features), options.Features, "ask for 84 or more");
        if (options.MaxDilationsPerKernel < 1) throw Bad(nameof(options.MaxDilationsPerKernel), options.MaxDilationsPerKernel, "ask for 1 or more");
        if (options.Epochs < 1) throw Bad(nameof(options.Epochs), options.Epochs, "ask for 1 or more");
        if (options.BatchSize < 1) throw Bad(nameof(options.BatchSize), options.BatchSize, "ask for 1 or more");
        if (options.BatchSize == 1 && options.Kind is (ClassifierKind.Head or ClassifierKind.HeadL1 or ClassifierKind.HeadL2))
            throw Bad(nameof(options.BatchSize), 1, $"the kind {options.Kind} has batch normalisation, which cannot learn from batches of one: ask for 2 or more");
        if (options.LearningRate is { } rate && !(rate > 0 && float.IsFinite(rate))) throw Bad(nameof(options.LearningRate), rate, "ask for a finite number above 0");
        if (options.ReferenceLength is < MiniRocketParameters.MinInputLength)
            throw Bad(nameof(options.ReferenceLength), options.ReferenceLength, $"ask for {MiniRocketParameters.MinInputLength} or more, the length of a kernel");
        if (options.MaxFeatureBytes is < 1) throw Bad(nameof(options.MaxFeatureBytes), options.MaxFeatureBytes, "ask for 1 or more");
        if (options.ValidationFraction is { } fraction && !(fraction is > 0 and < 1)) throw Bad(nameof(options.ValidationFraction), fraction, "ask for a share above 0 and below 1");
        string? given =
            options.Epochs is not null ? nameof(options.Epochs) :
            options.BatchSize is not null ? nameof(options.BatchSize) :
            options.LearningRate is not null ? nameof(options.LearningRate) :
            options.Optimizer is not null ? nameof(options.Optimizer) :
            null;
        if (given is not null && !options.Kind.HasNetwork())
            throw new ArgumentException($"{given} was given, but the kind {options.Kind} is solved in one step; leave it out, or choose a network.", nameof(options));
        given =
            options.Deterministic ? nameof(options.Deterministic) :
            options.AlwaysPads is not null ? nameof(options.AlwaysPads) :
            options.ReferenceLength is not null ? nameof(options.ReferenceLength) :
            options.MaxFeatureBytes is not null ? nameof(options.MaxFeatureBytes) :
            null;
        if (given is not null && !options.Kind.HasRocket())
            throw new ArgumentException($"{given} was given, but the kind {options.Kind} reads the series themselves, without MiniRocket; leave it out, or choose another kind.", nameof(options));
    }

    /// <summary>Checks that a set can be learnt from.</summary>
    /// <param name="train">The training series.</param>
    /// <param name="options">The checked options.</param>
    /// <returns>The options, with what follows from the series of MiniRocket's padding filled in.</returns>
    /// <exception cref="DataFormatException">It cannot; the message says why.</exception>
    /// <exception cref="ArgumentException">An option does not go with the series.</exception>
    public static ClassifierOptions CheckTrain(SeriesSet train, ClassifierOptions options)
    {
        if (train.Count == 0) throw DataFormatException.At(train.Name, 0, "there is no series to train on.");
        train.RequireTrainable();
        if (options.Kind.HasRocket())
        {
            (int length, bool alwaysPads) = MiniRocket.CheckFit(train, options.ForRocket());
            options = options with { AlwaysPads = alwaysPads, ReferenceLength = alwaysPads ? length : null };
        }
        else
        {
            train.RequireEqualLength();
        }

        int[] perClass = new int[train.Classes.Count];
        foreach (int label in train.Labels) perClass[label]++;
        int missing = Array.IndexOf(perClass, 0);
        if (missing >= 0)
            throw DataFormatException.At(train.Name, 0, $"the class '{train.Classes[missing]}' ({missing} of 0 to {perClass.Length - 1}) has no series to train on; add some, or leave the class out.");
        return options;
    }

    /// <summary>Checks that a set fits a trained classifier.</summary>
    /// <param name="set">The series.</param>
    /// <param name="channels">The number of channels in training.</param>
    /// <param name="length">The number of time steps in training; null where any will do.</param>
    /// <exception cref="DataFormatException">It does not.</exception>
    public static void CheckInput(SeriesSet set, int channels, int? length)
    {
        if (set.Count == 0) return;
        if (set.Channels != channels)
            throw DataFormatException.At(set.Name, 0, $"the series have {set.Channels} channels, but the classifier was trained on {channels}.");
        if (length is null)
        {
            set.RequireMinLength(1);
        }
        else
        {
            set.RequireEqualLength();
            if (set.MaxLength != length)
                throw DataFormatException.At(set.Name, 0, $"the series have {set.MaxLength} time steps, but the classifier was trained on {length}; resample, pad or cut them.");
        }

        set.RequireFinite();
    }

    private static void Defined<T>(T value, string parameter = "options")
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value)) throw new ArgumentException($"There is no {typeof(T).Name} {value}.", parameter);
    }

    private static ArgumentOutOfRangeException Bad(string option, object? value, string advice, string parameter = "options")
        => new(parameter, value, string.Create(CultureInfo.InvariantCulture, $"{option} is {value}; {advice}."));
}
