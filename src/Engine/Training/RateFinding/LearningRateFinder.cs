using FastNets.Training.Optimizers;

namespace FastNets.Training.RateFinding;

/// <summary>Looks for a learning rate: trains some batches with a rate that grows from each to the next, and watches the loss (Smith, 2017).</summary>
/// <remarks>
/// The range test of L. N. Smith, "Cyclical Learning Rates for Training Neural Networks" (2015, published 2017), with an exponential sweep, smoothing and the
/// end at four times the smallest loss as in fastai. Afterwards the network is what it was before, bit by bit: weights, running statistics, gradients, the optimizer's moments and
/// the numbers of steps; so is the optimizer's learning rate. The same seed gives the same curve, whatever the number of threads.
/// </remarks>
public static class LearningRateFinder
{
    /// <summary>Makes the sweep.</summary>
    /// <param name="network">The network, with the weights that training is to start from.</param>
    /// <param name="source">The samples to learn from.</param>
    /// <param name="optimizer">The rule of the update, with the settings that training is to have; its moments start anew.</param>
    /// <param name="options">The sweep; null for the defaults.</param>
    /// <param name="cancellation">Ends the sweep after the step that is being made.</param>
    /// <returns>The rates and losses up to where the loss diverged, and what they suggest.</returns>
    /// <exception cref="ArgumentException">An option is out of range, or samples and network do not fit.</exception>
    /// <exception cref="TrainingDivergedException">The very first loss is not a finite number.</exception>
    public static LearningRateCurve Run(
        Network network, TrainingSource source, Optimizer optimizer, LearningRateFinderOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(optimizer);
        options = (options ?? new LearningRateFinderOptions()).Checked();
        var batches = new TrainerOptions { BatchSize = Math.Min(Math.Min(options.BatchSize, network.MaxBatch), Math.Max(source.Count, 1)), Seed = options.Seed };
        bool batchNorm = TrainerChecks.Check(network, source, null, batches);
        var plan = new BatchPlan(source.Count, batches, batchNorm);
        float rate = optimizer.LearningRate;
        Network.Progress before = network.SaveProgress();
        try
        {
            return Sweep(network, source, optimizer, options, plan, cancellation);
        }
        finally
        {
            optimizer.LearningRate = rate;
            network.RestoreProgress(before);
        }
    }

    private static LearningRateCurve Sweep(
        Network network, TrainingSource source, Optimizer optimizer, LearningRateFinderOptions options, BatchPlan plan, CancellationToken cancellation)
    {
        var points = new List<LearningRatePoint>(options.Steps);
        double average = 0;
        double best = double.PositiveInfinity;
        bool diverged = false;
        for (int step = 0; step < options.Steps && !cancellation.IsCancellationRequested; step++)
        {
            int batch = step % plan.Batches;
            if (batch == 0) plan.Begin((step / plan.Batches) + 1);
            optimizer.LearningRate = options.RateOf(step);
            ReadOnlySpan<int> rows = plan.Rows(batch);
            source.Put(network, rows);
            StepResult result = network.TrainStep(rows.Length, source.Targets, optimizer);
            if (!result.IsFinite)
            {
                if (step == 0) throw new TrainingDivergedException(network.Name, 1, 1, result, optimizer.LearningRate);
                diverged = true;
                break;
            }

            // The average starts from 0, and is corrected for it.
            average = (options.Smoothing * average) + ((1 - options.Smoothing) * result.Loss);
            double smoothed = average / (1 - Math.Pow(options.Smoothing, step + 1));
            points.Add(new LearningRatePoint(optimizer.LearningRate, result.Loss, smoothed));
            best = Math.Min(best, smoothed);
            if (smoothed <= options.DivergenceFactor * best) continue;
            diverged = true;
            break;
        }

        return new LearningRateCurve(points, diverged, options.Steps / 10);
    }
}
