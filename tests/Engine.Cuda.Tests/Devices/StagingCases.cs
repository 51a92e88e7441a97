using FastNets.Classification.Networks;
using FastNets.Data;
using FastNets.Engine.Tests.Training;
using FastNets.Memory;
using FastNets.Training;
using FastNets.Training.Optimizers;
using static FastNets.Engine.Tests.Networks.NetworkCases;

namespace FastNets.Engine.Tests.Devices;

/// <summary>Networks and samples whose batches are sent within their passes, being small, or ahead of them.</summary>
internal static class StagingCases
{
    /// <summary>Samples of a full batch; the last batch of an epoch has fewer.</summary>
    public const int Batch = 24;

    public const int Samples = (Batch * 4) + 7;

    private const int Classes = 3;

    /// <summary>A full batch of <see cref="Wide"/> has 72 KB.</summary>
    private const int WideFeatures = 750;

    public static RocketHead Wide() => new(WideFeatures, Classes, seed: 3, maxBatch: Batch);

    public static TrainingSource WideSamples() => Rows(WideFeatures);

    /// <summary>The network and the samples of a case.</summary>
    public static (Network Network, TrainingSource Samples) Of(string name) => name switch
    {
        "wide" => (Wide(), WideSamples()),
        "small" => (new RocketHead(20, Classes, seed: 3, maxBatch: Batch), Rows(20)),
        "soft classes" => (new SoftmaxHead(WideFeatures, Classes, seed: 3, maxBatch: Batch), TrainingSource.FromFeatures(Matrix(WideFeatures, 1), Shares())),
        "mixed" => (new Mixed(seed: 4, maxBatch: Batch), Rows(36)),
        "long ragged series" => (new RaggedGru(steps: 400, channels: 2, seed: 4, maxBatch: Batch), Ragged(400)),
        "short ragged series" => (new RaggedGru(steps: 9, channels: 2, seed: 4, maxBatch: Batch), Ragged(9)),
        _ => (new Words(seed: 4, maxBatch: Batch), TrainingSource.FromTokens(Whole(Samples * 5, 7, seed: 1), 5, Whole(Samples, 2, seed: 2))),
    };

    public static TrainerOptions Options(int epochs = 3, int accumulation = 1, params TrainerCallback[] callbacks) =>
        new() { Epochs = epochs, BatchSize = Batch, Shuffle = false, AccumulationSteps = accumulation, Callbacks = callbacks };

    /// <summary>The steps of training one after another, each batch put in when the one before is done.</summary>
    public static void OneByOne(Network network, TrainingSource samples, Optimizer optimizer, int epochs = 3, int accumulation = 1, Action? between = null)
    {
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            network.ResetStates();
            for (int first = 0, waiting = 0; first < Samples; first += Batch)
            {
                int[] rows = [.. Enumerable.Range(first, Math.Min(Batch, Samples - first))];
                samples.Put(network, rows);
                if (accumulation == 1)
                {
                    network.TrainStep(rows.Length, samples.Targets, optimizer);
                }
                else
                {
                    // A last batch that is alone is a step of its own.
                    bool last = first + Batch >= Samples;
                    if (last && waiting == 0)
                    {
                        network.TrainStep(rows.Length, samples.Targets, optimizer);
                    }
                    else
                    {
                        network.AccumulateGradients(rows.Length, samples.Targets);
                        if (++waiting == accumulation || last)
                        {
                            network.ApplyGradients(optimizer);
                            waiting = 0;
                        }
                    }
                }

                between?.Invoke();
            }
        }
    }

    private static TrainingSource Rows(int features) => TrainingSource.FromFeatures(Matrix(features, 1), Whole(Samples, Classes, seed: 2));

    private static FeatureMatrix Matrix(int features, ulong seed)
    {
        var x = new FeatureMatrix(Samples, features);
        for (int i = 0; i < Samples; i++) Normal(features, seed + (ulong)i).CopyTo(x.Row(i));
        return x;
    }

    private static FeatureMatrix Shares()
    {
        FeatureMatrix shares = Matrix(Classes, 500);
        for (int i = 0; i < Samples; i++)
        {
            Span<float> row = shares.Row(i);
            for (int j = 0; j < Classes; j++) row[j] = MathF.Abs(row[j]);
        }

        return shares;
    }

    private static TrainingSource Ragged(int longest)
    {
        int[] lengths = [.. Enumerable.Range(0, Samples).Select(i => longest - (i * 5 % (longest - 1)))];
        return TrainingSource.FromSeries(new SeriesSet("ragged", 2, lengths, Normal(2 * lengths.Sum(), seed: 1), Whole(Samples, Classes, seed: 2), ["a", "b", "c"]));
    }
}
