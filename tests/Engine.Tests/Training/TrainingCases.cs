using FastNets.Classification.Networks;
using FastNets.Memory;
using FastNets.Random;
using FastNets.Training;

namespace FastNets.Engine.Tests.Training;

/// <summary>A network that predicts numbers.</summary>
[Network(Input = "inputs", Loss = Loss.MeanSquaredError)]
public sealed partial class Regression
{
    [Layer(Units = 1)]
    public partial Dense Output { get; }
}

/// <summary>Small samples and networks for the trainer's tests.</summary>
internal static class TrainingCases
{
    public const int Features = 6;
    public const int Classes = 3;

    /// <summary>Three clouds of points around corners of a cube.</summary>
    public static (FeatureMatrix X, int[] Labels) Clouds(int count, ulong seed = 1)
    {
        var random = new PhiloxStream(seed, 0);
        var x = new FeatureMatrix(count, Features);
        int[] labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = i % Classes;
            Span<float> row = x.Row(i);
            for (int j = 0; j < Features; j++) row[j] = (float)(random.NextNormal() * 0.3) + (j % Classes == labels[i] ? 1 : 0);
        }

        return (x, labels);
    }

    public static TrainingSource Source(int count, ulong seed = 1)
    {
        (FeatureMatrix x, int[] labels) = Clouds(count, seed);
        return TrainingSource.FromFeatures(x, labels);
    }

    public static SoftmaxHead Softmax(ulong seed = 3, int maxBatch = 64) => new(Features, Classes, seed, maxBatch);

    public static RocketHead Normalized(ulong seed = 3, int maxBatch = 64) => new(Features, Classes, seed, maxBatch);

    public static float[] Weights(Network network) => [.. network.Parameters.SelectMany(p => p.Values.ToArray())];
}

/// <summary>Writes down what a callback is told.</summary>
internal sealed class Recorder : TrainerCallback
{
    public List<BatchRecord> Batches { get; } = [];

    public List<EpochRecord> Epochs { get; } = [];

    public List<(int Epoch, int Epochs, int Batches)> Starts { get; } = [];

    public List<float> Rates { get; } = [];

    public int Begun { get; private set; }

    public int Ended { get; private set; }

    public Action<TrainerContext, BatchRecord>? EachBatch { get; init; }

    public Action<TrainerContext, EpochRecord>? EachEpoch { get; init; }

    public override void OnTrainBegin(TrainerContext context) => Begun++;

    public override void OnEpochBegin(TrainerContext context) => Starts.Add((context.Epoch, context.Epochs, context.StepsPerEpoch));

    public override void OnBatchBegin(TrainerContext context) => Rates.Add(context.Optimizer.LearningRate);

    public override void OnBatchEnd(TrainerContext context, in BatchRecord batch)
    {
        Batches.Add(batch);
        EachBatch?.Invoke(context, batch);
    }

    public override void OnEpochEnd(TrainerContext context, EpochRecord record)
    {
        Epochs.Add(record);
        EachEpoch?.Invoke(context, record);
    }

    public override void OnTrainEnd(TrainerContext context) => Ended++;
}
