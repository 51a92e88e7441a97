using System.Text.Json;
using FastNets.Classification;
using FastNets.Kernels;
using FastNets.Threading;
using FastNets.Training.Metrics;

namespace FastNets.Cli.Results;

/// <summary>Writes how right a model is, and what it ran on, as JSON.</summary>
internal static class EvaluationJson
{
    /// <summary>Writes which model it is.</summary>
    /// <param name="writer">Where.</param>
    /// <param name="model">The model.</param>
    public static void WriteModel(Utf8JsonWriter writer, ModelFacts model)
    {
        writer.WriteString("model", model.Name);
        writer.WriteNumber("seed", model.Options.Seed);
    }

    /// <summary>Writes what the program ran on.</summary>
    /// <param name="writer">Where.</param>
    public static void WriteMachine(Utf8JsonWriter writer)
    {
        writer.WriteString("device", Device.Default.ToString());
        writer.WriteString("isa", CpuIsa.Name(CpuIsa.Active));
        writer.WriteNumber("threads", WorkerPool.Threads);
    }

    /// <summary>Writes the sizes that belong to the model.</summary>
    /// <param name="writer">Where.</param>
    /// <param name="model">The model.</param>
    public static void WriteSizes(Utf8JsonWriter writer, ModelFacts model)
    {
        writer.WriteNumber("channels", model.Channels);
        writer.WriteNumber("length", model.Length);
        writer.WriteBoolean("any_length", model.TakesAnyLength);
        writer.WriteNumber("classes", model.Classes);
        writer.WriteNumber("features", model.FeatureCount);
    }

    /// <summary>Writes accuracy, loss, the scores of each class and the confusion matrix.</summary>
    /// <param name="writer">Where.</param>
    /// <param name="evaluation">The figures; null where nothing was measured.</param>
    public static void WriteFigures(Utf8JsonWriter writer, ClassifierEvaluation? evaluation)
    {
        if (evaluation is null)
        {
            writer.WriteNull("accuracy");
            writer.WriteNull("loss");
            return;
        }

        ClassificationReport report = evaluation.Report;
        writer.WriteNumber("accuracy", report.Accuracy);
        if (evaluation.Loss is { } loss && double.IsFinite(loss)) writer.WriteNumber("loss", loss);
        else writer.WriteNull("loss");
        writer.WriteNumber("balanced_accuracy", report.BalancedAccuracy);
        writer.WriteNumber("macro_f1", report.MacroF1);
        writer.WriteNumber("majority_baseline", report.MajorityBaseline);
        WriteClasses(writer, report);
        WriteConfusion(writer, report.Confusion);
    }

    private static void WriteClasses(Utf8JsonWriter writer, ClassificationReport report)
    {
        writer.WriteStartArray("classes");
        foreach (ClassScores scores in report.Classes)
        {
            writer.WriteStartObject();
            writer.WriteString("name", scores.Name);
            writer.WriteNumber("precision", scores.Precision);
            writer.WriteNumber("recall", scores.Recall);
            writer.WriteNumber("f1", scores.F1);
            writer.WriteNumber("support", scores.Support);
            writer.WriteNumber("predicted", scores.Predicted);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    // A row a class, a column a prediction, in the order of "classes".
    private static void WriteConfusion(Utf8JsonWriter writer, ConfusionMatrix confusion)
    {
        writer.WriteStartArray("confusion_matrix");
        for (int label = 0; label < confusion.Classes; label++)
        {
            writer.WriteStartArray();
            for (int predicted = 0; predicted < confusion.Classes; predicted++) writer.WriteNumberValue(confusion[label, predicted]);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }
}
