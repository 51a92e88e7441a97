using System.Numerics.Tensors;
using FastNets.Backends;
using FastNets.Classification.Explanation;
using FastNets.Classification.Networks;
using FastNets.Data;
using FastNets.Memory;
using FastNets.Serialization;

namespace FastNets.Classification;

/// <summary>A network as a head; it gives probabilities.</summary>
internal sealed class NetworkHead(Network network) : ClassifierHead
{
    // Fixed, whatever the batches of training were: a product's bits may depend on the number of rows, and a loaded model must give those of the trained one.
    private const int PredictionBatch = 64;

    private const string Prefix = "network.";

    /// <summary>The network.</summary>
    public Network Network { get; } = network;

    /// <inheritdoc/>
    public override Device? Device => Network.Device;

    /// <inheritdoc/>
    public override void MoveTo(Device device) => Network.MoveTo(device);

    /// <inheritdoc/>
    public override bool IsProbability => true;

    /// <inheritdoc/>
    public override int TensorCount => Network.Parameters.Count;

    /// <inheritdoc/>
    public override bool IsLinear => Network is SoftmaxHead;

    /// <summary>Builds the network of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="inputs">The length of a row.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="seed">The seed of initial weights and dropout.</param>
    /// <param name="batchSize">The batches that it is to be trained with.</param>
    public static NetworkHead Create(ClassifierKind kind, int inputs, int classes, ulong seed, int batchSize)
    {
        int batch = Math.Max(batchSize, PredictionBatch);
        return new NetworkHead(kind switch
        {
            ClassifierKind.Softmax => new SoftmaxHead(inputs, classes, seed, batch),
            ClassifierKind.Sigmoid => new SigmoidHead(inputs, classes, seed, batch),
            ClassifierKind.Head => new RocketHead(inputs, classes, seed, batch),
            ClassifierKind.HeadL2 => new RocketHeadL2(inputs, classes, seed, batch),
            ClassifierKind.HeadL1 => new RocketHeadL1(inputs, classes, seed, batch),
            ClassifierKind.Mlp => new SeriesMlp(inputs, classes, seed, batch),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This kind has no network."),
        });
    }

    /// <inheritdoc/>
    public override double Score(FeatureMatrix rows, ReadOnlySpan<int> labels, Span<float> scores)
    {
        double loss = 0;
        for (int start = 0; start < rows.Rows; start += PredictionBatch)
        {
            int batch = Math.Min(PredictionBatch, rows.Rows - start);
            rows.Buffer.Span((long)start * rows.Columns, batch * rows.Columns).CopyTo(Network.InputRows(batch));
            if (labels.IsEmpty)
            {
                Network.Predict(batch);
            }
            else
            {
                labels.Slice(start, batch).CopyTo(Network.LabelRows(batch));
                loss += (double)Network.Evaluate(batch, TargetKind.ClassIndices) * batch;
            }

            Network.Outputs.CopyTo(scores[(start * Network.OutputLength)..]);
        }

        if (!TensorPrimitives.IsFiniteAll<float>(scores[..(rows.Rows * Network.OutputLength)]))
            throw new DataFormatException("The network gives scores that are not finite: its weights, or the series, are too large to be computed with.");
        return labels.IsEmpty ? double.NaN : loss;
    }

    /// <inheritdoc/>
    public override LinearDecision Decision(int classIndex, StandardScaler? scaler)
        => IsLinear ? SoftmaxDecision.Of(Network, classIndex, scaler) : base.Decision(classIndex, scaler);

    /// <inheritdoc/>
    public override void AddTo(SafetensorsWriter writer) => NetworkTensors.Add(writer, Network, Prefix);

    /// <summary>Reads what <see cref="AddTo"/> wrote.</summary>
    /// <param name="file">The file.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="inputs">The length of a row.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="DataFormatException">It does not fit.</exception>
    public static NetworkHead Load(SafetensorsFile file, ClassifierKind kind, int inputs, int classes, ulong seed)
    {
        // Before any memory is taken: the sizes that a file states must be those of the tensors that it really holds.
        (string first, int units) = kind switch
        {
            ClassifierKind.Softmax => ("Output", classes),
            ClassifierKind.Mlp => ("Hidden1", 500),
            _ => ("Hidden", 64),
        };
        file.Float32($"{Prefix}{first}.kernel", inputs, units);
        file.Float32($"{Prefix}Output.bias", classes);
        NetworkHead head = Create(kind, inputs, classes, seed, PredictionBatch);
        try
        {
            NetworkTensors.Load(file, head.Network, Prefix);
        }
        catch
        {
            head.Dispose();
            throw;
        }

        return head;
    }

    /// <inheritdoc/>
    public override void Dispose() => Network.Dispose();
}
