using FastNets.Classification.Explanation;
using FastNets.Data;
using FastNets.Memory;
using FastNets.Serialization;

namespace FastNets.Classification;

/// <summary>What turns rows into class scores. Not thread-safe.</summary>
internal abstract class ClassifierHead : IDisposable
{
    /// <summary>Whether the scores are probabilities.</summary>
    public abstract bool IsProbability { get; }

    /// <summary>Where scores are computed; null where that is always the processor.</summary>
    public virtual Device? Device => null;

    /// <summary>Moves what computes scores.</summary>
    public virtual void MoveTo(Device device)
    {
    }

    /// <summary>Computes the scores of some rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="labels">Their classes where the loss is asked for; else empty.</param>
    /// <param name="scores">Shape [rows, classes].</param>
    /// <returns>The sum of the rows' losses; NaN where it was not asked for or the scores are no probabilities.</returns>
    public abstract double Score(FeatureMatrix rows, ReadOnlySpan<int> labels, Span<float> scores);

    /// <summary>Whether each class's decision is a linear function of the rows, so that <see cref="Decision"/> gives it.</summary>
    public virtual bool IsLinear => false;

    /// <summary>A class's decision as a linear function of the rows before they were scaled.</summary>
    /// <param name="classIndex">The class.</param>
    /// <param name="scaler">What the rows were scaled by; null for nothing.</param>
    /// <exception cref="NotSupportedException">The decision is not linear.</exception>
    public virtual LinearDecision Decision(int classIndex, StandardScaler? scaler) => throw new NotSupportedException("The head's decision is not a linear function of its features.");

    /// <summary>Adds metadata and tensors.</summary>
    /// <param name="writer">The file.</param>
    public abstract void AddTo(SafetensorsWriter writer);

    /// <summary>The number of tensors that <see cref="AddTo"/> adds.</summary>
    public abstract int TensorCount { get; }

    /// <inheritdoc/>
    public abstract void Dispose();
}
