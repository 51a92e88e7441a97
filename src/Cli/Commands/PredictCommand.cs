using System.CommandLine;
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

/// <summary><c>fastnets predict</c>: says which classes series belong to.</summary>
internal static class PredictCommand
{
    private const string Name = "predict";

    /// <summary>Makes the command.</summary>
    /// <param name="context">What it works with.</param>
    public static Command Create(CommandContext context)
    {
        var model = new Argument<string>("MODEL") { Description = ModelFiles.Description };
        var data = new Argument<string>("DATA")
        {
            Description = $"{SeriesFiles.Description}. - reads standard input: a series a line, without label, values separated by commas, tabs or spaces, channel after channel with a colon between two; each is answered as it comes",
        };
        Option<bool> stream = OptionFactory.Switch("--stream", "Take a line as one time step, a value of each channel, and answer for the latest window, as long as the series of training");
        Option<int?> every = OptionFactory.Integer("--every", 1, int.MaxValue, "With --stream: answer once every so many time steps", "1");
        Option<string?> output = OptionFactory.Path("--out", "FILE.csv", "Where the answers go", "standard output");
        Option<MissingValues?> missing = MissingOption.Create();
        Option<int?> threads = ThreadsOption.Create();
        Option<Device?> device = DeviceOption.Create();
        Option<bool> quiet = OptionFactory.Quiet();
        var command = new Command(Name, "Says which classes series belong to, as comma-separated text: series, predicted, a score for each class.")
        {
            model, data, stream, every, output, missing, threads, device, quiet,
        };
        command.SetAction(parsed =>
        {
            ThreadsOption.Apply(parsed, threads);
            string modelFile = parsed.GetRequiredValue(model);
            string dataFile = parsed.GetRequiredValue(data);
            string? outputFile = parsed.GetValue(output);
            OutputPaths.Check(Name, [("--out", outputFile)], modelFile, dataFile);
            if (outputFile == OutputPaths.Standard) outputFile = null;
            bool streams = parsed.GetValue(stream);
            if ((streams || dataFile == OutputPaths.Standard) && parsed.GetValue(missing) is not null)
                throw new UsageException("--missing is for files of series: a line of standard input, or of a stream, must hold all values.", Name);
            if (!streams && parsed.GetValue(every) is not null) throw new UsageException("--every goes with --stream.", Name);
            IScreen screen = context.Screen(parsed.GetValue(quiet), resultsElsewhere: true);
            DeviceOption.Apply(parsed, device, screen);
            using TimeSeriesClassifier classifier = TimeSeriesClassifier.Load(modelFile);
            if (streams) return PredictStream.Answer(context, classifier, dataFile, outputFile, parsed.GetValue(every) ?? 1, screen);
            return dataFile == OutputPaths.Standard
                ? AnswerLines(context, classifier, outputFile, screen)
                : AnswerFile(context, classifier, SeriesFile.Read(dataFile, MissingOption.Read(parsed, missing)), outputFile, screen);
        });
        return command;
    }

    private static int AnswerFile(CommandContext context, TimeSeriesClassifier classifier, SeriesSet set, string? output, IScreen screen)
    {
        long start = Stopwatch.GetTimestamp();
        Predictions predictions = classifier.Predict(set);
        context.Cancellation.ThrowIfCancellationRequested();
        if (output is null) PredictionsCsv.Write(context.Streams.Out, predictions, []);
        else PredictionsCsv.Write(output, predictions, []);
        Done(screen, predictions.Count, start, output);
        return ExitCodes.Done;
    }

    private static int AnswerLines(CommandContext context, TimeSeriesClassifier classifier, string? output, IScreen screen)
    {
        long start = Stopwatch.GetTimestamp();
        using AtomicFile? file = output is null ? null : new AtomicFile(output);
        TextWriter writer = file is null ? context.Streams.Out : new StreamWriter(file.Stream);
        var csv = new PredictionsCsv(classifier.Classes, withLabels: false);
        var lines = new SeriesLines(classifier.Channels, classifier.TakesAnyLength ? null : classifier.Length);
        float[] scores = new float[classifier.Classes.Count];
        long count = 0;
        writer.Write(csv.Header());
        writer.Flush();
        foreach (ReadOnlyMemory<float> series in lines.Read(context.Streams.In, context.Cancellation))
        {
            int predicted = classifier.Predict(series.Span, scores);
            writer.Write(csv.Line(count++, -1, predicted, scores));
            writer.Flush();
        }

        file?.Commit();
        Done(screen, count, start, output);
        return ExitCodes.Done;
    }

    private static void Done(IScreen screen, long count, long start, string? output)
    {
        string time = Texts.Seconds(Stopwatch.GetElapsedTime(start).TotalSeconds);
        screen.Note(output is null ? $"{count} series answered in {time}." : $"{count} series answered in {time}, written to {output}.");
    }
}
