using FastNets.Training.Optimizers;

namespace SequenceAutoencoder;

/// <summary>Training on one sequence until the network can repeat it.</summary>
public static class Overfitting
{
    /// <summary>The loss that counts as repeating it.</summary>
    public const float Goal = 1e-4f;

    /// <summary>The most steps.</summary>
    public const int MaxSteps = 1000;

    /// <summary>Trains a new network until the goal is reached.</summary>
    /// <param name="sequence">The sequence, which is the input and the target.</param>
    /// <param name="hidden">The numbers of the state between encoder and decoder.</param>
    /// <param name="seed">The seed of the initial weights.</param>
    /// <returns>The step at which the loss was below the goal, or null where it never was; and the last loss.</returns>
    public static (int? Step, float Loss) Run(float[] sequence, int hidden, ulong seed)
    {
        using var net = new Autoencoder(hidden, seed, maxBatch: 1);
        var adam = new Adam(learningRate: 1e-3f);
        float loss = float.NaN;
        for (int step = 0; step < MaxSteps; step++)
        {
            loss = net.TrainStep(sequence, sequence, adam).Loss;
            if (loss < Goal) return (step, loss);
        }

        return (null, loss);
    }

    /// <summary>Runs several seeds and gives the medians (of an even number of runs the upper of the two in the middle).</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="hidden">The numbers of the state.</param>
    /// <param name="seeds">How many seeds, from 0 on.</param>
    /// <returns>The median step, null where it is one of a run that failed; how many runs reached the goal; the median of the last losses.</returns>
    public static (int? Step, int Reached, float Loss) Median(float[] sequence, int hidden, int seeds)
    {
        var runs = new (int? Step, float Loss)[seeds];
        for (int seed = 0; seed < seeds; seed++) runs[seed] = Run(sequence, hidden, (ulong)seed);
        int?[] steps = [.. runs.Select(run => run.Step).OrderBy(step => step ?? int.MaxValue)];
        float[] losses = [.. runs.Select(run => run.Loss).Order()];
        return (steps[seeds / 2], runs.Count(run => run.Step is not null), losses[seeds / 2]);
    }
}
