using System.Reflection;
using FastNets.Generators.Emission;
using FastNets.Generators.Kinds;
using FastNets.Generators.Model;
using FastNets.Generators.Parsing;
using FastNets.Generators.Planning;
using FastNets.Generators.Shapes;
using FastNets.Generators.Tests.Harness;
using FastNets.Kernels.Pointwise;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Generators.Tests.Planning;

/// <summary>What the generator knows of the engine, which it does not reference, against the engine itself.</summary>
public class EngineAgreementTests
{
    private static readonly PropertyInfo[] Settings = typeof(LayerAttribute).GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);

    [Test]
    public void Enums_have_the_same_members_in_the_same_order()
    {
        Members<ActivationKind>().ShouldBe(Members<Activation>());
        Members<LossKind>().ShouldBe(Members<Loss>());
        Members<ReductionKind>().ShouldBe(Members<Reduction>());
        Members<DefaultsKind>().ShouldBe(Members<LayerDefaults>());
        Members<PaddingKind>().ShouldBe(Members<Padding>());
    }

    [Test]
    public void Every_kind_of_layer_is_known()
    {
        IEnumerable<string> engine = typeof(Layer).Assembly.GetExportedTypes().Where(t => t.IsSubclassOf(typeof(Layer)) && t.Namespace == "FastNets").Where(t => !t.IsAbstract).Select(t => t.Name.Split('`')[0]);
        LayerKinds.All.Select(e => e.TypeName).ShouldBe(engine, ignoreOrder: true);
        LayerKinds.All.Select(e => e.Kind).ShouldBe(Enum.GetValues<LayerKind>());
    }

    [Test]
    public void Every_setting_of_the_attribute_is_taken_by_some_kind()
        => LayerKinds.All.SelectMany(e => e.Settings).Append("From").Distinct().ShouldBe(Settings.Select(p => p.Name), ignoreOrder: true);

    [Test]
    public void Required_settings_are_among_those_taken()
    {
        foreach (LayerKindInfo kind in LayerKinds.All) kind.Required.Select(r => r.Name).ShouldBeSubsetOf(kind.Settings);
    }

    [Test]
    public void Defaults_are_those_of_the_attribute()
    {
        var attribute = new LayerAttribute();
        var settings = new LayerSettings();
        settings.UseBias.ShouldBe(attribute.UseBias);
        settings.KernelInitializer.ShouldBe(attribute.KernelInitializer.ToString());
        settings.BiasInitializer.ShouldBe(attribute.BiasInitializer.ToString());
        settings.L1.ShouldBe(attribute.L1);
        settings.L2.ShouldBe(attribute.L2);
        ((int)settings.Activation).ShouldBe((int)attribute.Activation);
        attribute.Defaults.ShouldBe(LayerDefaults.Keras);
    }

    [Test]
    public void The_parser_fills_in_the_defaults_of_the_attribute()
    {
        var attribute = new LayerAttribute();
        var seen = new HashSet<LayerKind>();
        foreach (LayerSpec layer in Undecided())
        {
            seen.Add(layer.Kind);
            LayerSettings s = layer.Settings;
            LayerKindInfo kind = LayerKinds.Of(layer.Kind);
            s.UseBias.ShouldBe(attribute.UseBias, layer.Name);
            s.ReturnSequences.ShouldBe(attribute.ReturnSequences, layer.Name);
            s.Reverse.ShouldBe(attribute.Reverse, layer.Name);
            s.Bidirectional.ShouldBe(attribute.Bidirectional, layer.Name);
            s.Stateful.ShouldBe(attribute.Stateful, layer.Name);
            s.StateFrom.ShouldBe(attribute.StateFrom ?? "", layer.Name);
            s.Truncate.ShouldBe(attribute.Truncate, layer.Name);
            s.TeacherForcing.ShouldBe(attribute.TeacherForcing, layer.Name);
            ((int)s.Padding).ShouldBe((int)attribute.Padding, layer.Name);
            s.PaddingLeft.ShouldBe(attribute.PaddingLeft, layer.Name);
            s.PaddingRight.ShouldBe(attribute.PaddingRight, layer.Name);
            s.L1.ShouldBe(attribute.L1, layer.Name);
            s.L2.ShouldBe(attribute.L2, layer.Name);
            s.UnbiasedVariance.ShouldBe(attribute.UnbiasedVariance, layer.Name);
            s.Steps.ShouldBeNull(layer.Name);
            s.Weights.ShouldBeNull(layer.Name);
            layer.From.ShouldBeEmpty(layer.Name);
            // A table has no inputs to be drawn by; the gates of an Lstm and the second bias of a Gru are in the attribute's documentation.
            if (kind.Settings.Contains("KernelInitializer")) s.KernelInitializer.ShouldBe(layer.Kind == LayerKind.Embedding ? "Uniform" : attribute.KernelInitializer.ToString(), layer.Name);
            if (kind.Settings.Contains("RecurrentInitializer")) s.RecurrentInitializer.ShouldBe(attribute.RecurrentInitializer.ToString(), layer.Name);
            if (kind.Settings.Contains("BiasInitializer")) s.BiasInitializer.ShouldBe(layer.Kind is LayerKind.Lstm or LayerKind.SequenceDecoder ? "ForgetGateOnes" : attribute.BiasInitializer.ToString(), layer.Name);
            s.UseRecurrentBias.ShouldBe(layer.Kind == LayerKind.Gru || attribute.UseRecurrentBias, layer.Name);
            if (kind.Settings.Contains("Activation") && kind.Required.All(r => r.Name != "Activation"))
                s.Activation.ShouldBe(layer.Kind == LayerKind.Rnn ? ActivationKind.Tanh : (ActivationKind)attribute.Activation, layer.Name);
        }

        // Those that put layers together cannot say nothing.
        Enum.GetValues<LayerKind>().Except(seen).ShouldBe([LayerKind.Add, LayerKind.Concat]);
    }

    [Test]
    public void The_parser_fills_in_what_the_attribute_documents()
    {
        Dictionary<LayerKind, LayerSettings> of = Undecided().ToDictionary(l => l.Kind, l => l.Settings);
        (of[LayerKind.Conv1D].Stride, of[LayerKind.Conv1D].Dilation).ShouldBe((1, 1));
        (of[LayerKind.MaxPool1D].Stride, of[LayerKind.AveragePool1D].Stride).ShouldBe((3, 3));
        (of[LayerKind.MiniRocket].Features, of[LayerKind.MiniRocket].MaxDilations).ShouldBe((10_000, 32));
        (of[LayerKind.BatchNorm].Momentum, of[LayerKind.BatchNorm].Epsilon, of[LayerKind.LayerNorm].Epsilon).ShouldBe((0.99f, 1e-3f, 1e-3f));
    }

    [Test]
    public void A_network_of_which_nothing_is_said_has_the_defaults_of_its_attribute()
    {
        var attribute = new NetworkAttribute();
        NetworkSpec spec = Networks.Spec(Networks.Declare("Length = 9", "Units = 3 -> Gru Output"));
        ((int)spec.Loss.Kind).ShouldBe((int)attribute.Loss);
        ((int)spec.Loss.Reduction).ShouldBe((int)attribute.Reduction);
        spec.Loss.HuberDelta.ShouldBe(attribute.HuberDelta);
        spec.Loss.LabelSmoothing.ShouldBe(attribute.LabelSmoothing);
        spec.Loss.FocalGamma.ShouldBe(attribute.FocalGamma);
        spec.Loss.IgnoreMissing.ShouldBe(attribute.IgnoreMissing);
        spec.HasLengths.ShouldBe(attribute.Lengths);
        spec.Input.Columns.ShouldBe(Size.One);
        spec.Loss.ShouldBe(new LossSpec(spec.Loss.Kind));
    }

    [Test]
    public void Every_setting_that_can_be_a_name_is_looked_at_for_collisions()
        => Settings.Concat(typeof(NetworkAttribute).GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(p => p.PropertyType == typeof(object)).Select(p => p.Name).Except(["From"]).ShouldBe(NameChecks.Sizes, ignoreOrder: true);

    [Test]
    public void The_networks_input_has_one_name()
        => ShapeResolver.InputName.ShouldBe(LayerAttribute.NetworkInput);

    [Test]
    public void Functions_keep_what_their_derivative_wants([Values] Activation activation)
    {
        // Softmax is no function of one number.
        if (activation == Activation.Softmax) return;
        string name = activation == Activation.Linear ? nameof(Identity) : Activations.StructName((ActivationKind)activation);
        Type function = typeof(IActivation).Assembly.GetType($"{typeof(IActivation).Namespace}.{name}", throwOnError: true)!;
        function.IsValueType.ShouldBeTrue();
        function.IsAssignableTo(typeof(IActivation)).ShouldBeTrue();
        Activations.DerivativeOfInput(name).ShouldBe((bool)function.GetProperty(nameof(IActivation.DerivativeOfInput))!.GetValue(null)!);
    }

    [Test]
    public void The_abstract_members_of_Network_are_all_written()
    {
        IEnumerable<string> engine = typeof(Network).GetMethods(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)
            .Where(m => m.IsAbstract && !m.IsSpecialName).Select(m => m.Name);
        NetworkMembers.Abstract.Select(m => m.Split('<')[0]).ShouldBe(engine, ignoreOrder: true);
    }

    // A layer of each kind with nothing but what it must have.
    private static IEnumerable<LayerSpec> Undecided()
    {
        NetworkSpec series = Networks.Spec(Networks.Declare(
            "Length = 9", "Filters = 64, KernelSize = 3 -> Conv1D Convolution", "KernelSize = 3 -> MaxPool1D Most", "KernelSize = 3 -> AveragePool1D Mean", "-> GlobalMaxPool1D AllMost",
            "-> GlobalAveragePool1D AllMean", "-> Flatten Flat", "Units = 3 -> Rnn Plain", "Units = 3 -> Lstm Long", "-> SequenceDecoder Decoder", "Units = 3 -> Gru Gated",
            "Vocabulary = 9, Units = 3 -> Embedding Table", "-> MiniRocketLayer Rocket", "-> LayerNorm Norm", "-> BatchNorm Batch", "Rate = 0.5f -> Dropout Drop",
            "Activation = Activation.ReLU -> ActivationLayer Curve", "-> Custom<Mix> Own", "Units = 3 -> Dense Output") + Diagnostics.CustomTests.Mix);
        return series.Layers;
    }

    private static IEnumerable<(string, int)> Members<TEnum>()
        where TEnum : struct, Enum => Enum.GetValues<TEnum>().Select(v => (v.ToString(), Convert.ToInt32(v, System.Globalization.CultureInfo.InvariantCulture)));
}
