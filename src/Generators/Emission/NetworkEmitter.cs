using FastNets.Generators.Helpers;
using FastNets.Generators.Kinds;
using FastNets.Generators.Model;
using FastNets.Generators.Planning;
using FastNets.Generators.Shapes;

namespace FastNets.Generators.Emission;

/// <summary>Writes the generated half of a network's class from its plan.</summary>
internal sealed class NetworkEmitter
{
    private readonly ShapedNetwork _network;
    private readonly NetworkPlan _plan;
    private readonly UniqueNames _fields;
    private readonly CodeWriter _code = new();

    private NetworkEmitter(ShapedNetwork network, NetworkPlan plan)
    {
        _network = network;
        _plan = plan;
        _fields = new UniqueNames("_", [.. network.Spec.OwnNames, .. network.Layers.Select(l => l.Spec.Custom?.Adapter).OfType<string>()]);
    }

    private NetworkSpec Spec => _network.Spec;

    public static string Emit(ShapedNetwork network, NetworkPlan plan)
    {
        var emitter = new NetworkEmitter(network, plan);
        emitter.Write();
        return emitter._code.ToString();
    }

    private void Write()
    {
        FileHeader.Write(_code);
        PlanComment.Write(_code, _network, _plan);
        CodeWriter.Scope? scope = Spec.Namespace.Length > 0 ? _code.Block($"namespace {Spec.Namespace}") : null;
        _code.Line(FileHeader.GeneratedCode);
        using (_code.Block($"partial class {Identifiers.Of(Spec.Name)} : {Names.Root}.Network"))
        {
            WriteFields();
            new ConstructorEmitter(_code, _fields, _network, _plan).Write();
            WriteLayers();
            WriteOperations();
            CustomEmitter.Write(_code, _network);
        }

        scope?.Dispose();
    }

    private void WriteFields()
    {
        if (_network.Names.Count > 0)
        {
            _code.Comment("Sizes that the constructor was given.");
            foreach (string name in _network.Names) _code.Line($"private readonly int {SizeField(name)};");
            _code.Line();
        }

        _code.Comment("Parameters, their gradients and running statistics.");
        foreach (ShapedLayer layer in _network.Layers)
        {
            LayerKindInfo kind = LayerKinds.Of(layer.Spec.Kind);
            foreach (LayerPart part in kind.Parts(layer))
            {
                _code.Line($"private readonly {Names.Slot} {_fields[part.Key]}; // {part.Shape}");
                if (part.IsTrainable) _code.Line($"private readonly {Names.Slot} {_fields[part.Key + ".Gradient"]};");
            }

            foreach (LayerField field in kind.Fields(layer)) _code.Line($"private readonly {field.Type} {_fields[field.Key]};");
        }

        _code.Line();
        _code.Comment("Buffers.");
        foreach (PlannedBuffer buffer in _plan.Pools.SelectMany(p => p.Buffers))
            _code.Line($"private readonly {Names.Slot} {_fields[buffer.Name]}; // {(buffer.PerSample ? $"[batch, {buffer.Columns}]" : $"[{buffer.Columns}]")}");
        foreach (FoldedPlace place in _plan.Folded)
            _code.Line($"private readonly {Names.Slot} {_fields[place.Key]}; // {(place.Rows is { } rows ? $"[{rows}, {place.Columns}]" : $"[{place.Columns}]")}");
        _code.Line();
    }

    private void WriteLayers()
    {
        foreach (ShapedLayer layer in _network.Layers)
        {
            LayerSpec spec = layer.Spec;
            string type = LayerText.TypeName(spec);
            _code.Line();
            _code.Line($"/// <summary>{LayerText.Summary(layer)}</summary>");
            _code.Line($"{spec.Modifiers} {type} {Identifiers.Of(spec.Name)} => {_fields[spec.Name + ".Layer"]};");
            _code.Line($"private readonly {type} {_fields[spec.Name + ".Layer"]};");
        }
    }

    private void WriteOperations()
    {
        const string Inherit = "/// <inheritdoc/>";
        _code.Line();
        _code.Line(Inherit);
        _code.Line($"protected override {Names.Slot} OutputSlot => {_fields[_plan.Output.Name]};");
        WriteMethod(NetworkMembers.Forward, _plan.Forward, Inherit);
        WriteMethod(NetworkMembers.ComputeLoss, _plan.Loss, Inherit);
        WriteMethod(NetworkMembers.Backward, _plan.Backward, Inherit);
        if (_plan.Fold.Count > 0) WriteMethod(NetworkMembers.Fold, _plan.Fold, Inherit);
        WriteMethod(NetworkMembers.Infer, _plan.Infer, Inherit);
    }

    private void WriteMethod(string signature, EquatableArray<Operation> operations, string comment)
    {
        _code.Line();
        _code.Line(comment);
        using (_code.Block($"protected override void {signature}"))
        {
            CodeWriter.Scope? condition = null;
            for (int i = 0; i < operations.Count; i++)
            {
                Operation operation = operations[i];
                // Operations on one condition stand together under it.
                if (condition is { } open && operation.Condition != operations[i - 1].Condition)
                {
                    open.Dispose();
                    condition = null;
                }

                if (i > 0) _code.Line();
                if (condition is null && operation.Condition.Length > 0) condition = _code.Block($"if ({operation.Condition})");
                _code.Comment(operation.Comment);
                string function = operation.Function.Length == 0 ? "" : $"<{operation.Function}>";
                _code.Line($"backend.{operation.Method}{function}(");
                _code.Continued(string.Join(", ", operation.Operands.Select(Text)) + ");");
            }

            condition?.Dispose();
        }
    }

    private string Text(Operand operand) => operand.Kind switch
    {
        OperandKind.Text => operand.Text,
        OperandKind.Size => Text(operand.Size),
        OperandKind.Rows => operand.Size == Size.One ? "batch" : $"batch * {Factor(operand.Size)}",
        OperandKind.WriteIfGradient => $"gradient ? {_fields[operand.Text]} : NoPlace",
        OperandKind.Transform => $"{_fields[operand.Text + ".Layer"]}.Transform",
        _ => operand.Offset is { } offset ? $"After({_fields[operand.Text]}, batch * {Factor(offset)})" : _fields[operand.Text],
    };

    private string Text(Size size) => size.ToCode(SizeField);

    private string Factor(Size size)
    {
        string text = Text(size);
        return text.Contains(' ') ? $"({text})" : text;
    }

    private string SizeField(string name) => _fields[name + ".size"];
}
