using FastNets.Classification;
using FastNets.Cli.Options;

namespace FastNets.Cli.Results;

/// <summary>What reports say of a model; copied, so that the model itself need not be kept.</summary>
/// <param name="Options">How it was trained, defaults filled in.</param>
/// <param name="Classes">The number of classes.</param>
/// <param name="Channels">The number of channels of the series.</param>
/// <param name="Length">The number of time steps of the series; where any is taken, the length that dilations were chosen for.</param>
/// <param name="TakesAnyLength">Whether series of any length are taken.</param>
/// <param name="FeatureCount">The length of what the head reads.</param>
internal sealed record ModelFacts(ClassifierOptions Options, int Classes, int Channels, int Length, bool TakesAnyLength, int FeatureCount)
{
    /// <summary>The model's name on the command line.</summary>
    public string Name => TrainOptions.NameOf(Options.Kind);

    /// <summary>Whether MiniRocket comes first.</summary>
    public bool HasRocket => Options.Kind != ClassifierKind.Mlp;

    /// <summary>Gathers the facts.</summary>
    /// <param name="classifier">The model.</param>
    public static ModelFacts Of(TimeSeriesClassifier classifier)
        => new(classifier.Options, classifier.Classes.Count, classifier.Channels, classifier.Length, classifier.TakesAnyLength, classifier.FeatureCount);

    /// <summary>The model in a few words.</summary>
    public string Describe()
        => HasRocket ? $"{Name}: {Rocket()} with {FeatureCount} features, then {HeadInWords()}" : $"{Name}: {HeadInWords()}";

    private string Rocket() => $"MiniRocket{(Options.Deterministic ? ", deterministic," : "")}{(TakesAnyLength ? " for any length" : "")}";

    private string HeadInWords() => Options.Kind switch
    {
        ClassifierKind.Ridge => "a ridge classifier",
        ClassifierKind.Mlp => $"a network on the series themselves, {Training()}",
        _ => $"a network, {Training()}",
    };

    private string Training() => $"{Options.Epochs} epochs of {Options.BatchSize} series a step, {Options.Optimizer!.Value.ToString().ToLowerInvariant()} at {Options.LearningRate!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
}
