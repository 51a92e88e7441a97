using System.Diagnostics;

namespace FastNets.Training;

/// <summary>The steps of an epoch and their sums.</summary>
internal sealed class EpochLoop(Network network, TrainingSource train, BatchPlan plan, TrainerContext context, CallbackList callbacks)
{
    private readonly bool _classifies = network.Loss == Loss.SoftmaxCrossEntropy;
    private readonly int _batchesOfStep = context.Options.AccumulationSteps;
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
        for (int step = 0; step < context.StepsPerEpoch; step++)
        {
            if (cancellation.IsCancellationRequested || context.StopReason is not null) return false;
            context.StepInEpoch = step;
            callbacks.BatchBegin();
            StepResult result = Step(step * _batchesOfStep, out int samples);
            if (!result.IsFinite) throw new TrainingDivergedException(network.Name, epoch, step + 1, result, context.Optimizer.LearningRate);
            Steps++;
            done += samples;
            _loss += (double)result.Loss * samples;
            _penalty += result.Penalty;
            callbacks.BatchEnd(new BatchRecord(
                epoch, step + 1, context.StepsPerEpoch, samples, result.Loss, result.Penalty, _loss / done, _classifies ? (double)_right / done : double.NaN, result.GradientNorm));
        }

        _seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return true;
    }

    private StepResult Step(int firstBatch, out int samples)
    {
        int batches = Math.Min(_batchesOfStep, plan.Batches - firstBatch);
        samples = 0;
        for (int batch = firstBatch; batch < firstBatch + batches; batch++)
        {
            ReadOnlySpan<int> rows = plan.Rows(batch);
            samples += rows.Length;
            train.Put(network, rows);
            StepResult result = default;
            if (batches == 1) result = network.TrainStep(rows.Length, train.Targets, context.Optimizer);
            else network.AccumulateGradients(rows.Length, train.Targets);
            if (_classifies) _right += Right(network, train, rows);
            if (batches == 1) return result;
        }

        return network.ApplyGradients(context.Optimizer);
    }

    /// <summary>The record of the epoch just run.</summary>
    /// <param name="epoch">Its number, from 1.</param>
    /// <param name="validation">What validation gave; null for none.</param>
    public EpochRecord Record(int epoch, EvaluationResult? validation) => new()
    {
        Epoch = epoch,
        Loss = _loss / plan.Samples,
        Penalty = _penalty / context.StepsPerEpoch,
        Accuracy = _classifies ? (double)_right / plan.Samples : null,
        ValidationLoss = validation?.Loss,
        ValidationAccuracy = validation?.Accuracy,
        Seconds = _seconds,
        SamplesPerSecond = plan.Samples / Math.Max(_seconds, 1e-9),
        LearningRate = context.Optimizer.LearningRate,
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
