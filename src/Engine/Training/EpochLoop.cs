using System.Diagnostics;
using FastNets.Backends;

namespace FastNets.Training;

/// <summary>The steps of an epoch and their sums.</summary>
/// <remarks>Where a device computes beside the host, the next batch is gathered, and sent if it is large, while the present one's pass runs.</remarks>
internal sealed class EpochLoop(Network network, TrainingSource train, BatchPlan plan, TrainerContext context, CallbackList callbacks)
{
    private readonly bool _classifies = network.TakesClasses;
    private readonly int _batchesOfStep = context.Options.AccumulationSteps;
    private double _loss;
    private double _penalty;
    private long _right;
    private long _judged;
    private double _seconds;

    // The batch that waits in the network's stage.
    private int? _staged;

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
        _judged = 0;
        plan.Begin(epoch);
        _staged = null;
        network.RewindStage();
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
                epoch, step + 1, context.StepsPerEpoch, samples, result.Loss, result.Penalty, _loss / done, _classifies ? Fraction(_right, _judged) : double.NaN, result.GradientNorm));
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
            if (_staged != batch || !network.UseStage()) train.Put(network, rows);
            network.Start(rows.Length, train.Targets, batches == 1 ? context.Optimizer : null, fetchOutputs: _classifies);
            _staged = Stage(batch + 1) ? batch + 1 : null;
            float loss = network.Finish();
            StepResult result = default;
            if (batches == 1) result = network.Updated(context.Optimizer, loss);
            else network.Accumulate(rows.Length, loss);
            if (_classifies) Judge(network, train, rows, ref _right, ref _judged);
            if (batches == 1) return result;
        }

        return network.ApplyGradients(context.Optimizer);
    }

    // A batch that can't be gathered now is gathered when its turn comes, and fails then: not in the middle of the step before, whose result the callbacks are still to see.
    private bool Stage(int batch)
    {
        if (batch == plan.Batches) return false;
        try
        {
            if (!network.OpenStage()) return false;
            ReadOnlySpan<int> rows = plan.Rows(batch);
            train.Put(network, rows);
            network.CloseStage(rows.Length, train.Targets);
            return true;
        }
        catch (Exception)
        {
            network.DropStage();
            return false;
        }
    }

    /// <summary>The record of the epoch just run.</summary>
    /// <param name="epoch">Its number, from 1.</param>
    /// <param name="validation">What validation gave; null for none.</param>
    public EpochRecord Record(int epoch, EvaluationResult? validation) => new()
    {
        Epoch = epoch,
        Loss = _loss / plan.Samples,
        Penalty = _penalty / context.StepsPerEpoch,
        Accuracy = _classifies ? Fraction(_right, _judged) : null,
        ValidationLoss = validation?.Loss,
        ValidationAccuracy = validation?.Accuracy,
        Seconds = _seconds,
        SamplesPerSecond = plan.Samples / Math.Max(_seconds, 1e-9),
        LearningRate = context.Optimizer.LearningRate,
    };

    /// <summary>Counts the samples (of sequences: the steps) of the last pass that have a class, and those whose largest output is at it.</summary>
    /// <param name="network">The network, just run on the rows.</param>
    /// <param name="source">The samples.</param>
    /// <param name="rows">Their indices.</param>
    /// <param name="right">How many are right; added to.</param>
    /// <param name="judged">How many have a class; added to.</param>
    public static void Judge(Network network, TrainingSource source, ReadOnlySpan<int> rows, ref long right, ref long judged)
    {
        ReadOnlySpan<float> outputs = network.Outputs;
        bool indexed = source.Targets == TargetKind.ClassIndices;
        ReadOnlySpan<int> labels = indexed ? network.LabelRows(rows.Length) : default;
        ReadOnlySpan<float> targets = indexed ? default : network.TargetRows(rows.Length);
        int steps = network.OutputShape.Steps;
        int classes = network.OutputShape.Columns;
        for (int i = 0; i < rows.Length; i++)
        {
            int own = steps == 1 ? 1 : source.StepsOf(rows[i], steps);
            for (int step = 0; step < own; step++)
            {
                int at = (i * steps) + step;
                // Soft targets say the class by the largest of them.
                int expected = indexed ? labels[at] : ArgMax.Of(targets.Slice(at * classes, classes));
                if (expected < 0) continue;
                judged++;
                if (ArgMax.Of(outputs.Slice(at * classes, classes)) == expected) right++;
            }
        }
    }

    /// <summary>The fraction of right answers; NaN where none was judged.</summary>
    public static double Fraction(long right, long judged) => (double)right / judged;
}
