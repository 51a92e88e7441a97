using System.Globalization;
using System.Text.Json;
using FastNets.Serialization;
using FastNets.Tests.Shared;
using FastNets.Training.Optimizers;
using NUnit.Framework;

namespace FastNets.Engine.Tests.Networks;

/// <summary>Eight steps of each reference run: outputs, gradients, losses, final weights and evaluation as PyTorch computed them.</summary>
/// <remarks>
/// The files' tensors <c>init.*</c> were saved as references to the live weights and so hold the final ones. The true start is
/// drawn again: PyTorch's default weights of the whole sequence of runs after one <c>manual_seed(0)</c>. Each run's first
/// output, gradients and eight losses, which the files hold as they were, tell that it is the start indeed.
/// </remarks>
public class GoldenTrainingTests
{
    // Relative to the largest value of the tensor.
    private const double Tolerance = 1e-4;

    // Where all values are below it, what the reference computed in double precision is rounding: the gradient of a bias before a batch normalisation, which is 0.
    private const double Zero = 1e-12;

    // The run's network, and how many numbers the runs before it had drawn.
    private static readonly Dictionary<string, (Func<int, Network> Build, int Drawn)> Cases = new()
    {
        ["dense_softmax_adam"] = (batch => new GoldenSoftmax(maxBatch: batch), 0),
        ["dense64_sigmoid_softmax"] = (batch => new GoldenSigmoid(classes: 31, maxBatch: batch), 105),
        ["batchnorm_dense64_sigmoid_softmax"] = (batch => new GoldenNormalized(features: 48, classes: 31, maxBatch: batch), 5256),
        ["batchnorm_l1"] = (batch => new GoldenNormalizedL1(features: 48, classes: 31, maxBatch: batch), 15558),
        ["batchnorm_l2"] = (batch => new GoldenNormalizedL2(features: 48, classes: 31, maxBatch: batch), 10407),
        ["mlp_gelu_adamw"] = (batch => new GoldenGelu(maxBatch: batch), 21163),
        ["mlp_relu_sgd_momentum"] = (batch => new GoldenRelu(maxBatch: batch), 20709),
        ["mlp_tanh_nesterov_weight_decay"] = (batch => new GoldenTanh(maxBatch: batch), 20936),
        ["mlp_huber"] = (batch => new GoldenHuber(maxBatch: batch), 21810),
        ["mlp_l1loss"] = (batch => new GoldenAbsolute(maxBatch: batch), 21600),
        ["mlp_mse"] = (batch => new GoldenSquared(maxBatch: batch), 21390),
        ["ce_class_weights"] = (batch => new GoldenWeighted(maxBatch: batch), 22020),
        ["ce_label_smoothing"] = (batch => new GoldenSmoothed(maxBatch: batch), 22064),
        ["layernorm"] = (batch => new GoldenLayerNorm(maxBatch: batch), 22108),
        ["rnn_tanh_last_mse_clip"] = (batch => new GoldenRnn(maxBatch: batch), 22335),
        ["lstm_last_ce"] = (batch => new GoldenLstm(maxBatch: batch), 22580),
        ["gru_last_ce"] = (batch => new GoldenGru(maxBatch: batch), 23448),
        ["lstm_two_layers"] = (batch => new GoldenStackedLstm(maxBatch: batch), 24112),
        ["lstm_bidirectional"] = (batch => new GoldenBidirectional(maxBatch: batch), 25636),
        ["seq2seq_lstm_autoencoder"] = (batch => new GoldenAutoencoder(maxBatch: batch), 26920),
        ["conv1d_bn_relu_gap"] = (batch => new GoldenConvolution(maxBatch: batch), 31345),
        ["conv1d_maxpool_gmax"] = (batch => new GoldenPooling(maxBatch: batch), 31820),
    };

    private static IEnumerable<string> Names => Cases.Keys;

    [Test]
    public void Every_reference_run_is_a_case()
    {
        string[] files = [.. Directory.GetFiles(SharedData.Path("golden", "training"), "*.safetensors").Select(f => Path.GetFileNameWithoutExtension(f))];
        Assert.That(files, Is.EquivalentTo(Cases.Keys));
    }

    [TestCaseSource(nameof(Names))]
    public void Trains_as_the_reference(string name)
    {
        SafetensorsFile golden = SafetensorsFile.Read(SharedData.Path("golden", "training", name + ".safetensors"));
        bool classes = golden.Entry("y").Type == TensorType.I64;
        int batch = (int)golden.Entry("x").Shape[0];
        using Network network = Cases[name].Build(batch);
        float[] x = Samples(golden, network);
        if (ClassWeightsOf(golden) is { Length: > 0 } weights) network.SetClassWeights(weights);
        Optimizer optimizer = OptimizerOf(golden);
        Parameter[] parameters = [.. network.Layers.SelectMany(l => l.Parameters)];
        string[] tensors = [.. TensorNames(golden, parameters.Length)];
        Start(network, golden, tensors, Cases[name].Drawn);

        ReadOnlySpan<float> losses = golden.Float32("loss");
        for (int step = 0; step < losses.Length; step++)
        {
            if (step == 0)
            {
                _ = classes ? network.ComputeGradients(x, Labels(golden)) : network.ComputeGradients(x, golden.Float32("y"));
                Compare(golden.Float32("output"), network.Outputs, name + " output");
                for (int i = 0; i < parameters.Length; i++)
                {
                    if (parameters[i].IsTrainable) Compare(Oriented(golden, "grad." + tensors[i], parameters[i]), WithPenalty(parameters[i]), $"{name} gradient of {parameters[i]}");
                }

                // That pass updated the running statistics: start again.
                Start(network, golden, tensors, Cases[name].Drawn);
            }

            StepResult result = classes ? network.TrainStep(x, Labels(golden), optimizer) : network.TrainStep(x, golden.Float32("y"), optimizer);
            Assert.That(result.Total, Is.EqualTo(losses[step]).Within(Tolerance * Math.Max(1, losses[step])), $"{name}: loss before step {step}");
        }

        for (int i = 0; i < parameters.Length; i++)
            Compare(Oriented(golden, "final." + tensors[i], parameters[i]), parameters[i].Values, $"{name} final {parameters[i]}");
        float[] output = new float[batch * network.OutputLength];
        network.Predict(x, output);
        Compare(golden.Float32("output_eval"), output, name + " evaluation output");
    }

    // PyTorch's convolutions take [batch, channels, steps], its recurrent layers [batch, steps, channels] as we do.
    private static float[] Samples(SafetensorsFile golden, Network network)
    {
        float[] x = golden.Float32("x").ToArray();
        if (!network.Layers.Any(l => l is Conv1D)) return x;
        int[] shape = [.. golden.Entry("x").Shape.ToArray().Select(s => (int)s)];
        Assert.That(network.InputShape, Is.EqualTo(SampleShape.Sequence(shape[2], shape[1])));
        return Permuted(x, shape, [0, 2, 1]);
    }

    private static int[] Labels(SafetensorsFile golden) => [.. golden.Int64("y").ToArray().Select(y => (int)y)];

    // PyTorch's order of a module's tensors is the order of ours: weight (gamma, kernel), bias (beta), running mean, running variance.
    private static IEnumerable<string> TensorNames(SafetensorsFile golden, int count)
    {
        string[] names = [.. golden.Tensors.Select(t => t.Name).Where(n => n.StartsWith("init.", StringComparison.Ordinal) && !n.EndsWith("num_batches_tracked", StringComparison.Ordinal)).Select(n => n["init.".Length..])];
        Assert.That(names, Has.Length.EqualTo(count));
        return names;
    }

    private static void Start(Network network, SafetensorsFile golden, string[] tensors, int drawn)
    {
        bool sound = tensors.Any(t => !golden.Float32("init." + t).SequenceEqual(golden.Float32("final." + t)));
        var random = new TorchUniform(seed: 0);
        random.Skip(drawn);
        int tensor = 0;
        foreach (Layer layer in network.Layers)
        {
            foreach (Parameter parameter in layer.Parameters)
            {
                float[] start = sound ? Oriented(golden, "init." + tensors[tensor], parameter) : Draw(random, layer, parameter);
                start.CopyTo(parameter.Values);
                tensor++;
            }
        }
    }

    private static float[] Draw(TorchUniform random, Layer layer, Parameter parameter)
    {
        if (FanIn(layer) is not { } fanIn) return [.. Enumerable.Repeat(parameter.Name.EndsWith("gamma", StringComparison.Ordinal) || parameter.Name.EndsWith("variance", StringComparison.Ordinal) ? 1f : 0f, parameter.Length)];
        double bound = 1 / Math.Sqrt(fanIn);
        float[] drawn = new float[parameter.Length];
        for (int i = 0; i < drawn.Length; i++) drawn[i] = (float)(((2 * random.Next()) - 1) * bound);
        return Oriented(drawn, parameter);
    }

    // What bounds a layer's weights and biases; null where they start at 1 and 0.
    private static int? FanIn(Layer layer) => layer switch
    {
        Dense dense => dense.Kernel.Shape[0],
        Conv1D convolution => convolution.Kernel.Shape[0] * convolution.Kernel.Shape[1],
        RecurrentLayer recurrent => recurrent.Settings.Units,
        SequenceDecoder decoder => decoder.OutputKernel.Shape[0],
        _ => null,
    };

    // PyTorch keeps [out, in], of a convolution [filters, channels, width]; we keep the reverse.
    private static float[] Oriented(SafetensorsFile golden, string tensor, Parameter parameter) => Oriented(golden.Float32(tensor).ToArray(), parameter);

    private static float[] Oriented(float[] values, Parameter parameter)
        => Permuted(values, [.. parameter.Shape.Reverse()], [.. Enumerable.Range(0, parameter.Shape.Count).Reverse()]);

    // The same numbers with axes[0] outermost, then axes[1], and so on.
    private static float[] Permuted(float[] values, int[] shape, int[] axes)
    {
        Assert.That(shape.Aggregate(1, (product, size) => product * size), Is.EqualTo(values.Length));
        float[] turned = new float[values.Length];
        int[] index = new int[shape.Length];
        for (int i = 0; i < turned.Length; i++)
        {
            int source = 0;
            for (int axis = 0; axis < shape.Length; axis++) source = (source * shape[axis]) + index[axis];
            turned[i] = values[source];
            for (int axis = shape.Length - 1; axis >= 0 && ++index[axes[axis]] == shape[axes[axis]]; axis--) index[axes[axis]] = 0;
        }

        return turned;
    }

    // PyTorch's gradient has the penalty in it; ours is added within the optimizer's pass.
    private static float[] WithPenalty(Parameter parameter)
    {
        float[] gradient = parameter.Gradient.ToArray();
        Span<float> values = parameter.Values;
        for (int i = 0; i < gradient.Length; i++) gradient[i] += (parameter.L1 * Math.Sign(values[i])) + (2 * parameter.L2 * values[i]);
        return gradient;
    }

    private static float[] ClassWeightsOf(SafetensorsFile golden)
    {
        using JsonDocument json = JsonDocument.Parse(golden.MetadataValue("loss"));
        return json.RootElement[1].TryGetProperty("weight", out JsonElement weights) ? [.. weights.EnumerateArray().Select(w => w.GetSingle())] : [];
    }

    private static Optimizer OptimizerOf(SafetensorsFile golden)
    {
        using JsonDocument json = JsonDocument.Parse(golden.MetadataValue("optimizer"));
        JsonElement settings = json.RootElement[1];
        float Number(string key, float otherwise) => settings.TryGetProperty(key, out JsonElement e) ? e.GetSingle() : otherwise;
        (float beta1, float beta2) = settings.TryGetProperty("betas", out JsonElement betas) ? (betas[0].GetSingle(), betas[1].GetSingle()) : (0.9f, 0.999f);
        string norm = golden.MetadataValue("clip_norm");
        GradientClipping clipping = norm.Length > 0 ? GradientClipping.ByGlobalNorm(float.Parse(norm, CultureInfo.InvariantCulture)) : GradientClipping.None;
        return json.RootElement[0].GetString() switch
        {
            "adam" => new Adam(Number("lr", 1e-3f), beta1, beta2, Number("eps", 1e-8f)) { Clipping = clipping },
            "adamw" => new AdamW(Number("lr", 1e-3f), beta1, beta2, Number("eps", 1e-8f), Number("weight_decay", 0.01f)) { Clipping = clipping },
            "sgd" => new Sgd(Number("lr", 1e-3f), Number("momentum", 0), settings.TryGetProperty("nesterov", out JsonElement n) && n.GetBoolean(), 0, Number("weight_decay", 0)) { Clipping = clipping },
            var other => throw new InvalidOperationException($"Unknown optimizer {other}."),
        };
    }

    private static void Compare(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
    {
        Assert.That(actual.Length, Is.EqualTo(expected.Length), what);
        double largest = 0;
        foreach (float value in expected) largest = Math.Max(largest, Math.Abs(value));
        int worst = 0;
        for (int i = 1; i < expected.Length; i++)
        {
            if (Math.Abs(expected[i] - actual[i]) > Math.Abs(expected[worst] - actual[worst])) worst = i;
        }

        double used = Math.Abs(expected[worst] - actual[worst]) / (Tolerance * Math.Max(largest, Zero));
        Assert.That(used, Is.LessThanOrEqualTo(1), string.Create(CultureInfo.InvariantCulture, $"{what}: element {worst} is {actual[worst]}, expected {expected[worst]}; {100 * used:F0} % of the tolerance used"));
    }
}
