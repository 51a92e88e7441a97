using System.Reflection;
using FastNets.Generators.Emission;
using FastNets.Generators.Model;
using FastNets.Generators.Kinds;
using FastNets.Generators.Planning;
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
        new NetworkAttribute().HuberDelta.ShouldBe(1f);
        new NetworkAttribute().Loss.ShouldBe(default);
    }

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

    private static IEnumerable<(string, int)> Members<TEnum>()
        where TEnum : struct, Enum => Enum.GetValues<TEnum>().Select(v => (v.ToString(), Convert.ToInt32(v, System.Globalization.CultureInfo.InvariantCulture)));
}
