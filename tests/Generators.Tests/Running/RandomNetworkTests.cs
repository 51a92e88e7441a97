using FastNets.Generators.Model;
using FastNets.Generators.Tests.Harness;
using FastNets.Generators.Tests.Running.Reference;
using FastNets.Training.Optimizers;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Generators.Tests.Running;

/// <summary>Networks of all kinds of layers drawn at random, compiled, loaded and run, against the formulas in double precision.</summary>
/// <param name="group">Which of the networks.</param>
[TestFixture(0)]
[TestFixture(1)]
[TestFixture(2)]
[TestFixture(3)]
[TestFixture(4)]
[TestFixture(5)]
[TestFixture(6)]
[TestFixture(7)]
public sealed class RandomNetworkTests(int group) : IDisposable
{
    /// <summary>The number of the first network.</summary>
    public const int First = 1000;

    /// <summary>How many networks are drawn.</summary>
    public const int Count = Groups * GroupSize;

    private const int Groups = 8;
    private const int GroupSize = 40;
    private const int MaxBatch = 6;
    private const ulong Seed = 0x1234_5678_9ABC;

    private LoadedProgram? _program;

    [OneTimeSetUp]
    public void Compile() => _program = new LoadedProgram(Verify.Clean(CustomSources.Text + string.Concat(Enumerable.Range(0, GroupSize).Select(n => Drawn(n).Source))));

    public void Dispose() => _program?.Dispose();

    [Test]
    public void What_is_written_is_what_is_read([Range(0, GroupSize - 1)] int number)
    {
        NetworkSpec drawn = Drawn(number).Spec;
        NetworkSpec read = Networks.Spec(Drawn(number).Source + CustomSources.Text);
        read.ShouldBe(drawn with { OwnNames = read.OwnNames, Skeleton = read.Skeleton });
    }

    [Test]
    public void Loss_and_gradients_are_those_of_the_formulas([Range(0, GroupSize - 1)] int number)
    {
        using Run run = Build(number);
        if (IsRefused(number, () => run.First.ComputeGradients(run.Net))) return;

        // The first batch is for what stateful layers carry over.
        run.First.ComputeGradients(run.Net);
        ReferencePass first = run.Pass(run.First, 1, new Dictionary<string, State>());
        run.Reference.Loss(first);
        float loss = run.Second.ComputeGradients(run.Net);
        var check = new GradientCheck(Drawn(number), run.Reference, run.Pass(run.Second, 2, first.Left));
        check.Value(loss, run.Reference.Loss, 1e-5, "loss");
        foreach (Parameter parameter in run.Net.Parameters.Where(p => p.IsTrainable)) check.Gradient(parameter);
        check.Doubtful.ShouldBeLessThanOrEqualTo(2 + (check.Checked / 5), Drawn(number).Source);
    }

    [Test]
    public void Inference_is_that_of_the_formulas([Range(0, GroupSize - 1)] int number)
    {
        using Run run = Build(number);
        if (IsRefused(number, () => run.First.Predict(run.Net))) return;

        // A step first, so that running statistics are no longer 0 and 1.
        Dictionary<string, double[]> before = Values(run.Net);
        run.First.ComputeGradients(run.Net);
        var first = new ReferencePass(before, run.First, 1, new Dictionary<string, State>());
        run.Reference.Loss(first);

        float[] actual = run.Second.Predict(run.Net);
        ReferencePass predicted = run.Pass(run.Second, null, first.Left);
        double[] expected = [.. run.Reference.Outputs(predicted).Flat.SelectMany(row => row)];
        actual.Length.ShouldBe(expected.Length);
        var check = new GradientCheck(Drawn(number), run.Reference, predicted);
        double scale = 1 + (expected.Max(Math.Abs) / 10);
        check.Values(actual, pass => [.. run.Reference.Outputs(pass).Flat.SelectMany(row => row)], 1e-4 * scale, "output");
        check.Doubtful.ShouldBeLessThanOrEqualTo(2 + (check.Checked / 5), Drawn(number).Source);

        float loss = run.Second.Evaluate(run.Net);
        new GradientCheck(Drawn(number), run.Reference, run.Pass(run.Second, null, predicted.Left)).Value(loss, run.Reference.Loss, 1e-4, "loss of inference");
    }

    [Test]
    public void A_step_moves_parameters_against_gradient_and_penalty([Range(0, GroupSize - 1)] int number)
    {
        const float Rate = 0.01f;
        using Run run = Build(number);
        if (IsRefused(number, () => run.First.TrainStep(run.Net, new Sgd(Rate)))) return;
        Dictionary<string, double[]> before = Values(run.Net);
        StepResult result = run.First.TrainStep(run.Net, new Sgd(Rate));
        double penalty = 0;
        foreach (Parameter parameter in run.Net.Parameters.Where(p => p.IsTrainable))
        {
            string[] name = parameter.Name.Split('.');
            LayerSettings settings = Drawn(number).Spec.Layers.Single(l => l.Name == name[0]).Settings;
            (double l1, double l2) = name[1] is "kernel" or "backward_kernel" ? (settings.L1, settings.L2) : (0, 0);
            double[] old = before[parameter.Name];
            penalty += old.Sum(w => (l1 * Math.Abs(w)) + (l2 * w * w));
            for (int i = 0; i < old.Length; i++)
            {
                double slope = parameter.Gradient[i] + (l1 * Math.Sign(old[i])) + (2 * l2 * old[i]);
                ((double)parameter.Values[i]).ShouldBe(old[i] - (Rate * slope), 1e-6 * (1 + Math.Abs(old[i]) + Math.Abs(slope)), Drawn(number).Source);
            }
        }

        ((double)result.Penalty).ShouldBe(penalty, 1e-5 * (1 + penalty));
        run.Net.Steps.ShouldBe(1);
    }

    private RandomNetwork Drawn(int number) => RandomNetworks.Draw(First + (group * GroupSize) + number);

    private Run Build(int number)
    {
        RandomNetwork drawn = Drawn(number);
        IEnumerable<int> sizes = Shapes.ShapeResolver.Resolve(drawn.Spec).Names.Select(n => drawn.Sizes[n]);
        Network net = _program!.New($"Drawn.{drawn.Spec.Name}", [.. sizes.Cast<object>(), Seed, MaxBatch]);
        var dice = new Dice(Seed, (ulong)drawn.Number);
        // Initial values would leave biases at 0 and hide mistakes in them.
        foreach (Parameter parameter in net.Parameters.Where(p => p.IsTrainable))
        {
            foreach (ref float value in parameter.Values) value = (float)dice.Between(-1, 1);
        }

        int batch = MaxBatch - dice.Below(3);
        return new Run(net, new ReferenceNetwork(drawn, Seed), new RandomBatch(drawn, dice, batch), new RandomBatch(drawn, dice, batch));
    }

    // Functions run within a GPU's kernels, so that those of the program's own can't: each pass with one says so.
    private bool IsRefused(int number, Action pass)
    {
        if (Device.Default.Resolve().Kind == DeviceKind.Cpu || !Drawn(number).Spec.Layers.Any(l => l.Custom is { IsPointwise: true })) return false;
        Should.Throw<NotSupportedException>(pass, Drawn(number).Source).Message.ShouldContain("Custom<T>");
        return true;
    }

    private static Dictionary<string, double[]> Values(Network net)
        => net.Parameters.ToDictionary(p => p.Name, p => p.Values.ToArray().Select(v => (double)v).ToArray());

    private sealed record Run(Network Net, ReferenceNetwork Reference, RandomBatch First, RandomBatch Second) : IDisposable
    {
        public ReferencePass Pass(RandomBatch data, uint? step, IReadOnlyDictionary<string, State> carried) => new(Values(Net), data, step, carried);

        public void Dispose() => Net.Dispose();
    }
}
