using System.Text.Json;
using FastNets.Classification;

namespace FastNets.Cli.Results;

/// <summary>Writes what a training run gave as JSON.</summary>
internal static class TrainReportJson
{
    /// <summary>Writes the properties.</summary>
    /// <param name="writer">Where.</param>
    /// <param name="report">What the run gave.</param>
    public static void Write(Utf8JsonWriter writer, TrainReport report)
    {
        writer.WriteString("command", "train");
        EvaluationJson.WriteModel(writer, report.Model);
        EvaluationJson.WriteMachine(writer);
        WriteSettings(writer, report.Model.Options);

        writer.WriteStartObject("sizes");
        writer.WriteNumber("train", report.Sets.Train.Count);
        if (report.Sets.Validation is { } validation) writer.WriteNumber("validation", validation.Count);
        if (report.Sets.Test is { } test) writer.WriteNumber("test", test.Count);
        EvaluationJson.WriteSizes(writer, report.Model);
        writer.WriteEndObject();

        writer.WriteStartObject("seconds");
        writer.WriteNumber("read", report.Seconds.Read);
        writer.WriteNumber("fit_transform", report.Seconds.Train.FitTransform);
        writer.WriteNumber("transform", report.Seconds.Train.Transform);
        writer.WriteNumber("fit_head", report.Seconds.Train.FitHead);
        if (report.Test is not null) writer.WriteNumber("test", report.Seconds.Test);
        writer.WriteNumber("total", report.Seconds.Total);
        writer.WriteEndObject();

        if (report.Training.History is { Epochs: [.., var last] } history)
        {
            writer.WriteNumber("steps", history.Steps);
            writer.WriteNumber("training_loss", last.Loss);
            if (last.Accuracy is { } accuracy) writer.WriteNumber("training_accuracy", accuracy);
            if (last.ValidationLoss is { } validationLoss) writer.WriteNumber("validation_loss", validationLoss);
        }

        if (report.Training.ValidationAccuracy is { } validationAccuracy) writer.WriteNumber("validation_accuracy", validationAccuracy);
        EvaluationJson.WriteFigures(writer, report.Test);
    }

    private static void WriteSettings(Utf8JsonWriter writer, ClassifierOptions options)
    {
        if (options.Kind == ClassifierKind.Ridge) return;
        writer.WriteNumber("epochs", options.Epochs!.Value);
        writer.WriteNumber("batch", options.BatchSize!.Value);
        writer.WriteNumber("lr", options.LearningRate!.Value);
        writer.WriteString("optimizer", options.Optimizer!.Value.ToString().ToLowerInvariant());
    }
}
