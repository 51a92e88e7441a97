using System.Runtime.InteropServices;
using FastNets.Backends;
using FastNets.Engine.Tests.Kernels;
using FastNets.Kernels.Losses;
using FastNets.Tests.Shared.Reference;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Backends;

/// <summary>The losses' operations on places of arenas: two samples of three steps and four classes, or of twelve numbers.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class BatchLossTests : IDisposable
{
    private const int Samples = 2, Steps = 3, Classes = 4, Rows = Samples * Steps;

    private static readonly int[] Labels = [3, 0, 99, 1, -1, 2];
    private static readonly CrossEntropySettings Settings = new(0.1f, 2f, Sum: false, IgnoreMissing: true);

    private readonly ArenaSet _arenas = new();
    private readonly CpuBackend _backend;
    private readonly Slot _labels = new(Arena.Targets, 0, Rows), _lengths = new(Arena.Targets, 16, Samples), _targets = new(Arena.Targets, 32, Rows * Classes);
    private readonly Slot _weights = new(Arena.State, 0, Classes), _logits = new(Arena.Activations, 0, Rows * Classes), _dLogits = new(Arena.Activations, 32, Rows * Classes);
    private readonly Slot _probabilities = new(Arena.Activations, 64, Rows * Classes), _losses = new(Arena.Activations, 96, Rows), _total = new(Arena.Activations, 112, 1);
    private readonly ReferenceCrossEntropy _reference;

    public BatchLossTests()
    {
        foreach (Arena arena in Enum.GetValues<Arena>()) _arenas.Allocate(arena, 128);
        _backend = new CpuBackend(_arenas);
        Labels.CopyTo(Integers(_labels));
        Integers(_lengths)[0] = 2;
        Integers(_lengths)[1] = 3;
        Forms.Normal(Rows * Classes, 1).CopyTo(Span(_logits));
        Forms.Normal(Rows * Classes, 2).CopyTo(Span(_targets));
        Array.ConvertAll(Forms.Normal(Classes, 3), Math.Abs).CopyTo(Span(_weights));
        _reference = new ReferenceCrossEntropy
        {
            Classes = Classes,
            Labels = Labels,
            ClassWeights = Forms.ToDouble(Span(_weights)),
            Lengths = [2, 3],
            Steps = Steps,
            Smoothing = 0.1f,
            Gamma = 2,
        };
    }

    public void Dispose() => _arenas.Dispose();

    [Test]
    public void Cross_entropy_reaches_its_places()
    {
        double[] z = Forms.ToDouble(Span(_logits));
        CrossEntropy(TargetKind.ClassIndices);
        Close.ShouldBeCloseTo(Span(_losses), _reference.Losses(z), 1e-5, 1e-6, "losses");
        Close.ShouldBeCloseTo(Span(_dLogits), _reference.Gradient(z), 1e-5, 1e-6, "gradient");
        Close.ShouldBeCloseTo(Span(_probabilities), ReferenceLosses.Softmax(z, Classes), 1e-5, 1e-6, "probabilities");
        Span(_total)[0].ShouldBe((float)_reference.Total(z), 1e-5f);
    }

    [Test]
    public void One_hot_targets_differ_from_class_indices_in_the_divisor_alone()
    {
        CrossEntropy(TargetKind.ClassIndices);
        float[] losses = Span(_losses).ToArray();
        Span(_targets).Clear();
        for (int row = 0; row < Rows; row++)
        {
            if (Labels[row] == -1) Span(_targets)[row * Classes] = float.NaN;
            else if (Labels[row] < Classes) Span(_targets)[(row * Classes) + Labels[row]] = 1f;
        }

        CrossEntropy(TargetKind.Values);
        Close.ShouldBeCloseTo(Span(_losses), Forms.ToDouble(losses), 1e-5, 1e-6, "losses");
        Span(_total)[0].ShouldBe(losses.Sum() / 4, 1e-5f);
    }

    [Test]
    public void Element_losses_reach_their_places()
    {
        float[] o = Span(_logits).ToArray(), t = Span(_targets).ToArray();
        ElementLoss();
        // The first sample's third step is beyond its length.
        int[] counting = [.. Enumerable.Range(0, Rows * Classes).Where(i => i is < 8 or >= 12)];
        Span(_total)[0].ShouldBe(counting.Average(i => (o[i] - t[i]) * (o[i] - t[i])), 1e-5f);
        Span(_losses)[0].ShouldBe(Enumerable.Range(0, 8).Average(i => (o[i] - t[i]) * (o[i] - t[i])), 1e-5f);
        Close.ShouldBeCloseTo(Span(_dLogits), [.. o.Select((v, i) => i is < 8 or >= 12 ? 2.0 * (v - t[i]) / 20 : 0)], 1e-5, 1e-6, "gradient");
    }

    [Test]
    public void A_loss_allocates_nothing()
    {
        Allocations.Of(() => Run()).ShouldBe(0);

        void Run()
        {
            CrossEntropy(TargetKind.ClassIndices);
            CrossEntropy(TargetKind.Values);
            ElementLoss();
        }
    }

    private void CrossEntropy(TargetKind kind) => _backend.CrossEntropy(
        _logits, kind == TargetKind.Values ? _targets : _labels, kind, _weights, _lengths, _losses, _total, _dLogits, _probabilities, Rows, Steps, Classes, Settings);

    private void ElementLoss() => _backend.ElementLoss(
        _logits, _targets, _lengths, _losses, _total, _dLogits, Samples, Steps, Steps * Classes, default(SquaredError), new ElementLossSettings(Sum: false, IgnoreMissing: true));

    private Span<float> Span(Slot slot) => _arenas.Span(slot, slot.Length);

    private Span<int> Integers(Slot slot) => MemoryMarshal.Cast<float, int>(Span(slot));
}
