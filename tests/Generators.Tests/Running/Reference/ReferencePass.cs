using FastNets.Generators.Shapes;

namespace FastNets.Generators.Tests.Running.Reference;

/// <summary>A recurrent layer's state: hidden and, of an LSTM, cell, each [batch][units].</summary>
internal sealed record State(double[][] Hidden, double[][] Cell);

/// <summary>One pass over a batch: what it is given and what it leaves.</summary>
/// <param name="Parameters">Parameters and running statistics by name.</param>
/// <param name="Data">The batch.</param>
/// <param name="Step">The number of the training step; null in inference.</param>
/// <param name="Carried">The states that the batch before left, by layer.</param>
internal sealed record ReferencePass(IReadOnlyDictionary<string, double[]> Parameters, RandomBatch Data, uint? Step, IReadOnlyDictionary<string, State> Carried)
{
    /// <summary>The states that stateful layers leave.</summary>
    public Dictionary<string, State> Left { get; } = [];

    /// <summary>The last state of each recurrent layer.</summary>
    public Dictionary<string, State> Last { get; } = [];

    /// <summary>States behind which no gradient flows, from the pass at the point where the gradient is asked for; null in that pass itself.</summary>
    public IReadOnlyDictionary<string, State>? Constant { get; init; }

    /// <summary>The states that truncation makes constants.</summary>
    public Dictionary<string, State> Cuts { get; } = [];

    public double[] Of(ShapedLayer layer, string tensor) => Parameters[$"{layer.Name}.{tensor}"];

    public double[]? OfBias(ShapedLayer layer, bool has, string tensor) => has ? Of(layer, tensor) : null;

    /// <summary>A state that no gradient flows through.</summary>
    public State Cut(string key, State state)
    {
        Cuts[key] = state;
        return Constant is null ? state : Constant[key];
    }
}
