using System.CommandLine;
using FastNets.Classification;
using FastNets.Cli.Errors;
using FastNets.Cli.Options;
using FastNets.Cli.Rendering;
using FastNets.Cli.Reports;
using FastNets.Cli.Results;
using FastNets.Data;

namespace FastNets.Cli.Commands;

/// <summary><c>fastnets explain</c>: says which time steps, channels, dilations and kernels give a series its class.</summary>
internal static class ExplainCommand
{
    private const string Name = "explain";

    /// <summary>Makes the command.</summary>
    /// <param name="context">What it works with.</param>
    public static Command Create(CommandContext context)
    {
        var model = new Argument<string>("MODEL") { Description = $"{ModelFiles.Description}, of the model ridge or softmax" };
        var data = new Argument<string>("DATA") { Description = SeriesFiles.Description };
        Option<int?> series = OptionFactory.Integer("--series", 0, int.MaxValue, "Which series of DATA, counted from 0", "0");
        var className = new Option<string?>("--class") { Description = OptionFactory.WithDefault("The class whose decision is explained", "the predicted one"), HelpName = "NAME" };
        Option<string?> json = OptionFactory.Path("--json", "FILE", "Where all contributions go as one JSON object; - for standard output", "not written");
        Option<string?> report = OptionFactory.Path("--report", "FILE.html", "Where plots go as one page for a browser", "not written");
        Option<MissingValues?> missing = MissingOption.Create();
        Option<int?> threads = ThreadsOption.Create();
        Option<Device?> device = DeviceOption.Create();
        Option<bool> quiet = OptionFactory.Quiet();
        var command = new Command(Name, "Says which time steps, channels, dilations and kernels give a series its class.") { model, data, series, className, json, report, missing, threads, device, quiet };
        command.SetAction(parsed =>
        {
            ThreadsOption.Apply(parsed, threads);
            var asked = new Asked(
                parsed.GetRequiredValue(model),
                parsed.GetRequiredValue(data),
                parsed.GetValue(series) ?? 0,
                parsed.GetValue(className),
                parsed.GetValue(json),
                parsed.GetValue(report),
                MissingOption.Read(parsed, missing));
            if (asked.Report == OutputPaths.Standard) throw new UsageException("--report: name a file to write.", Name);
            OutputPaths.Check(Name, [("--json", asked.Json), ("--report", asked.Report)], asked.Model, asked.Data);
            IScreen screen = context.Screen(parsed.GetValue(quiet), asked.Json == OutputPaths.Standard);
            DeviceOption.Apply(parsed, device, screen);
            return Run(context, asked, screen);
        });
        return command;
    }

    private sealed record Asked(string Model, string Data, int Series, string? Class, string? Json, string? Report, SeriesFileOptions Reading);

    private static int Run(CommandContext context, Asked asked, IScreen screen)
    {
        using TimeSeriesClassifier classifier = TimeSeriesClassifier.Load(asked.Model);
        if (!classifier.CanExplain)
            throw DataFormatException.At(asked.Model, 0, $"a model of the kind {TrainOptions.NameOf(classifier.Options.Kind)} cannot be explained: its decision is not linear in MiniRocket's features; train --model ridge or softmax.");
        SeriesSet set = SeriesFile.Read(asked.Data, asked.Reading);
        if (asked.Series >= set.Count)
            throw new UsageException($"--series: there is no series {asked.Series} in {set.Name}; it holds {set.Count}, counted from 0.", Name);
        int? classIndex = asked.Class is null ? null : IndexOf(asked.Class, classifier.Classes);

        SeriesSet one = set.Subset([asked.Series]);
        Predictions predictions = classifier.Predict(one);
        var explained = new ExplainedSeries(ModelFacts.Of(classifier), one, asked.Series, predictions, classifier.Explain(one, 0, classIndex ?? predictions.ClassIndices[0]));
        context.Cancellation.ThrowIfCancellationRequested();
        if (asked.Report is not null) ExplanationPage.Write(asked.Report, explained);
        if (asked.Json is not null) JsonOutput.Write(asked.Json, context.Streams.Out, writer => ExplanationJson.Write(writer, explained));
        ExplanationView.Show(screen, explained, [.. new[] { asked.Json, asked.Report }.OfType<string>().Where(path => path != OutputPaths.Standard)]);
        return ExitCodes.Done;
    }

    private static int IndexOf(string name, IReadOnlyList<string> classes)
    {
        for (int i = 0; i < classes.Count; i++)
        {
            if (classes[i] == name) return i;
        }

        throw new UsageException($"--class: the model knows no class '{name}'{Suggestion.Ending(name, classes)}", Name);
    }
}
