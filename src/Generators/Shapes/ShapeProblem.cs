using FastNets.Generators.Diagnostics;
using FastNets.Generators.Kinds;
using FastNets.Generators.Model;
using Microsoft.CodeAnalysis;

namespace FastNets.Generators.Shapes;

/// <summary>Why a layer cannot take what it is given.</summary>
/// <param name="Descriptor">The diagnostic.</param>
/// <param name="Argument">The attribute's argument that it is reported on; null, or one that was not written, for the whole attribute.</param>
/// <param name="Arguments">The message's arguments.</param>
internal sealed record ShapeProblem(DiagnosticDescriptor Descriptor, string? Argument, object[] Arguments)
{
    /// <summary>Which of the argument's values it is reported on, where there are several; below 0 for all of them.</summary>
    public int Element { get; init; } = -1;

    /// <summary>Whether what the layer gives is known all the same, so that the layers behind it can be looked at.</summary>
    public bool LeavesOutput { get; init; }

    public static ShapeProblem UnknownSource(LayerSpec layer, int element, IReadOnlyList<LayerSpec> all)
    {
        string[] before = [.. all.TakeWhile(l => l.Name != layer.Name).Select(l => l.Name)];
        const string Input = "the network's input (LayerAttribute.NetworkInput)";
        string choice = before.Length == 0 ? $"before it comes only {Input}" : $"before it come {Input} and the layers {string.Join(", ", before)}";
        return new ShapeProblem(Descriptors.UnknownSource, "From", [layer.Name, "input", layer.From[element], Where(layer.From[element], layer, all), choice]) { Element = element };
    }

    public static ShapeProblem UnknownState(LayerSpec layer, IReadOnlyList<LayerSpec> all)
    {
        string[] before = [.. all.TakeWhile(l => l.Name != layer.Name).Where(l => LayerKinds.Of(l.Kind) is RecurrentKind).Select(l => l.Name)];
        string choice = before.Length == 0 ? "there is no recurrent layer before it" : "the recurrent layers before it are " + string.Join(", ", before);
        string source = layer.Settings.StateFrom;
        return new ShapeProblem(Descriptors.UnknownSource, "StateFrom", [layer.Name, "state", source, Where(source, layer, all), choice]) { LeavesOutput = true };
    }

    public static ShapeProblem WrongShape(ShapeContext context, string what, string remedy)
        => new(Descriptors.WrongShape, "From", [context.KindName, context.Spec.Name, what, context.Giver(0), context.Input.ToString(), remedy]);

    public static ShapeProblem Window(ShapeContext context, string window, string steps, string remedy)
        => new(Descriptors.WindowTooLong, "KernelSize", [context.KindName, context.Spec.Name, window, context.Giver(0), steps, remedy]);

    public static ShapeProblem NotTheInput(ShapeContext context, int source, string why)
        => new(Descriptors.NotTheInput, "From", [context.KindName, context.Spec.Name, context.Giver(source), why]) { Element = source, LeavesOutput = true };

    public static ShapeProblem Lengths(ShapeContext context)
        => new(Descriptors.LengthsGoWrong, "From", [context.KindName, context.Spec.Name]) { LeavesOutput = true };

    public static ShapeProblem DoesNotMatch(ShapeContext context, int source, string what, string remedy)
    {
        object[] arguments = [context.KindName, context.Spec.Name, what, context.Giver(0), context.Input.ToString(), context.Giver(source), context.Inputs[source].ToString(), remedy];
        return new ShapeProblem(Descriptors.InputsDoNotMatch, "From", arguments) { Element = source };
    }

    private static string Where(string source, LayerSpec layer, IReadOnlyList<LayerSpec> all)
        => source == layer.Name ? "which is the layer itself" : all.Any(l => l.Name == source) ? "which is declared after it" : "which is no layer of the network";
}
