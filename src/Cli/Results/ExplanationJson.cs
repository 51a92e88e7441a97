using System.Globalization;
using System.Text;
using System.Text.Json;
using FastNets.Classification.Explanation;
using FastNets.Rocket;

namespace FastNets.Cli.Results;

/// <summary>Writes why a series gets a class as JSON.</summary>
internal static class ExplanationJson
{
    /// <summary>Writes the properties.</summary>
    /// <param name="writer">Where.</param>
    /// <param name="explained">The series and its explanation.</param>
    public static void Write(Utf8JsonWriter writer, ExplainedSeries explained)
    {
        PredictionExplanation explanation = explained.Explanation;
        TimeStretch stretch = explained.Strongest;
        writer.WriteString("command", "explain");
        EvaluationJson.WriteModel(writer, explained.Model);
        writer.WriteString("file", explained.Set.Name);
        writer.WriteNumber("series", explained.Index);
        if (explained.Label is { } label) writer.WriteString("label", label);
        writer.WriteString("predicted", explained.Predicted);
        writer.WriteStartArray("scores");
        for (int i = 0; i < explained.Predictions.Classes.Count; i++)
        {
            writer.WriteStartObject();
            writer.WriteString("class", explained.Predictions.Classes[i]);
            writer.WriteNumber("score", explained.Predictions.Scores[i]);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("class", explained.ClassName);
        writer.WriteNumber("decision", explanation.Decision);
        writer.WriteNumber("baseline", explanation.Baseline);
        writer.WriteNumber("channels", explanation.Channels);
        writer.WriteNumber("length", explanation.Length);
        writer.WriteStartObject("strongest");
        writer.WriteNumber("start", stretch.Start);
        writer.WriteNumber("length", stretch.Length);
        writer.WriteNumber("contribution", stretch.Contribution);
        writer.WriteEndObject();
        Row(writer, "by_channel", explanation.ByChannel);
        Rows(writer, "contributions", explanation.Contributions, explanation.Length);
        writer.WritePropertyName("dilations");
        writer.WriteRawValue($"[{string.Join(", ", explanation.Dilations.ToArray().Select(d => d.ToString(CultureInfo.InvariantCulture)))}]");
        Row(writer, "by_dilation", explanation.ByDilation);
        Rows(writer, "by_dilation_and_time", explanation.ByDilationAndTime, explanation.Length);
        writer.WriteStartArray("by_kernel");
        for (int kernel = 0; kernel < MiniRocketParameters.KernelCount; kernel++)
        {
            (int a, int b, int c) = MiniRocketParameters.TapsOf(kernel);
            writer.WriteStartObject();
            writer.WritePropertyName("taps");
            writer.WriteRawValue(string.Create(CultureInfo.InvariantCulture, $"[{a}, {b}, {c}]"));
            writer.WriteNumber("contribution", explanation.ByKernel[kernel]);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Row(Utf8JsonWriter writer, string name, ReadOnlySpan<double> values)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(OnOneLine(values));
    }

    private static void Rows(Utf8JsonWriter writer, string name, ReadOnlySpan<double> values, int length)
    {
        writer.WriteStartArray(name);
        for (int start = 0; start < values.Length; start += length) writer.WriteRawValue(OnOneLine(values.Slice(start, length)));
        writer.WriteEndArray();
    }

    // The layout of the rest would give each number a line of its own.
    private static string OnOneLine(ReadOnlySpan<double> values)
    {
        var text = new StringBuilder("[");
        foreach (double value in values) text.Append(text.Length == 1 ? "" : ", ").Append(CultureInfo.InvariantCulture, $"{value:R}");
        return text.Append(']').ToString();
    }
}
