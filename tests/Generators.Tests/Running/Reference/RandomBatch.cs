using FastNets.Backends;
using FastNets.Generators.Model;
using FastNets.Generators.Tests.Harness;

namespace FastNets.Generators.Tests.Running.Reference;

/// <summary>A batch drawn at random for a network.</summary>
internal sealed class RandomBatch
{
    private readonly bool _hasTokens;

    public RandomBatch(RandomNetwork network, Dice dice, int count)
    {
        Shape input = network.Constant.Spec.Input, output = network.Constant.Output;
        LossSpec loss = network.Spec.Loss;
        LayerSpec? embedding = network.Constant.Spec.Layers.FirstOrDefault(l => l.Kind == LayerKind.Embedding);
        _hasTokens = embedding is not null;
        X = [.. Samples(count, input.Length.Constant, () => embedding is null ? dice.Between(-2, 2) : dice.Below(embedding.Settings.Vocabulary.Constant))];
        if (network.Spec.HasLengths)
        {
            Lengths = [.. Enumerable.Range(0, count).Select(_ => 1 + dice.Below(input.Steps.Constant))];
            for (int b = 0; b < count; b++) Array.Clear(X[b], Lengths[b] * input.Columns.Constant, X[b].Length - (Lengths[b] * input.Columns.Constant));
        }

        if (!loss.OfClasses)
        {
            bool binary = loss.Kind == LossKind.BinaryCrossEntropy;
            Targets = [.. Samples(count, output.Length.Constant, () => loss.IgnoreMissing && dice.OnceIn(5) ? double.NaN : binary ? dice.Between(0, 1) : dice.Between(-2, 2))];
            return;
        }

        int classes = output.Columns.Constant;
        if (dice.OnceIn(3)) ClassWeights = [.. Enumerable.Range(0, classes).Select(_ => dice.Between(0.2, 2))];
        if (dice.OnceIn(2))
        {
            Labels = [.. Enumerable.Range(0, count * output.Steps.Constant).Select(_ => loss.IgnoreMissing && dice.OnceIn(4) ? -1 : dice.Below(classes))];
            return;
        }

        Targets = [.. Samples(count, output.Steps.Constant, () => 0).Select(steps => steps.SelectMany(_ => SoftTarget(dice, classes, loss.IgnoreMissing && dice.OnceIn(4))).ToArray())];
    }

    /// <summary>[batch][steps * channels]; whole numbers where there is an embedding.</summary>
    public double[][] X { get; }

    public int[]? Lengths { get; }

    public int[]? Labels { get; }

    public double[][]? Targets { get; }

    public double[]? ClassWeights { get; }

    private TargetKind Kind => Labels is null ? TargetKind.Values : TargetKind.ClassIndices;

    public float ComputeGradients(Network net)
    {
        Put(net);
        return net.ComputeGradients(X.Length, Kind);
    }

    public StepResult TrainStep(Network net, Training.Optimizers.Optimizer optimizer)
    {
        Put(net);
        return net.TrainStep(X.Length, Kind, optimizer);
    }

    public float Evaluate(Network net)
    {
        Put(net);
        return net.Evaluate(X.Length, Kind);
    }

    public float[] Predict(Network net)
    {
        Put(net);
        return net.Predict(X.Length).ToArray();
    }

    private void Put(Network net)
    {
        if (_hasTokens) X.SelectMany(v => v).Select(v => (int)v).ToArray().CopyTo(net.TokenRows(X.Length));
        else X.SelectMany(v => v).Select(v => (float)v).ToArray().CopyTo(net.InputRows(X.Length));
        Lengths?.CopyTo(net.LengthRows(X.Length));
        if (net.TakesClasses) net.SetClassWeights([.. (ClassWeights ?? []).Select(w => (float)w)]);
        Labels?.CopyTo(net.LabelRows(X.Length));
        Targets?.SelectMany(v => v).Select(v => (float)v).ToArray().CopyTo(net.TargetRows(X.Length));
    }

    private static double[] SoftTarget(Dice dice, int classes, bool missing)
    {
        double[] parts = [.. Enumerable.Range(0, classes).Select(_ => dice.Between(0.01, 1))];
        double sum = parts.Sum();
        for (int c = 0; c < classes; c++) parts[c] = (float)(parts[c] / sum);
        if (missing) parts[dice.Below(classes)] = double.NaN;
        return parts;
    }

    private static IEnumerable<double[]> Samples(int count, int length, Func<double> draw)
        => Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, length).Select(_ => draw()).ToArray());
}
