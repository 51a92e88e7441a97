using System.Globalization;

namespace FastNets.Training.Callbacks;

/// <summary>The figure of an epoch that a callback looks at.</summary>
public enum MonitoredFigure
{
    /// <summary><see cref="EpochRecord.ValidationLoss"/>; less is better.</summary>
    ValidationLoss,

    /// <summary><see cref="EpochRecord.ValidationAccuracy"/>; more is better.</summary>
    ValidationAccuracy,

    /// <summary><see cref="EpochRecord.Loss"/>, as training saw it; less is better.</summary>
    TrainingLoss,

    /// <summary><see cref="EpochRecord.Accuracy"/>, as training saw it; more is better.</summary>
    TrainingAccuracy,
}

/// <summary>Figures and their order.</summary>
internal static class MonitoredFigures
{
    public static bool MoreIsBetter(this MonitoredFigure figure) => figure is MonitoredFigure.ValidationAccuracy or MonitoredFigure.TrainingAccuracy;

    /// <summary>A value that every other is better than.</summary>
    public static double Worst(this MonitoredFigure figure) => figure.MoreIsBetter() ? double.NegativeInfinity : double.PositiveInfinity;

    /// <summary>The figure; a callback that needs one that is not there was refused at the start.</summary>
    public static double Of(this MonitoredFigure figure, EpochRecord record) => figure switch
    {
        MonitoredFigure.ValidationLoss => record.ValidationLoss!.Value,
        MonitoredFigure.ValidationAccuracy => record.ValidationAccuracy!.Value,
        MonitoredFigure.TrainingLoss => record.Loss,
        _ => record.Accuracy!.Value,
    };

    public static string Text(this MonitoredFigure figure, double value) => string.Create(CultureInfo.InvariantCulture, $"{figure} {value:G6}");

    public static MonitoredFigure Valid(MonitoredFigure figure, string name)
        => Enum.IsDefined(figure) ? figure : throw new ArgumentOutOfRangeException(name, figure, "There is no such figure.");

    /// <summary>Refuses what will not be measured.</summary>
    public static void Require(this MonitoredFigure figure, TrainerContext context, string who)
    {
        if (figure is MonitoredFigure.ValidationLoss or MonitoredFigure.ValidationAccuracy && !context.HasValidation)
            throw new ArgumentException($"{who} looks at {figure}, but there are no validation samples; give some to the trainer, or look at {MonitoredFigure.TrainingLoss}.");
        if (figure.MoreIsBetter() && !context.HasAccuracy)
            throw new ArgumentException($"{who} looks at {figure}, but {context.Network.Name}'s loss, {context.Network.Loss}, has no accuracy; look at {MonitoredFigure.ValidationLoss}.");
    }
}
