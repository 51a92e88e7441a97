using FastNets.Memory;
using FastNets.Serialization;

namespace FastNets.Classification;

/// <summary>What turns rows into class scores. Not thread-safe.</summary>
internal abstract class ClassifierHead : IDisposable
{
    /// <summary>Whether the scores are probabilities.</summary>
    public abstract bool IsProbability { get; }

    /// <summary>Computes the scores of some rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="labels">Their classes where the loss is asked for; else empty.</param>
    /// <param name="scores">Shape [rows, classes].</param>
    /// <returns>The sum of the rows' losses; NaN where it was not asked for or the scores are no probabilities.</returns>
    public abstract double Score(FeatureMatrix rows, ReadOnlySpan<int> labels, Span<float> scores);

    /// <summary>Adds metadata and tensors.</summary>
    /// <param name="writer">The file.</param>
    public abstract void AddTo(SafetensorsWriter writer);

    /// <summary>The number of tensors that <see cref="AddTo"/> adds.</summary>
    public abstract int TensorCount { get; }

    /// <inheritdoc/>
    public abstract void Dispose();
}
