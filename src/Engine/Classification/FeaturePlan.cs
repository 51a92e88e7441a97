using System.Globalization;
using FastNets.Data;
using FastNets.Rocket;

namespace FastNets.Classification;

/// <summary>Which features of a training run are kept in memory, and which are computed anew whenever they are needed.</summary>
/// <param name="KeepsTrain">Whether those of the training series are kept.</param>
/// <param name="KeepsValidation">Whether those of the validation series are kept.</param>
internal readonly record struct FeaturePlan(bool KeepsTrain, bool KeepsValidation)
{
    private const double BytesPerGiB = 1 << 30;

    /// <summary>Decides, before any work.</summary>
    /// <param name="options">The checked options.</param>
    /// <param name="train">The training series.</param>
    /// <param name="validation">The validation series, or null.</param>
    /// <exception cref="ArgumentException">The features of the training series take more memory than is allowed, and the kind needs them at once.</exception>
    public static FeaturePlan For(ClassifierOptions options, SeriesSet train, SeriesSet? validation)
    {
        if (!options.Kind.HasRocket()) return new FeaturePlan(true, true);
        long limit = options.MaxFeatureBytes ?? Math.Max(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2, 1);
        long bytesPerSeries = (long)sizeof(float) * MiniRocketFit.FeatureCount(options.Features);
        long trainBytes = bytesPerSeries * train.Count;
        bool keepsTrain = trainBytes <= limit;
        if (!keepsTrain && !options.Kind.HasNetwork())
        {
            throw new ArgumentException(
                $"The features of {train.Count} training series take {Show(trainBytes)}, more than the {Show(limit)} that {nameof(ClassifierOptions.MaxFeatureBytes)} (--max-memory) allows, and the kind {options.Kind} needs them all at once; "
                + $"choose the kind {ClassifierKind.Softmax}, which does not, or ask for fewer features.",
                nameof(options));
        }

        return new FeaturePlan(keepsTrain, keepsTrain && trainBytes + (bytesPerSeries * (validation?.Count ?? 0)) <= limit);
    }

    private static string Show(long bytes)
        => bytes < 1 << 20 ? $"{bytes} bytes" : string.Create(CultureInfo.InvariantCulture, $"{bytes / BytesPerGiB:0.000} GiB");
}
