using FastNets.Generators.Diagnostics;
using FastNets.Generators.Helpers;
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

        ShapedLayer last = shaped[shaped.Count - 1];
        AttributeData attribute = declared[declared.Count - 1].Attribute;
        CheckLoss(loss, last, Flattened(shaped), attribute, issues);
        CheckForcing(loss, last, attribute, issues);
    }

    // A decoder is fed the targets as they are: they must be what it gives.
    private static void CheckForcing(LossSpec loss, ShapedLayer last, AttributeData attribute, IssueSink issues)
    {
        if (last.Settings.TeacherForcing == 0) return;
        string? why =
            loss.OfClasses ? $"with the loss {loss.Kind} the targets are classes, which cannot be fed to the decoder" :
            loss.IgnoreMissing ? "with IgnoreMissing a target may be missing, and then there is nothing to feed to the decoder" :
            null;
        if (why is not null) issues.Attribute(Descriptors.OutOfRange, attribute, "TeacherForcing", false, "TeacherForcing", Literals.Of(last.Settings.TeacherForcing).TrimEnd('f'), why);
    }

    // The layer that a last Flatten takes its numbers from; the last layer itself where it is none.
    private static ShapedLayer Flattened(List<ShapedLayer> shaped)
    {
        ShapedLayer layer = shaped[shaped.Count - 1];
        while (layer.Spec.Kind == LayerKind.Flatten && layer.Sources[0] != ShapedLayer.NetworkInput) layer = shaped[layer.Sources[0]];
        return layer;
    }

    private static ActivationKind FunctionOf(ShapedLayer layer)
        => LayerKinds.Of(layer.Spec.Kind).Settings.Contains("Activation") && layer.Spec.Kind != LayerKind.Rnn ? layer.Settings.Activation : ActivationKind.Linear;

    private static void CheckLoss(LossSpec loss, ShapedLayer last, ShapedLayer flattened, AttributeData attribute, IssueSink issues)
    {
        ActivationKind activation = FunctionOf(last);
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

        // Behind a Flatten a function is no longer the loss's own: the loss would take what it gives for scores.
        if (why is null && flattened != last && FunctionOf(flattened) != ActivationKind.Linear && (loss.OfClasses || loss.Kind == LossKind.BinaryCrossEntropy))
            why = $"it wants scores, but '{flattened.Name}' before it has gone through {FunctionOf(flattened)}; leave out the function, or put it into an ActivationLayer behind '{last.Name}'";
        if (why is null) return;
        bool fits = activation == ActivationKind.Linear || activation == (loss.OfClasses ? ActivationKind.Softmax : ActivationKind.Sigmoid);
        issues.Attribute(Descriptors.LossDoesNotFit, attribute, !fits ? "Activation" : last.Spec.Kind == LayerKind.Conv1D ? "Filters" : "Units", false, loss.Kind, last.Name, why);
    }
}
