using FastNets.Classification;
using FastNets.Cli.Rendering;
using FastNets.Training;

namespace FastNets.Cli.Commands;

/// <summary>Shows training on a board.</summary>
/// <param name="board">The board.</param>
/// <param name="kind">What is trained.</param>
internal sealed class BoardObserver(IProgressBoard board, ClassifierKind kind) : IClassifierObserver
{
    private int _epochs;
    private bool _transformed;

    /// <inheritdoc/>
    public void OnPhaseStart(ClassifierPhase phase) => board.Begin(phase switch
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
    public void OnEpochStart(int epoch, int epochs, int batches) => _epochs = epochs;

    /// <inheritdoc/>
    public void OnBatch(in BatchRecord batch)
    {
        if (batch.Batch == batch.Batches) return;
        double done = batch.Epoch - 1 + ((double)batch.Batch / batch.Batches);
        board.Report(done / _epochs);
    }

    /// <inheritdoc/>
    public void OnEpochEnd(EpochRecord record)
    {
        string validation = record.ValidationAccuracy is { } accuracy ? $", validation {Texts.Percent(accuracy)}" : "";
        board.Report((double)record.Epoch / _epochs, $"epoch {record.Epoch} of {_epochs}, loss {Texts.Loss(record.Loss)}{validation}");
    }
}
