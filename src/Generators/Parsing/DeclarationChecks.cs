using FastNets.Generators.Diagnostics;
using FastNets.Generators.Kinds;
using FastNets.Generators.Model;
using FastNets.Generators.Shapes;
using Microsoft.CodeAnalysis;

namespace FastNets.Generators.Parsing;

/// <summary>Whether layers that are correct by themselves fit together: shapes meet, outputs are used, the loss fits what the last layer gives.</summary>
internal static class DeclarationChecks
{
    public static void Check(
        Shape input,
        bool hasLengths,
        LossSpec loss,
        List<(IPropertySymbol Property, AttributeData Attribute, LayerSpec? Spec)> declared,
        LayerSpec[] layers,
        IssueSink issues)
    {
        List<ShapedLayer> shaped = ShapeResolver.Layers(input, hasLengths, layers, (layer, problem) =>
            issues.Element(problem.Descriptor, declared[layer].Attribute, problem.Argument, problem.Element, problem.Arguments));
        if (shaped.Count < layers.Length) return;

        // Where a name is wrong it may be the one that was meant.
        bool namesAreRight = !issues.Any;
        for (int i = 0; i < shaped.Count - 1 && namesAreRight; i++)
        {
            if (!shaped.Any(l => l.Sources.Contains(i) || l.Settings.StateFrom == shaped[i].Name))
                issues.Symbol(Descriptors.UnusedOutput, declared[i].Property, shaped[i].Name);
        }

        CheckLoss(loss, shaped[shaped.Count - 1], declared[declared.Count - 1].Attribute, issues);
    }

    private static void CheckLoss(LossSpec loss, ShapedLayer last, AttributeData attribute, IssueSink issues)
    {
        ActivationKind activation = last.Settings.Activation;
        bool hasFunction = LayerKinds.Of(last.Spec.Kind).Settings.Contains("Activation") && last.Spec.Kind != LayerKind.Rnn;
        if (!hasFunction) activation = ActivationKind.Linear;
        string? why = null;
        if (loss.OfClasses)
        {
            why =
                last.Spec.Kind == LayerKind.Dropout ? "dropout would set class scores to zero; put it before the last Dense layer" :
                activation is not (ActivationKind.Linear or ActivationKind.Softmax) ? $"it wants class scores (Activation.Linear) or probabilities (Activation.Softmax), not {activation}" :
                last.Output.Columns == Size.One ? "one class is no choice; use at least two units" :
                null;
        }
        else if (loss.Kind == LossKind.BinaryCrossEntropy)
        {
            why =
                last.Spec.Kind == LayerKind.Dropout ? "dropout would set scores to zero; put it before the last Dense layer" :
                activation is not (ActivationKind.Linear or ActivationKind.Sigmoid) ? $"it wants scores (Activation.Linear) or probabilities (Activation.Sigmoid), not {activation}" :
                null;
        }

        if (why is null) return;
        bool fits = activation == ActivationKind.Linear || activation == (loss.OfClasses ? ActivationKind.Softmax : ActivationKind.Sigmoid);
        issues.Attribute(Descriptors.LossDoesNotFit, attribute, !fits ? "Activation" : last.Spec.Kind == LayerKind.Conv1D ? "Filters" : "Units", false, loss.Kind, last.Name, why);
    }
}
