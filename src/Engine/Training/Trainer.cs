using System.Diagnostics;
using FastNets.Training.Optimizers;
using FastNets.Training.Schedules;

namespace FastNets.Training;

/// <summary>Trains a network: epochs of shuffled batches, with validation, progress and cancellation.</summary>
/// <remarks>
/// The same network seed, samples, options and instruction set give the same bits, whatever the number of threads. A step allocates
/// nothing; an epoch allocates its record.
/// </remarks>
public static class Trainer
{
    /// <summary>Trains a network.</summary>
    /// <param name="network">The network; training goes on from its present weights.</param>
    /// <param name="train">The samples to learn from.</param>
    /// <param name="validation">Samples to measure after each epoch; null for none. Training itself does not look at the result; callbacks may.</param>
    /// <param name="optimizer">The rule of the update. Its learning rate may be changed by callbacks between steps.</param>
    /// <param name="options">How to go through the samples, and who takes part.</param>
    /// <param name="cancellation">Stops after the step that is being made.</param>
    /// <returns>The epochs' figures; the network is trained in place.</returns>
    /// <exception cref="ArgumentException">An option is out of range, or samples and network do not fit.</exception>
    /// <exception cref="TrainingDivergedException">The loss, a penalty or, where gradients are clipped by a norm, a gradient is no longer a finite number.</exception>
    /// <remarks>
    /// A last batch that is not full is trained too, unless <see cref="TrainerOptions.DropLast"/>. A batch of one sample says nothing
    /// about a variance: where the network has <see cref="BatchNorm"/>, a last batch of one takes a second sample from the batch before it; with
    /// batches of two the odd sample waits for the next epoch. (Keras would train it, and spoil the running variance; PyTorch would throw.)
    /// </remarks>
    public static TrainingHistory Fit(
        Network network,
        TrainingSource train,
        TrainingSource? validation,
        Optimizer optimizer,
        TrainerOptions options,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        bool batchNorm = TrainerChecks.Check(network, train, validation, options);
        var plan = new BatchPlan(EpochOrder.For(train, network, options), options, batchNorm);
        var records = new List<EpochRecord>(options.Epochs - options.FirstEpoch + 1);
        int steps = (plan.Batches + options.AccumulationSteps - 1) / options.AccumulationSteps;
        var context = new TrainerContext(network, optimizer, options, validation is not null, steps, records);

        // The schedule first, so that the others see the step's rate.
        var callbacks = new CallbackList([.. ScheduleRunner.For(options.Schedule), .. options.Callbacks], context);
        var epoch = new EpochLoop(network, train, plan, context, callbacks);
        int[]? validationRows = validation is null ? null : AllRows(validation.Count);
        long start = Stopwatch.GetTimestamp();
        network.DiscardGradients();
        try
        {
            callbacks.TrainBegin();
            for (int number = options.FirstEpoch; number <= options.Epochs; number++)
            {
                if (cancellation.IsCancellationRequested || context.StopReason is not null) break;
                context.Epoch = number;
                context.StepInEpoch = 0;
                callbacks.EpochBegin();
                // States that were carried on belong to the end of the last epoch, or to the validation.
                network.ResetStates();
                if (!epoch.Run(number, cancellation)) break;
                callbacks.EpochTrained();
                EvaluationResult? measured = validation is null ? null : Evaluate(network, validation, validationRows!, options.BatchSize);
                records.Add(epoch.Record(number, measured));
                callbacks.EpochEnd(records[^1]);
            }
        }
        finally
        {
            network.DropStage();
            callbacks.TrainEnd();
        }

        bool whole = records.Count == options.Epochs - options.FirstEpoch + 1;
        return new TrainingHistory(
            records, epoch.Steps, !whole && context.StopReason is null, whole ? null : context.StopReason, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    /// <summary>Measures a network, as inference does: dropout off, running statistics.</summary>
    /// <param name="network">The network.</param>
    /// <param name="source">The samples.</param>
    /// <exception cref="ArgumentException">There are no samples, or they and the network do not fit.</exception>
    public static EvaluationResult Evaluate(Network network, TrainingSource source)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(source);
        TrainerChecks.CheckSource(network, source, nameof(source));
        return Evaluate(network, source, AllRows(source.Count), network.MaxBatch);
    }

    private static EvaluationResult Evaluate(Network network, TrainingSource source, int[] rows, int batchSize)
    {
        bool classifies = network.TakesClasses;
        network.ResetStates();
        double loss = 0;
        long right = 0;
        long judged = 0;
        for (int start = 0; start < rows.Length; start += batchSize)
        {
            ReadOnlySpan<int> batch = rows.AsSpan(start, Math.Min(batchSize, rows.Length - start));
            source.Put(network, batch);
            loss += (double)network.Evaluate(batch.Length, source.Targets, fetchOutputs: classifies) * batch.Length;
            if (classifies) EpochLoop.Judge(network, source, batch, ref right, ref judged);
        }

        return new EvaluationResult(rows.Length, loss / rows.Length, classifies ? EpochLoop.Fraction(right, judged) : null);
    }

    private static int[] AllRows(int count)
    {
        int[] rows = new int[count];
        for (int i = 0; i < rows.Length; i++) rows[i] = i;
        return rows;
    }
}
