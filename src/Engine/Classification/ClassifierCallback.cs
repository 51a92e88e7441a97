using FastNets.Training;

namespace FastNets.Classification;

/// <summary>A part of the work of training a <see cref="TimeSeriesClassifier"/>.</summary>
public enum ClassifierPhase
{
    /// <summary>Fitting MiniRocket.</summary>
    FitTransform,

    /// <summary>Computing the features of the training and validation series; where they are not kept in memory, measuring those of the training series.</summary>
    Transform,

    /// <summary>Fitting the ridge classifier, or training the network.</summary>
    FitHead,
}

/// <summary>Is told how training goes: phases, and a network's epochs and batches. Every method may be left out.</summary>
public abstract class ClassifierCallback : TrainerCallback
{
    /// <summary>A phase begins.</summary>
    /// <param name="phase">Which one.</param>
    public virtual void OnPhaseStart(ClassifierPhase phase)
    {
    }

    /// <summary>A phase is done.</summary>
    /// <param name="phase">Which one.</param>
    /// <param name="seconds">How long it took.</param>
    public virtual void OnPhaseEnd(ClassifierPhase phase, double seconds)
    {
    }
}

/// <summary>How long the phases of training took, in seconds.</summary>
/// <param name="FitTransform">Fitting MiniRocket; 0 where there is none.</param>
/// <param name="Transform">Computing the features of the training and validation series, or measuring them; see <see cref="ClassifierPhase.Transform"/>.</param>
/// <param name="FitHead">Fitting the ridge classifier, or training the network.</param>
public readonly record struct PhaseSeconds(double FitTransform, double Transform, double FitHead)
{
    /// <summary>All phases together.</summary>
    public double Total => FitTransform + Transform + FitHead;
}
