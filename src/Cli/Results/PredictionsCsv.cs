using System.Globalization;
using System.Text;
using FastNets.Classification;
using FastNets.Serialization;

namespace FastNets.Cli.Results;

/// <summary>Predictions as comma-separated text: <c>series,predicted,score_CLASS...</c>, with <c>label</c> second where it is known.</summary>
/// <param name="classes">The classes' names.</param>
/// <param name="withLabels">Whether labels are known.</param>
/// <param name="first">The first column's heading.</param>
internal sealed class PredictionsCsv(IReadOnlyList<string> classes, bool withLabels, string first = "series")
{
    private readonly StringBuilder _line = new();

    /// <summary>The line of headings, its end included.</summary>
    public string Header()
    {
        _line.Clear().Append(first).Append(withLabels ? ",label,predicted" : ",predicted");
        foreach (string name in classes) _line.Append(',').Append(Field("score_" + name));
        return _line.Append('\n').ToString();
    }

    /// <summary>The line of a series, its end included.</summary>
    /// <param name="series">The series' number, from 0.</param>
    /// <param name="label">Its class; -1 where that is not known.</param>
    /// <param name="predicted">The class it was taken for.</param>
    /// <param name="scores">The scores of the classes.</param>
    public string Line(long series, int label, int predicted, ReadOnlySpan<float> scores)
    {
        _line.Clear().Append(CultureInfo.InvariantCulture, $"{series},");
        if (withLabels) _line.Append(Field(classes[label])).Append(',');
        _line.Append(Field(classes[predicted]));
        foreach (float score in scores) _line.Append(CultureInfo.InvariantCulture, $",{score:R}");
        return _line.Append('\n').ToString();
    }

    /// <summary>Writes the predictions of a set to a file, which appears when it is whole.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="predictions">The predictions.</param>
    /// <param name="labels">Each series' class; empty where they are not known.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Predictions predictions, ReadOnlySpan<int> labels)
    {
        using var file = new AtomicFile(path);
        using (var writer = new StreamWriter(file.Stream, new UTF8Encoding(false), leaveOpen: true)) Write(writer, predictions, labels);
        file.Commit();
    }

    /// <summary>Writes the predictions of a set.</summary>
    /// <param name="writer">Where.</param>
    /// <param name="predictions">The predictions.</param>
    /// <param name="labels">Each series' class; empty where they are not known.</param>
    public static void Write(TextWriter writer, Predictions predictions, ReadOnlySpan<int> labels)
    {
        var csv = new PredictionsCsv(predictions.Classes, !labels.IsEmpty);
        writer.Write(csv.Header());
        for (int i = 0; i < predictions.Count; i++)
            writer.Write(csv.Line(i, labels.IsEmpty ? -1 : labels[i], predictions.ClassIndices[i], predictions.ScoresOf(i)));
    }

    // RFC 4180: quotes around what holds a separator, quotes inside doubled.
    private static string Field(string text)
        => text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
