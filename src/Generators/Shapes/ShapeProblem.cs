using FastNets.Generators.Diagnostics;
using FastNets.Generators.Helpers;
using FastNets.Generators.Model;
using Microsoft.CodeAnalysis;

namespace FastNets.Generators.Shapes;

/// <summary>Why a layer cannot take what it is given.</summary>
/// <param name="Descriptor">The diagnostic.</param>
/// <param name="Argument">The attribute's argument that it is reported on; null, or one that was not written, for the whole attribute.</param>
/// <param name="Arguments">The message's arguments.</param>
internal sealed record ShapeProblem(DiagnosticDescriptor Descriptor, string? Argument, object[] Arguments)
{
    public static ShapeProblem UnknownSource(string argument, string layer, string source, IEnumerable<string> before)
    {
        string known = string.Join(", ", before);
        return new ShapeProblem(Descriptors.UnknownSource, argument, [layer, source, known.Length == 0 ? "there is none before it" : "those before it are " + known]);
    }

    public static ShapeProblem WrongShape(ShapeContext context, string what, string remedy)
        => new(Descriptors.WrongShape, "From", [context.KindName, context.Spec.Name, what, context.Giver(0), context.Input.ToString(), remedy]);

    public static ShapeProblem Window(ShapeContext context, int span, Size steps)
        => new(Descriptors.WindowTooLong, "KernelSize", [context.KindName, context.Spec.Name, Literals.Of(span), context.Giver(0), steps.ToString()]);
}
