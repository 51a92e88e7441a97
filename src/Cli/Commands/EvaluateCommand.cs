using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using FastNets.Classification;
using FastNets.Cli.Errors;
using FastNets.Cli.Options;
using FastNets.Cli.Rendering;
using FastNets.Cli.Results;
using FastNets.Data;

namespace FastNets.Cli.Commands;

/// <summary><c>fastnets evaluate</c>: measures a trained model on series whose classes are known.</summary>
internal static class EvaluateCommand
{
    private const string Name = "evaluate";

    /// <summary>Makes the command.</summary>
    /// <param name="context">What it works with.</param>
    public static Command Create(CommandContext context)
    {
        var model = new Argument<string>("MODEL") { Description = ModelFiles.Description };
        var data = new Argument<string>("DATA") { Description = SeriesFiles.Description };
        Option<string?> predictions = OptionFactory.Path("--predictions", "FILE.csv", "Where the answer for each series goes", "not written");
        Option<string?> json = OptionFactory.Path("--json", "FILE", "Where all figures go as one JSON object; - for standard output", "not written");
        Option<MissingValues?> missing = MissingOption.Create();
        Option<int?> threads = ThreadsOption.Create();
        Option<Device?> device = DeviceOption.Create();
        Option<bool> quiet = OptionFactory.Quiet();
        var command = new Command(Name, "Measures a trained model on series whose classes are known.") { model, data, predictions, json, missing, threads, device, quiet };
        command.SetAction(parsed =>
        {
            ThreadsOption.Apply(parsed, threads);
            var paths = new Paths(parsed.GetRequiredValue(model), parsed.GetRequiredValue(data), parsed.GetValue(predictions), parsed.GetValue(json), MissingOption.Read(parsed, missing));
            OutputPaths.Check(Name, [("--predictions", paths.Predictions), ("--json", paths.Json)], paths.Model, paths.Data);
            IScreen screen = context.Screen(parsed.GetValue(quiet), paths.Json == OutputPaths.Standard);
            DeviceOption.Apply(parsed, device, screen);
            return Run(context, paths, screen);
        });
        return command;
    }

    private sealed record Paths(string Model, string Data, string? Predictions, string? Json, SeriesFileOptions Reading);

    private sealed record Figures(ModelFacts Model, SeriesSet Set, ClassifierEvaluation Evaluation, double Read, double Test);

    private static int Run(CommandContext context, Paths paths, IScreen screen)
    {
        Figures? figures = null;
        screen.Watch(board =>
        {
            board.Begin("read model and series");
            long start = Stopwatch.GetTimestamp();
            using TimeSeriesClassifier classifier = TimeSeriesClassifier.Load(paths.Model);
            SeriesSet set = SeriesFile.Read(paths.Data, paths.Reading).RequireLabels();
            double read = Stopwatch.GetElapsedTime(start).TotalSeconds;
            context.Cancellation.ThrowIfCancellationRequested();

            board.Begin("test");
            long testing = Stopwatch.GetTimestamp();
            ClassifierEvaluation evaluation = classifier.Evaluate(set);
            double test = Stopwatch.GetElapsedTime(testing).TotalSeconds;
            context.Cancellation.ThrowIfCancellationRequested();

            if (paths.Predictions is not null) PredictionsCsv.Write(paths.Predictions, evaluation.Predictions, set.WithClasses(classifier.Classes).Labels);
            figures = new Figures(ModelFacts.Of(classifier), set, evaluation, read, test);
        });
        Show(screen, figures!, paths);
        if (paths.Json is not null) JsonOutput.Write(paths.Json, context.Streams.Out, writer => WriteJson(writer, figures!));
        return ExitCodes.Done;
    }

    private static void Show(IScreen screen, Figures figures, Paths paths)
    {
        EvaluationView.ShowTables(screen, figures.Evaluation.Report);
        var facts = new List<(string Name, string Value)>
        {
            ("model", figures.Model.Describe()),
            ("tested on", $"{Texts.Sizes(figures.Set)} ({figures.Set.Name})"),
        };
        facts.AddRange(EvaluationView.Facts(figures.Evaluation));
        facts.Add(("time", $"read {Texts.Seconds(figures.Read)}, test {Texts.Seconds(figures.Test)}"));
        if (paths.Predictions is not null) facts.Add(("written", paths.Predictions));
        screen.Facts(facts, EvaluationView.Important);
    }

    private static void WriteJson(Utf8JsonWriter writer, Figures figures)
    {
        writer.WriteString("command", "evaluate");
        EvaluationJson.WriteModel(writer, figures.Model);
        EvaluationJson.WriteMachine(writer);
        writer.WriteStartObject("sizes");
        writer.WriteNumber("test", figures.Set.Count);
        EvaluationJson.WriteSizes(writer, figures.Model);
        writer.WriteEndObject();
        writer.WriteStartObject("seconds");
        writer.WriteNumber("read", figures.Read);
        writer.WriteNumber("test", figures.Test);
        writer.WriteEndObject();
        EvaluationJson.WriteFigures(writer, figures.Evaluation);
    }
}
