using System.CommandLine;
using System.Diagnostics;
using FastNets.Classification;
using FastNets.Cli.Errors;
using FastNets.Cli.Options;
using FastNets.Cli.Rendering;
using FastNets.Cli.Results;
using FastNets.Data;

namespace FastNets.Cli.Commands;

/// <summary><c>fastnets train</c>: trains a classifier, measures it and writes it.</summary>
internal static class TrainCommand
{
    private const string Name = "train";

    /// <summary>Makes the command.</summary>
    /// <param name="context">What it works with.</param>
    public static Command Create(CommandContext context)
    {
        var train = new Argument<string?>("TRAIN")
        {
            Description = OptionFactory.WithDefault(SeriesFiles.Description, "Cylinder-Bell-Funnel, training and test series made on the spot"),
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string?> test = OptionFactory.Path("--test", "TEST", "Series to measure the trained model on");
        TrainOptions model = new();
        Option<MissingValues?> missing = MissingOption.Create();
        Option<int?> threads = ThreadsOption.Create();
        Option<Device?> device = DeviceOption.Create();
        Option<string?> output = OptionFactory.Path("--out", "MODEL.safetensors", "Where the trained model goes", "not written");
        Option<string?> json = OptionFactory.Path("--json", "FILE", "Where all figures go as one JSON object; - for standard output", "not written");
        Option<bool> quiet = OptionFactory.Quiet();
        var command = new Command(Name, "Trains a classifier of time series, measures it and writes it.") { train, test };
        model.AddTo(command);
        foreach (Option option in new Option[] { missing, threads, device, output, json, quiet }) command.Add(option);
        command.SetAction(parsed =>
        {
            ThreadsOption.Apply(parsed, threads);
            (ClassifierOptions options, string? validation) = model.Read(parsed);
            var paths = new Paths(parsed.GetValue(train), parsed.GetValue(test), validation, parsed.GetValue(output), parsed.GetValue(json), MissingOption.Read(parsed, missing));
            if (paths.Train is null && (paths.Test ?? paths.Validation) is { } file)
                throw new UsageException($"{file} needs TRAIN: without it, training and test series are made on the spot.", Name);
            OutputPaths.Check(Name, [("--out", paths.Output), ("--json", paths.Json)], paths.Train, paths.Test, paths.Validation);
            IScreen screen = context.Screen(parsed.GetValue(quiet), paths.Json == OutputPaths.Standard);
            DeviceOption.Apply(parsed, device, screen);
            return Run(context, paths, options, screen);
        });
        return command;
    }

    private sealed record Paths(string? Train, string? Test, string? Validation, string? Output, string? Json, SeriesFileOptions Reading);

    private static int Run(CommandContext context, Paths paths, ClassifierOptions options, IScreen screen)
    {
        if (paths.Train is null) screen.Note("No file was named, so this trains on Cylinder-Bell-Funnel series made on the spot.");
        long start = Stopwatch.GetTimestamp();
        TrainReport? report = null;
        screen.Watch(board =>
        {
            board.Begin(paths.Train is null ? "make series" : "read series");
            TrainingSets sets = Read(paths, options);
            double read = Stopwatch.GetElapsedTime(start).TotalSeconds;
            context.Cancellation.ThrowIfCancellationRequested();

            TrainingResult trained = Train(sets, options, new BoardCallback(board, options.Kind), context.Cancellation);
            using TimeSeriesClassifier classifier = trained.Classifier;
            if (trained.History is { Cancelled: true }) throw new OperationCanceledException();

            long testing = Stopwatch.GetTimestamp();
            if (sets.Test is not null) board.Begin("test");
            ClassifierEvaluation? evaluation = sets.Test is null ? null : classifier.Evaluate(sets.Test);
            var seconds = new PhaseTimes(read, trained.Seconds, Stopwatch.GetElapsedTime(testing).TotalSeconds, Stopwatch.GetElapsedTime(start).TotalSeconds);
            context.Cancellation.ThrowIfCancellationRequested();

            if (paths.Output is not null) classifier.Save(paths.Output);
            report = new TrainReport(ModelFacts.Of(classifier), sets, trained, evaluation, seconds, paths.Output);
        });
        TrainReportView.Show(screen, report!);
        if (paths.Json is not null) JsonOutput.Write(paths.Json, context.Streams.Out, writer => TrainReportJson.Write(writer, report!));
        if (paths.Train is null) screen.Note("Next: 'fastnets data make cbf --out data' writes such series, 'fastnets train --help' shows how to train on files.");
        return ExitCodes.Done;
    }

    // What does not fit is found out before training, not after it.
    private static TrainingSets Read(Paths paths, ClassifierOptions options)
    {
        if (paths.Train is null)
        {
            (SeriesSet made, SeriesSet unseen) = SyntheticSets.Make(
                SyntheticKind.CylinderBellFunnel, SyntheticSets.SeriesPerClass, SyntheticSets.CylinderBellFunnelLength, seed: 0);
            return new TrainingSets(made, null, unseen);
        }

        SeriesSet train = SeriesFile.Read(paths.Train, paths.Reading).RequireTrainable();
        SeriesSet? validation = paths.Validation is null ? null : TrainingSets.Fitting(SeriesFile.Read(paths.Validation, paths.Reading), train, options);
        SeriesSet? test = paths.Test is null ? null : TrainingSets.Fitting(SeriesFile.Read(paths.Test, paths.Reading), train, options);
        return new TrainingSets(train, validation, test);
    }

    private static TrainingResult Train(TrainingSets sets, ClassifierOptions options, ClassifierCallback callback, CancellationToken cancellation)
    {
        try
        {
            return TimeSeriesClassifier.Train(sets.Train, sets.Validation, options, callback, cancellation);
        }
        catch (ArgumentException e)
        {
            // A setting that this model, or so few series, cannot be trained with; the parameter's name says nothing to a person.
            int end = e.Message.LastIndexOf(" (Parameter '", StringComparison.Ordinal);
            throw new UsageException(end < 0 ? e.Message : e.Message[..end], Name);
        }
    }
}
