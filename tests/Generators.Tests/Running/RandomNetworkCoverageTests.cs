using FastNets.Generators.Kinds;
using FastNets.Generators.Model;
using FastNets.Generators.Tests.Harness;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Generators.Tests.Running;

/// <summary>The drawn networks hold what they are drawn for.</summary>
public class RandomNetworkCoverageTests
{
    private static readonly RandomNetwork[] Drawn = [.. Enumerable.Range(RandomNetworkTests.First, RandomNetworkTests.Count).Select(RandomNetworks.Draw)];

    [Test]
    public void Every_kind_and_every_setting_is_drawn_several_times()
    {
        LayerSpec[] layers = [.. Drawn.SelectMany(d => d.Spec.Layers)];
        var counts = new Dictionary<string, int>();
        // MiniRocket learns nothing by gradients and has a test of its own.
        foreach (LayerKindInfo kind in LayerKinds.All.Where(k => k.Kind != LayerKind.MiniRocket)) counts[kind.TypeName] = layers.Count(l => l.Kind == kind.Kind);
        foreach (LossKind loss in Enum.GetValues<LossKind>()) counts[loss.ToString()] = Drawn.Count(d => d.Spec.Loss.Kind == loss);
        foreach (ActivationKind function in Enum.GetValues<ActivationKind>()) counts[function.ToString()] = layers.Count(l => l.Settings.Activation == function);
        foreach (PaddingKind padding in Enum.GetValues<PaddingKind>()) counts[padding.ToString()] = layers.Count(l => l.Kind == LayerKind.Conv1D && l.Settings.Padding == padding);
        Count("Lengths", Drawn.Count(d => d.Spec.HasLengths));
        Count("named sizes", Drawn.Count(d => d.Sizes.Count > 0));
        Count("sum", Drawn.Count(d => d.Spec.Loss.Reduction == ReductionKind.Sum));
        Count("missing targets", Drawn.Count(d => d.Spec.Loss.IgnoreMissing));
        Count("smoothing", Drawn.Count(d => d.Spec.Loss.LabelSmoothing > 0));
        Count("classes of steps", Drawn.Count(d => d.Spec.Loss.OfClasses && d.Constant.Output.IsSequence));
        Count("Stateful", Having(s => s.Stateful));
        Count("StateFrom", Having(s => s.StateFrom.Length > 0));
        Count("Truncate", Having(s => s.Truncate > 0));
        Count("Reverse", Having(s => s.Reverse));
        Count("Bidirectional", Having(s => s.Bidirectional));
        Count("always forced", Having(s => s.TeacherForcing == 1));
        Count("sometimes forced", Having(s => s.TeacherForcing is > 0 and < 1));
        Count("dilation", Having(s => s.Dilation > 1));
        Count("explicit padding", Having(s => s.PaddingLeft + s.PaddingRight > 0));
        Count("input read again", layers.Count(l => l.From.Contains("input")));
        Count("several users", Drawn.Count(d => d.Constant.Layers.Any(l => d.Constant.UsesOf(l.Index) > 1)));
        foreach (CustomSpec custom in new[] { CustomSources.Softsign, CustomSources.Square, CustomSources.Mixer }) Count(custom.TypeName, layers.Count(l => l.Custom?.TypeName == custom.TypeName));

        TestContext.Out.WriteLine(string.Join(", ", counts.Select(c => $"{c.Key} {c.Value}")));
        counts.Where(c => c.Value < 3).ShouldBeEmpty();

        void Count(string what, int count) => counts[what] = count;
        int Having(Func<LayerSettings, bool> has) => layers.Count(l => has(l.Settings));
    }
}
