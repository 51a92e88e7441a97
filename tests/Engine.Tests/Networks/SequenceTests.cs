using FastNets.Backends;
using NUnit.Framework;
using Shouldly;
using static FastNets.Engine.Tests.Networks.NetworkCases;

namespace FastNets.Engine.Tests.Networks;

/// <summary>Series of unequal lengths in one batch: as if each stood alone, without padding.</summary>
public sealed class SequenceTests
{
    private const int Steps = 9;
    private const int Channels = 3;
    private const int Classes = 4;

    private static readonly int[] Lengths = [9, 1, 4, 7, 2, 9];

    private static readonly Dictionary<string, Func<int, int, Network>> Classifiers = new()
    {
        ["rnn"] = (steps, batch) => new LengthsRnn(steps: steps, maxBatch: batch),
        ["lstm"] = (steps, batch) => new LengthsLstm(steps: steps, maxBatch: batch),
        ["gru"] = (steps, batch) => new LengthsGru(steps: steps, maxBatch: batch),
        ["bidirectional"] = (steps, batch) => new LengthsBidirectional(steps: steps, maxBatch: batch),
        ["mean"] = (steps, batch) => new LengthsMean(steps: steps, maxBatch: batch),
        ["largest"] = (steps, batch) => new LengthsLargest(steps: steps, maxBatch: batch),
        ["tags"] = (steps, batch) => new LengthsTags(steps: steps, maxBatch: batch),
    };

    private static IEnumerable<string> Names => Classifiers.Keys;

    [TestCaseSource(nameof(Names))]
    public void Padded_series_of_a_batch_are_as_each_alone(string name)
    {
        int batch = Lengths.Length;
        using Network padded = Shaken(Classifiers[name](Steps, batch));
        float[] x = Padded(out float[][] series);
        bool tags = padded.LabelsPerSample > 1;
        int[] labels = Whole(batch * padded.LabelsPerSample, Classes, seed: 2);
        // What stands in the padding is never looked at.
        for (int i = 0; i < batch && tags; i++) labels.AsSpan(i * Steps, Steps)[Lengths[i]..].Fill(-7);

        Lengths.CopyTo(padded.LengthRows(batch));
        float loss = padded.ComputeGradients(x, labels);
        float[] outputs = padded.Outputs.ToArray();
        float[] losses = padded.SampleLosses.ToArray();
        double[] gradient = new double[Gradients(padded).Length];
        double total = 0;
        double counted = tags ? Lengths.Sum() : batch;
        for (int i = 0; i < batch; i++)
        {
            using Network alone = Classifiers[name](Lengths[i], 1);
            CopyParameters(padded, alone);
            int rows = alone.LabelsPerSample;
            float own = alone.ComputeGradients(series[i], labels.AsSpan(i * padded.LabelsPerSample, rows));
            ShouldAgree(outputs.AsSpan(i * padded.OutputLength, alone.OutputLength), alone.Outputs, $"{name}: outputs of sample {i}");
            ShouldAgree(losses.AsSpan(i * padded.LabelsPerSample, rows), alone.SampleLosses, $"{name}: losses of sample {i}");
            total += own * rows / counted;
            double[] share = Gradients(alone);
            for (int j = 0; j < share.Length; j++) gradient[j] += share[j] * rows / counted;
        }

        ((double)loss).ShouldBe(total, 1e-5);
        ShouldAgree([.. Gradients(padded).Select(g => (float)g)], gradient, name + ": gradient");
        for (int i = 0; i < batch && tags; i++) losses.AsSpan(i * Steps, Steps)[Lengths[i]..].ToArray().ShouldAllBe(l => l == 0);

        // Inference goes the same way.
        x.CopyTo(padded.InputRows(batch));
        labels.CopyTo(padded.LabelRows(batch));
        Lengths.CopyTo(padded.LengthRows(batch));
        ((double)padded.Evaluate(batch, TargetKind.ClassIndices)).ShouldBe(total, 1e-5);
        ShouldAgree(padded.Outputs, outputs, name + ": outputs of the evaluation");
    }

    [Test]
    public void Numbers_at_each_step_count_up_to_the_end_of_their_series()
    {
        int batch = Lengths.Length;
        using LengthsValues padded = Shaken(new LengthsValues(steps: Steps, maxBatch: batch));
        float[] x = Padded(out float[][] series);
        float[] targets = Normal(batch * padded.OutputLength, seed: 3);
        for (int i = 0; i < batch; i++) targets.AsSpan(i * padded.OutputLength, padded.OutputLength)[(2 * Lengths[i])..].Fill(float.NaN);
        Lengths.CopyTo(padded.LengthRows(batch));
        double loss = padded.ComputeGradients(x, targets);
        double total = 0;
        double[] gradient = new double[Gradients(padded).Length];
        for (int i = 0; i < batch; i++)
        {
            using var alone = new LengthsValues(steps: Lengths[i], maxBatch: 1);
            CopyParameters(padded, alone);
            total += alone.ComputeGradients(series[i], targets.AsSpan(i * padded.OutputLength, alone.OutputLength));
            double[] share = Gradients(alone);
            for (int j = 0; j < share.Length; j++) gradient[j] += share[j];
        }

        loss.ShouldBe(total, 1e-5 * total);
        ShouldAgree([.. Gradients(padded).Select(g => (float)g)], gradient, "gradient");
    }

    [TestCase(0)]
    [TestCase(-3)]
    [TestCase(Steps + 1)]
    public void A_length_outside_of_the_series_is_refused(int length)
    {
        using var network = new LengthsLstm(steps: Steps, maxBatch: 4);
        network.InputRows(3).Clear();
        network.LabelRows(3).Clear();
        Span<int> lengths = network.LengthRows(3);
        lengths.Fill(2);
        lengths[1] = length;
        ArgumentOutOfRangeException error = Should.Throw<ArgumentOutOfRangeException>(() => network.ComputeGradients(3, TargetKind.ClassIndices));
        error.Message.ShouldContain("LengthsLstm: sample 1 of the batch");
        error.Message.ShouldContain($"has length {length}; it must be from 1 to {Steps}");

        // The refused pass was the one that they counted for.
        Should.NotThrow(() => network.ComputeGradients(3, TargetKind.ClassIndices));
        network.LengthRows(3)[1] = length;
        Should.Throw<ArgumentOutOfRangeException>(() => network.Predict(3));
        network.LengthRows(3)[1] = length;
        Should.Throw<ArgumentOutOfRangeException>(() => network.Evaluate(3, TargetKind.ClassIndices));
    }

    [Test]
    public void Lengths_count_for_one_pass()
    {
        using LengthsLstm network = Shaken(new LengthsLstm(steps: Steps, maxBatch: 2));
        float[] x = Normal(2 * Steps * Channels, seed: 4);
        int[] labels = [1, 3];
        float[] full = Outputs(() => network.ComputeGradients(x, labels));
        network.LengthRows(2).Fill(2);
        Outputs(() => network.ComputeGradients(x, labels)).ShouldNotBe(full);
        Outputs(() => network.ComputeGradients(x, labels)).ShouldBe(full);
        network.LengthRows(2).Fill(2);
        Outputs(() => network.Predict(x, new float[2 * Classes])).ShouldNotBe(full);
        ShouldAgree(Outputs(() => network.Predict(x, new float[2 * Classes])), full, "full series");

        // A pass that is refused for another reason counts as well.
        network.LengthRows(2).Fill(2);
        Should.Throw<ArgumentOutOfRangeException>(() => network.ComputeGradients(x, [1, 4]));
        Outputs(() => network.ComputeGradients(x, labels)).ShouldBe(full);

        float[] Outputs(Action pass)
        {
            pass();
            return network.Outputs.ToArray();
        }
    }

    [Test]
    public void A_label_before_the_end_of_its_series_is_checked()
    {
        using var network = new LengthsTags(steps: Steps, maxBatch: 2);
        float[] x = Normal(2 * Steps * Channels, seed: 5);
        int[] labels = new int[2 * Steps];
        labels[Steps + 3] = 4;
        network.LengthRows(2).Fill(3);
        Should.NotThrow(() => network.ComputeGradients(x, labels));
        network.LengthRows(2).Fill(4);
        Should.Throw<ArgumentOutOfRangeException>(() => network.ComputeGradients(x, labels)).Message.ShouldContain("step 3 of sample 1 of the batch has label 4");
    }

    [Test]
    public void A_network_without_lengths_says_how_to_have_them()
    {
        using var network = new GoldenLstm(maxBatch: 2);
        Should.Throw<InvalidOperationException>(() => network.LengthRows(2)).Message.ShouldContain("declare it with 'Lengths = true'");
    }

    // NaN behind each series' end: it must reach nothing.
    private static float[] Padded(out float[][] series)
    {
        float[] x = new float[Lengths.Length * Steps * Channels];
        Array.Fill(x, float.NaN);
        series = new float[Lengths.Length][];
        for (int i = 0; i < Lengths.Length; i++)
        {
            series[i] = Normal(Lengths[i] * Channels, seed: 10 + (ulong)i);
            series[i].CopyTo(x, i * Steps * Channels);
        }

        return x;
    }
}
