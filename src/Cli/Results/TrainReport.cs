using FastNets.Classification;

namespace FastNets.Cli.Results;

/// <summary>What a training run gave.</summary>
/// <param name="Model">The model.</param>
/// <param name="Sets">The series.</param>
/// <param name="Training">The training itself; its classifier is not used any more.</param>
/// <param name="Test">The figures on the test series; null where there are none.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Output">Where the model was written; null where it was not.</param>
internal sealed record TrainReport(
    ModelFacts Model, TrainingSets Sets, TrainingResult Training, ClassifierEvaluation? Test, PhaseTimes Seconds, string? Output);
