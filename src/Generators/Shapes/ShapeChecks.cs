using FastNets.Generators.Diagnostics;
using FastNets.Generators.Model;
using Microsoft.CodeAnalysis;

namespace FastNets.Generators.Shapes;

/// <summary>Whether sizes meet and whether the loss fits what the last layer gives.</summary>
internal static class ShapeChecks
{
    public static void CheckInputs(Size input, List<(IPropertySymbol Property, AttributeData Attribute, LayerSpec? Spec)> declared, IssueSink issues)
    {
        Size size = input;
        string giver = "the network's input";
        foreach ((_, AttributeData attribute, LayerSpec? spec) in declared)
        {
            if (spec!.Settings.Inputs is { } expected && expected != size)
                issues.Attribute(Descriptors.SizesDoNotMeet, attribute, "Inputs", false, spec.Name, expected.ToString(), giver, size.ToString());
            size = ShapeResolver.Output(spec, size);
            giver = $"layer '{spec.Name}'";
        }
    }

    public static void CheckLoss(
        LossKind loss,
        Size input,
        (IPropertySymbol Property, AttributeData Attribute, LayerSpec? Spec) last,
        LayerSpec[] layers,
        IssueSink issues)
    {
        if (loss != LossKind.SoftmaxCrossEntropy) return;
        LayerSpec spec = last.Spec!;
        string? why =
            spec.Kind == LayerKind.Dropout ? "dropout would set class scores to zero; put it before the last Dense layer" :
            spec.Settings.Activation is not (ActivationKind.Linear or ActivationKind.Softmax) ? $"it wants class scores (Activation.Linear) or probabilities (Activation.Softmax), not {spec.Settings.Activation}" :
            layers.Aggregate(input, (size, layer) => ShapeResolver.Output(layer, size)) == Size.Of(1) ? "one class is no choice; use at least two units" :
            null;
        if (why is null) return;
        string? argument = spec.Settings.Activation is ActivationKind.Linear or ActivationKind.Softmax ? "Units" : "Activation";
        issues.Attribute(Descriptors.LossDoesNotFit, last.Attribute, argument, false, loss, spec.Name, why);
    }
}
