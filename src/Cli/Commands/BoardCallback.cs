using FastNets.Classification;
using FastNets.Cli.Rendering;
using FastNets.Training;

namespace FastNets.Cli.Commands;

/// <summary>Shows training on a board.</summary>
/// <param name="board">The board.</param>
/// <param name="kind">What is trained.</param>
internal sealed class BoardCallback(IProgressBoard board, ClassifierKind kind) : ClassifierCallback
{
    private bool _transformed;

    /// <inheritdoc/>
    public override void OnPhaseStart(ClassifierPhase phase) => board.Begin(phase switch
    {
        ClassifierPhase.FitTransform => "fit MiniRocket",
        ClassifierPhase.Transform => TransformName(),
        _ => kind == ClassifierKind.Ridge ? "fit ridge" : "train network",
    });

    // The series that are held out come second.
    private string TransformName()
    {
        string name = _transformed ? "transform validation" : "transform";
        _transformed = true;
        return name;
    }

    /// <inheritdoc/>
    public override void OnBatchEnd(TrainerContext context, in BatchRecord batch)
    {
        if (batch.Batch == batch.Batches) return;
        double done = batch.Epoch - 1 + ((double)batch.Batch / batch.Batches);
        board.Report(done / context.Epochs);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainerContext context, EpochRecord record)
    {
        string validation = record.ValidationAccuracy is { } accuracy ? $", validation {Texts.Percent(accuracy)}" : "";
        board.Report((double)record.Epoch / context.Epochs, $"epoch {record.Epoch} of {context.Epochs}, loss {Texts.Loss(record.Loss)}{validation}");
    }
}
