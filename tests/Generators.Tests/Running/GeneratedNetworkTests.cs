using FastNets.Backends;
using FastNets.Generators.Model;
using FastNets.Generators.Tests.Harness;
using FastNets.Random;
using FastNets.Tests.Shared.Reference;
using FastNets.Training.Optimizers;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Generators.Tests.Running;

/// <summary>Networks drawn at random, compiled, loaded and run, against the formulas in double precision.</summary>
public sealed class GeneratedNetworkTests : IDisposable
{
    private const int Count = 80;
    private const int Batch = 6;
    private const ulong Seed = 0x1234_5678_9ABC;
    private static readonly RandomNetwork[] Drawn = [.. Enumerable.Range(1000, Count).Select(n => RandomNetworks.Draw(n, maxLayers: 6))];

    private LoadedProgram? _program;

    [OneTimeSetUp]
    public void Compile() => _program = new LoadedProgram(Verify.Clean(string.Concat(Drawn.Select(d => RandomNetworks.Write(d.Spec)))));

    public void Dispose() => _program?.Dispose();

    [Test]
    public void What_is_written_is_what_is_read([Range(0, Count - 1)] int number)
    {
        NetworkSpec drawn = Drawn[number].Spec;
        NetworkSpec read = Networks.Spec(RandomNetworks.Write(drawn));
        read.ShouldBe(drawn with { OwnNames = read.OwnNames, Skeleton = read.Skeleton });
    }

    [Test]
    public void Loss_and_gradients_are_those_of_the_formulas([Range(0, Count - 1)] int number)
    {
        using Network net = Build(number, out double[][] x, out double[][] targets);
        var reference = new ReferenceNetwork(Drawn[number], Seed);
        float loss = ComputeGradients(net, x, targets);
        Dictionary<string, double[]> parameters = Values(net);
        double expected = reference.TrainingLoss(parameters, x, targets, step: 1);
        ((double)loss).ShouldBe(expected, 1e-5 * (1 + Math.Abs(expected)));

        foreach (Parameter parameter in net.Parameters.Where(p => p.IsTrainable))
        {
            double[] gradient = ReferenceGradient.Numerical(
                p => reference.TrainingLoss(new Dictionary<string, double[]>(parameters) { [parameter.Name] = p }, x, targets, step: 1), parameters[parameter.Name]);
            // Rounding grows with the sums that a gradient is made of, so the tolerance is a part of the largest one.
            double tolerance = 2e-5 + (5e-4 * gradient.Max(Math.Abs));
            for (int i = 0; i < gradient.Length; i++)
                ((double)parameter.Gradient[i]).ShouldBe(gradient[i], tolerance, $"{parameter}[{i}] of\n{RandomNetworks.Write(Drawn[number].Spec)}");
        }
    }

    [Test]
    public void Inference_is_that_of_the_formulas_with_batch_normalisation_folded([Range(0, Count - 1)] int number)
    {
        using Network net = Build(number, out double[][] x, out double[][] targets);
        var reference = new ReferenceNetwork(Drawn[number], Seed);
        // A step first, so that the running statistics are no longer 0 and 1.
        ComputeGradients(net, x, targets);
        Dictionary<string, double[]> parameters = Values(net);
        double[] expected = [.. reference.Predict(parameters, x).SelectMany(row => row)];
        float[] actual = new float[expected.Length];
        net.Predict(Flat(x), actual);
        double tolerance = 1e-5 + (1e-4 * expected.Max(Math.Abs));
        for (int i = 0; i < actual.Length; i++) ((double)actual[i]).ShouldBe(expected[i], tolerance, RandomNetworks.Write(Drawn[number].Spec));

        Put(net, x, targets);
        double loss = reference.Loss(parameters, x, targets);
        ((double)net.Evaluate(Batch, TargetKind.Values)).ShouldBe(loss, 1e-4 * (1 + Math.Abs(loss)));
    }

    [Test]
    public void A_step_moves_parameters_against_gradient_and_penalty([Range(0, Count - 1)] int number)
    {
        const float Rate = 0.05f;
        using Network net = Build(number, out double[][] x, out double[][] targets);
        Dictionary<string, double[]> before = Values(net);
        StepResult result = net.TrainStep(Flat(x), Flat(targets), new Sgd(Rate));
        double penalty = 0;
        foreach (Parameter parameter in net.Parameters.Where(p => p.IsTrainable))
        {
            LayerSettings settings = Drawn[number].Spec.Layers.Single(l => parameter.Name.StartsWith(l.Name + ".", StringComparison.Ordinal)).Settings;
            (double l1, double l2) = parameter.Name.EndsWith(".kernel", StringComparison.Ordinal) ? (settings.L1, settings.L2) : (0, 0);
            double[] old = before[parameter.Name];
            penalty += old.Sum(w => (l1 * Math.Abs(w)) + (l2 * w * w));
            for (int i = 0; i < old.Length; i++)
            {
                double slope = parameter.Gradient[i] + (l1 * Math.Sign(old[i])) + (2 * l2 * old[i]);
                ((double)parameter.Values[i]).ShouldBe(old[i] - (Rate * slope), 1e-6 * (1 + Math.Abs(old[i]) + Math.Abs(slope)));
            }
        }

        ((double)result.Penalty).ShouldBe(penalty, 1e-5 * (1 + penalty));
        net.Steps.ShouldBe(1);
    }

    [Test]
    public void Sizes_are_asked_for_by_name_and_checked()
    {
        using var program = new LoadedProgram(Verify.Clean(Networks.Declare("Input = \"features\"", "Units = \"classes\" -> Dense Output")));
        using Network net = program.New("Net", 7, 3, 1UL, 4);
        net.InputLength.ShouldBe(7);
        net.OutputLength.ShouldBe(3);
        net.MaxBatch.ShouldBe(4);
        net.Layers.Single().Name.ShouldBe("Output");
        net.Parameters.Select(p => p.ToString()).ShouldBe(["Output.kernel [7, 3]", "Output.bias [3]"]);
        Exception? inner = Should.Throw<System.Reflection.TargetInvocationException>(() => program.New("Net", 7, 0, 1UL, 4)).InnerException;
        inner.ShouldBeOfType<ArgumentOutOfRangeException>().ParamName.ShouldBe("classes");
    }

    private Network Build(int number, out double[][] x, out double[][] targets)
    {
        RandomNetwork drawn = Drawn[number];
        IEnumerable<int> sizes = Shapes.ShapeResolver.Resolve(drawn.Spec).Names.Select(n => drawn.Sizes[n]);
        Network net = _program!.New($"Drawn.{drawn.Spec.Name}", [.. sizes.Cast<object>(), Seed, Batch]);
        var random = new PhiloxStream(Seed, (ulong)number);
        // Initial values would leave biases at 0 and hide mistakes in them.
        foreach (Parameter parameter in net.Parameters.Where(p => p.IsTrainable))
        {
            foreach (ref float value in parameter.Values) value = (2 * random.NextSingle()) - 1;
        }

        x = Rows(ref random, net.InputLength);
        targets = Rows(ref random, net.OutputLength);
        if (net.Loss == Loss.SoftmaxCrossEntropy)
        {
            // Soft targets, each row of sum 1.
            foreach (double[] row in targets)
            {
                double sum = row.Sum(Math.Abs);
                for (int i = 0; i < row.Length; i++) row[i] = (float)(Math.Abs(row[i]) / sum);
            }
        }

        return net;
    }

    private static double[][] Rows(ref PhiloxStream random, int columns)
    {
        double[][] rows = new double[Batch][];
        for (int r = 0; r < Batch; r++)
        {
            rows[r] = new double[columns];
            for (int c = 0; c < columns; c++) rows[r][c] = (float)((4 * random.NextSingle()) - 2);
        }

        return rows;
    }

    private static float ComputeGradients(Network net, double[][] x, double[][] targets) => net.ComputeGradients(Flat(x), Flat(targets));

    private static void Put(Network net, double[][] x, double[][] targets)
    {
        Flat(x).CopyTo(net.InputRows(Batch));
        Flat(targets).CopyTo(net.TargetRows(Batch));
    }

    private static float[] Flat(double[][] rows) => [.. rows.SelectMany(r => r).Select(v => (float)v)];

    private static Dictionary<string, double[]> Values(Network net)
        => net.Parameters.ToDictionary(p => p.Name, p => p.Values.ToArray().Select(v => (double)v).ToArray());
}
