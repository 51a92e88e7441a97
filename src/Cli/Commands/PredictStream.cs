using System.Diagnostics;
using FastNets.Classification;
using FastNets.Cli.Errors;
using FastNets.Cli.Input;
using FastNets.Cli.Options;
using FastNets.Cli.Rendering;
using FastNets.Cli.Results;
using FastNets.Data;
using FastNets.Serialization;

namespace FastNets.Cli.Commands;

/// <summary><c>fastnets predict --stream</c>: a line is a time step, and the latest window is classified as samples come.</summary>
internal static class PredictStream
{
    /// <summary>Answers.</summary>
    /// <param name="context">What it works with.</param>
    /// <param name="classifier">The classifier.</param>
    /// <param name="data">A file of lines, or - for standard input.</param>
    /// <param name="output">Where the answers go; null for standard output.</param>
    /// <param name="every">Once every so many samples there is an answer, the first one as soon as the window is full.</param>
    /// <param name="screen">Where it says how it went.</param>
    public static int Answer(CommandContext context, TimeSeriesClassifier classifier, string data, string? output, int every, IScreen screen)
    {
        long start = Stopwatch.GetTimestamp();
        bool standard = data == OutputPaths.Standard;
        if (!standard && !File.Exists(data)) throw new DataFormatException($"{data}: there is no such file.");
        using StreamReader? input = standard ? null : new StreamReader(data);
        using AtomicFile? file = output is null ? null : new AtomicFile(output);
        TextWriter writer = file is null ? context.Streams.Out : new StreamWriter(file.Stream);
        var csv = new PredictionsCsv(classifier.Classes, withLabels: false, first: "sample");
        SeriesLines lines = standard ? new SeriesLines(1, classifier.Channels, what: "samples") : new SeriesLines(1, classifier.Channels, data, "samples");
        using ClassifierStream stream = classifier.OpenStream();
        float[] scores = new float[classifier.Classes.Count];
        long answers = 0;
        writer.Write(csv.Header());
        writer.Flush();
        try
        {
            foreach (ReadOnlyMemory<float> sample in lines.Read(input ?? context.Streams.In, context.Cancellation))
            {
                stream.Push(sample.Span);
                if (!stream.IsFull || (stream.Count - stream.WindowLength) % every != 0) continue;
                int predicted = stream.Predict(scores);
                writer.Write(csv.Line(stream.Count - 1, -1, predicted, scores));
                writer.Flush();
                answers++;
            }
        }
        catch (Exception e) when (file is not null && answers > 0 && e is (OperationCanceledException or DataFormatException))
        {
            // A stream ends this way as a rule, and what was answered is good.
            writer.Flush();
            file.Commit();
            if (e is OperationCanceledException) throw new StoppedException($"stopped; the answers so far are in {output}.");
            screen.Note($"the answers so far are in {output}.");
            throw;
        }

        file?.Commit();
        string place = output is null ? "" : $", written to {output}";
        screen.Note(stream.IsFull
            ? $"{stream.Count} samples, {answers} windows of {stream.WindowLength} answered in {Texts.Seconds(Stopwatch.GetElapsedTime(start).TotalSeconds)}{place}."
            : $"{stream.Count} samples do not fill a window of {stream.WindowLength}; there is no answer{place}.");
        return ExitCodes.Done;
    }
}
