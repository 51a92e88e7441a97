using System.Diagnostics;
using FastNets.Training.Optimizers;

namespace FastNets.Training;

/// <summary>The steps of an epoch and their sums.</summary>
internal sealed class EpochLoop(Network network, TrainingSource train, Optimizer optimizer, BatchPlan plan, ITrainingObserver? observer)
{
    private readonly bool _classifies = network.Loss == Loss.SoftmaxCrossEntropy;
    private double _loss;
    private double _penalty;
    private int _right;
    private double _seconds;

    /// <summary>The number of steps made so far.</summary>
    public int Steps { get; private set; }

    /// <summary>Makes an epoch's steps.</summary>
    /// <param name="epoch">Its number, from 1.</param>
    /// <param name="cancellation">Stops after the step that is being made.</param>
    /// <returns>Whether the epoch was gone through to its end.</returns>
    public bool Run(int epoch, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        _loss = 0;
        _penalty = 0;
        _right = 0;
        plan.Begin(epoch);
        int done = 0;
        for (int batch = 0; batch < plan.Batches; batch++)
        {
            if (cancellation.IsCancellationRequested) return false;
            ReadOnlySpan<int> rows = plan.Rows(batch);
            train.Put(network, rows);
            StepResult result = network.TrainStep(rows.Length, train.Targets, optimizer);
            if (!float.IsFinite(result.Loss) || !float.IsFinite(result.Penalty))
                throw new TrainingDivergedException(network.Name, epoch, batch + 1, result, optimizer.LearningRate);
            Steps++;
            done += rows.Length;
            _loss += (double)result.Loss * rows.Length;
            _penalty += result.Penalty;
            if (_classifies) _right += Right(network, train, rows);
            observer?.OnBatch(new BatchRecord(epoch, batch + 1, plan.Batches, rows.Length, result.Loss, result.Penalty, _loss / done, _classifies ? (double)_right / done : double.NaN));
        }

        _seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return true;
    }

    /// <summary>The record of the epoch just run.</summary>
    /// <param name="epoch">Its number, from 1.</param>
    /// <param name="validation">What validation gave; null for none.</param>
    public EpochRecord Record(int epoch, EvaluationResult? validation) => new()
    {
        Epoch = epoch,
        Loss = _loss / plan.Samples,
        Penalty = _penalty / plan.Batches,
        Accuracy = _classifies ? (double)_right / plan.Samples : null,
        ValidationLoss = validation?.Loss,
        ValidationAccuracy = validation?.Accuracy,
        Seconds = _seconds,
        SamplesPerSecond = plan.Samples / Math.Max(_seconds, 1e-9),
        LearningRate = optimizer.LearningRate,
    };

    /// <summary>How many samples of the last pass had their largest output at their class.</summary>
    /// <param name="network">The network, just run on the rows.</param>
    /// <param name="source">The samples.</param>
    /// <param name="rows">Their indices.</param>
    public static int Right(Network network, TrainingSource source, ReadOnlySpan<int> rows)
    {
        ReadOnlySpan<float> outputs = network.Outputs;
        int right = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            if (ArgMax.Of(outputs.Slice(i * network.OutputLength, network.OutputLength)) == source.ClassOf(rows[i])) right++;
        }

        return right;
    }
}
