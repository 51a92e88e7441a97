using System.Globalization;

namespace FastNets.Training;

/// <summary>Training was stopped because the loss, a penalty or the gradients were no longer finite numbers.</summary>
/// <remarks>The network's weights are of no use then, build it again; unless an <see cref="Callbacks.EarlyStopping"/> has put those of the best epoch back.</remarks>
public sealed class TrainingDivergedException : Exception
{
    /// <summary>Makes the exception with the default text.</summary>
    public TrainingDivergedException()
        : this("Training diverged.")
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What happened, where, and what to do.</param>
    public TrainingDivergedException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What happened, where, and what to do.</param>
    /// <param name="inner">What was thrown underneath.</param>
    public TrainingDivergedException(string message, Exception inner)
        : base(message, inner)
    {
    }

    internal TrainingDivergedException(string network, int epoch, int batch, StepResult result, float learningRate)
        : this(string.Create(CultureInfo.InvariantCulture, $"{network}: the loss became {result.Loss}{(float.IsInfinity(result.GradientNorm) ? ", the gradient is not finite" : "")} and the penalty {result.Penalty} in epoch {epoch}, batch {batch}, at learning rate {learningRate}. Try a learning rate of {learningRate / 10} or less, standardise the inputs, and check them and the targets for missing, infinite and very large values."))
    {
        Epoch = epoch;
        Batch = batch;
        LearningRate = learningRate;
    }

    /// <summary>The epoch's number, from 1.</summary>
    public int Epoch { get; }

    /// <summary>The step's number within the epoch, from 1.</summary>
    public int Batch { get; }

    /// <summary>The step size.</summary>
    public float LearningRate { get; }
}
