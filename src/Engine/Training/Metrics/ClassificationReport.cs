using System.Collections.ObjectModel;

namespace FastNets.Training.Metrics;

/// <summary>The scores of one class.</summary>
/// <param name="Name">The class's name.</param>
/// <param name="Precision">Of the samples predicted to be of the class, the share that are.</param>
/// <param name="Recall">Of the samples of the class, the share that were predicted to be.</param>
/// <param name="F1">The harmonic mean of both.</param>
/// <param name="Support">The number of samples of the class.</param>
/// <param name="Predicted">The number of samples predicted to be of the class.</param>
public sealed record ClassScores(string Name, double Precision, double Recall, double F1, long Support, long Predicted);

/// <summary>The scores of a classifier, named and in order: what tables and JSON show.</summary>
/// <remarks>Immutable and thread-safe. Ratios are as in <see cref="ConfusionMatrix"/>: 0 where the denominator is zero.</remarks>
public sealed class ClassificationReport
{
    /// <summary>Gathers the scores.</summary>
    /// <param name="confusion">The counts.</param>
    /// <param name="classNames">The classes' names, in the order of their indices.</param>
    /// <exception cref="ArgumentException">There is not one name a class.</exception>
    public ClassificationReport(ConfusionMatrix confusion, IReadOnlyList<string> classNames)
    {
        ArgumentNullException.ThrowIfNull(confusion);
        ArgumentNullException.ThrowIfNull(classNames);
        if (classNames.Count != confusion.Classes)
            throw new ArgumentException($"{confusion.Classes} classes need as many names, but there are {classNames.Count}.", nameof(classNames));
        Confusion = confusion;
        var classes = new ClassScores[confusion.Classes];
        for (int c = 0; c < classes.Length; c++)
        {
            classes[c] = new ClassScores(
                classNames[c], confusion.Precision(c), confusion.Recall(c), confusion.F1(c), confusion.Support(c), confusion.Predicted(c));
        }

        Classes = new ReadOnlyCollection<ClassScores>(classes);
    }

    /// <summary>The counts.</summary>
    public ConfusionMatrix Confusion { get; }

    /// <summary>The classes' scores, in the order of their indices.</summary>
    public IReadOnlyList<ClassScores> Classes { get; }

    /// <summary>The number of samples.</summary>
    public long Samples => Confusion.Samples;

    /// <summary>The share of samples that are right, from 0 to 1.</summary>
    public double Accuracy => Confusion.Accuracy;

    /// <summary>The mean recall of the classes that have samples.</summary>
    public double BalancedAccuracy => Confusion.BalancedAccuracy;

    /// <summary>The mean F1 of the classes that occur.</summary>
    public double MacroF1 => Confusion.MacroF1;

    /// <summary>The accuracy of always answering with the most frequent class.</summary>
    public double MajorityBaseline => Confusion.MajorityBaseline;
}
