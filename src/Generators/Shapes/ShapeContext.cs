using FastNets.Generators.Diagnostics;
using FastNets.Generators.Helpers;
using FastNets.Generators.Kinds;
using FastNets.Generators.Model;

namespace FastNets.Generators.Shapes;

/// <summary>A layer and what it is given, as its kind sees them.</summary>
/// <param name="Spec">The layer.</param>
/// <param name="Inputs">What each source gives.</param>
/// <param name="Sources">The sources; null for the network's input.</param>
/// <param name="NetworkInput">The network's input.</param>
/// <param name="HasLengths">Whether series of a batch may have lengths of their own.</param>
/// <param name="IsLast">Whether it is the last layer.</param>
internal sealed record ShapeContext(LayerSpec Spec, Shape[] Inputs, ShapedLayer?[] Sources, Shape NetworkInput, bool HasLengths, bool IsLast)
{
    public LayerSettings Settings => Spec.Settings;

    public Shape Input => Inputs[0];

    public string KindName => LayerKinds.Of(Spec.Kind).TypeName;

    /// <summary>A source as messages call it.</summary>
    public string Giver(int source) => Sources[source] is { } layer ? $"layer '{layer.Name}'" : "the network's input";

    /// <summary>What can be wrong with the input of any kind.</summary>
    public ShapeProblem? CommonProblem(LayerKindInfo kind)
    {
        if (!kind.TakesSeveral && Inputs.Length > 1)
            return new ShapeProblem(Descriptors.SourceCount, "From", [kind.TypeName, Spec.Name, "one layer", $"{Literals.Of(Inputs.Length)} are", "put them together with an Add or a Concat layer"]);
        if (kind.TakesSeveral && Inputs.Length < 2)
            return new ShapeProblem(Descriptors.SourceCount, "From", [kind.TypeName, Spec.Name, "two layers or more", Spec.From.Count == 0 ? "none is" : "1 is", "name them as in 'From = new[] { nameof(A), nameof(B) }'"]);
        if (kind.NeedsSequence && !Input.IsSequence)
        {
            return ShapeProblem.WrongShape(this, "works on sequences", Sources[0] is null
                ? "declare the input as a sequence, as in '[Network(Length = 140, Channels = 1)]'"
                : LayerKinds.Of(Sources[0]!.Spec.Kind) is RecurrentKind
                    ? $"set 'ReturnSequences = true' on '{Sources[0]!.Name}'"
                    : "name a layer that gives a sequence by From");
        }

        if (HasLengths && kind.MixesSteps && Input.IsSequence)
            return ShapeProblem.Lengths(this);
        for (int i = 0; i < Sources.Length; i++)
        {
            if (Sources[i] is null && Spec.Kind != LayerKind.Embedding && Embedding is { } embedding)
                return ShapeProblem.NotTheInput(this, i, $"the Embedding '{embedding.Name}' makes that whole numbers, which no other kind of layer takes");
        }

        return null;
    }

    // The embedding that makes the network's input whole numbers.
    private LayerSpec? Embedding
        => All.Where((l, i) => l.Kind == LayerKind.Embedding && (l.From.Count == 0 ? i == 0 : l.From.Contains(ShapeResolver.InputName))).FirstOrDefault();

    /// <summary>All layers of the network.</summary>
    public IReadOnlyList<LayerSpec> All { get; init; } = [];

    /// <summary>The layers before this one.</summary>
    public IReadOnlyList<ShapedLayer> Before { get; init; } = [];
}
