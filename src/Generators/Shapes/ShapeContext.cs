using FastNets.Generators.Diagnostics;
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
            return new ShapeProblem(Descriptors.SourceCount, "From", [kind.TypeName, Spec.Name, "one layer; use an Add or a Concat layer to put several together"]);
        if (kind.TakesSeveral && Inputs.Length < 2)
            return new ShapeProblem(Descriptors.SourceCount, "From", [kind.TypeName, Spec.Name, "two layers or more, as in 'From = new[] { nameof(A), nameof(B) }'"]);
        if (kind.NeedsSequence && !Input.IsSequence)
        {
            return ShapeProblem.WrongShape(this, "works on sequences", Sources[0] is null
                ? "declare the input as a sequence, as in '[Network(Length = 140, Channels = 1)]'"
                : "a recurrent layer gives one with 'ReturnSequences = true'");
        }

        if (HasLengths && kind.MixesSteps && Input.IsSequence)
            return new ShapeProblem(Descriptors.LengthsGoWrong, "From", [kind.TypeName, Spec.Name]);
        for (int i = 0; i < Sources.Length; i++)
        {
            if (Sources[i] is null && NetworkTakesTokens && Spec.Kind != LayerKind.Embedding)
                return new ShapeProblem(Descriptors.NotTheInput, "From", [kind.TypeName, Spec.Name, "an Embedding takes whole numbers from it, so no other kind of layer can"]);
        }

        return null;
    }

    /// <summary>Whether an embedding before this layer made the network's input whole numbers.</summary>
    public bool NetworkTakesTokens { get; init; }

    /// <summary>The layers before this one.</summary>
    public IReadOnlyList<ShapedLayer> Before { get; init; } = [];
}
