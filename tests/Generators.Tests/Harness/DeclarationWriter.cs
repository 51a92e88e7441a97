using FastNets.Generators.Helpers;
using FastNets.Generators.Kinds;
using FastNets.Generators.Model;

namespace FastNets.Generators.Tests.Harness;

/// <summary>Writes a drawn model as a user would declare it.</summary>
internal static class DeclarationWriter
{
    public static string Write(NetworkSpec spec)
    {
        string properties = string.Concat(spec.Layers.Select(l => $"    [Layer({string.Join(", ", Settings(l))})] {l.Modifiers} {Type(l)} {l.Name} {{ get; }}\n"));
        return $"namespace {spec.Namespace}\n{{\n[Network({string.Join(", ", Settings(spec))})]\npublic sealed partial class {spec.Name}\n{{\n{properties}}}\n}}\n";
    }

    private static IEnumerable<string> Settings(NetworkSpec spec)
    {
        if (!spec.Input.IsSequence)
        {
            yield return $"Input = {Text(spec.Input.Columns)}";
        }
        else
        {
            yield return $"Length = {Text(spec.Input.Steps)}";
            yield return $"Channels = {Text(spec.Input.Columns)}";
        }

        if (spec.HasLengths) yield return "Lengths = true";
        LossSpec loss = spec.Loss;
        yield return $"Loss = Loss.{loss.Kind}";
        if (loss.HuberDelta != 1) yield return $"HuberDelta = {Literals.Of(loss.HuberDelta)}";
        if (loss.LabelSmoothing != 0) yield return $"LabelSmoothing = {Literals.Of(loss.LabelSmoothing)}";
        if (loss.FocalGamma != 2) yield return $"FocalGamma = {Literals.Of(loss.FocalGamma)}";
        if (loss.Reduction != ReductionKind.Mean) yield return $"Reduction = Reduction.{loss.Reduction}";
        if (loss.IgnoreMissing) yield return "IgnoreMissing = true";
    }

    private static IEnumerable<string> Settings(LayerSpec layer)
    {
        if (layer.From.Count == 1) yield return $"From = {Literals.Of(layer.From[0])}";
        if (layer.From.Count > 1) yield return $"From = new[] {{ {string.Join(", ", layer.From.Select(Literals.Of))} }}";
        string[] taken = LayerKinds.Of(layer.Kind).Settings;
        foreach ((string name, string? value) in All(layer))
        {
            if (value is not null && taken.Contains(name)) yield return $"{name} = {value}";
        }
    }

    // What differs from the value that the setting has where it is not given.
    private static IEnumerable<(string Name, string? Value)> All(LayerSpec layer)
    {
        LayerSettings s = layer.Settings;
        bool outputsAreInputs = layer.Kind is LayerKind.SequenceDecoder or LayerKind.Custom;
        bool isNorm = layer.Kind is LayerKind.BatchNorm or LayerKind.LayerNorm;
        yield return ("Units", outputsAreInputs ? s.Inputs is { } units ? Text(units) : null : Text(s.Units));
        yield return ("Filters", Text(s.Units));
        yield return ("Inputs", s.Inputs is { } inputs ? Text(inputs) : null);
        yield return ("Vocabulary", Text(s.Vocabulary));
        yield return ("Steps", s.Steps is { } steps ? Text(steps) : null);
        yield return ("Weights", s.Weights is { } weights ? Text(weights) : null);
        yield return ("Activation", s.Activation == ActivationKind.Linear && layer.Kind != LayerKind.Activation ? null : $"Activation.{s.Activation}");
        yield return ("UseBias", s.UseBias ? null : "false");
        yield return ("UseRecurrentBias", s.UseRecurrentBias == (layer.Kind == LayerKind.Gru) ? null : Literals.Of(s.UseRecurrentBias));
        yield return ("ReturnSequences", s.ReturnSequences ? "true" : null);
        yield return ("Reverse", s.Reverse ? "true" : null);
        yield return ("Bidirectional", s.Bidirectional ? "true" : null);
        yield return ("Stateful", s.Stateful ? "true" : null);
        yield return ("StateFrom", s.StateFrom.Length > 0 ? Literals.Of(s.StateFrom) : null);
        yield return ("Truncate", s.Truncate > 0 ? Literals.Of(s.Truncate) : null);
        yield return ("TeacherForcing", s.TeacherForcing > 0 ? Literals.Of(s.TeacherForcing) : null);
        yield return ("KernelSize", Literals.Of(s.KernelSize));
        yield return ("Stride", s.Stride == (layer.Kind == LayerKind.Conv1D ? 1 : s.KernelSize) ? null : Literals.Of(s.Stride));
        yield return ("Dilation", s.Dilation > 1 ? Literals.Of(s.Dilation) : null);
        yield return ("Padding", s.Padding == PaddingKind.Valid ? null : $"Padding.{s.Padding}");
        yield return ("PaddingLeft", s.PaddingLeft > 0 ? Literals.Of(s.PaddingLeft) : null);
        yield return ("PaddingRight", s.PaddingRight > 0 ? Literals.Of(s.PaddingRight) : null);
        yield return ("Rate", Literals.Of(s.Rate));
        yield return ("L1", s.L1 > 0 ? Literals.Of(s.L1) : null);
        yield return ("L2", s.L2 > 0 ? Literals.Of(s.L2) : null);
        yield return ("Defaults", isNorm && s.Epsilon < 1e-4f ? "LayerDefaults.PyTorch" : null);
    }

    private static string Type(LayerSpec layer)
        => layer.Custom is { } custom ? $"Custom<{custom.TypeName}>" : LayerKinds.Of(layer.Kind).TypeName;

    private static string Text(Size size) => size.Name is { } name ? Literals.Of(name) : size.ToString();
}
