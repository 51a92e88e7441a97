using System.CommandLine;
using System.Diagnostics;
using FastNets.Cli.Errors;
using FastNets.Cli.Options;
using FastNets.Cli.Rendering;
using FastNets.Data;
using FastNets.Rocket;

namespace FastNets.Cli.Commands;

/// <summary><c>fastnets transform</c>: the features of MiniRocket as a file.</summary>
internal static class TransformCommand
{
    private const string Name = "transform";

    /// <summary>Makes the command.</summary>
    /// <param name="context">What it works with.</param>
    public static Command Create(CommandContext context)
    {
        var data = new Argument<string>("DATA") { Description = SeriesFiles.Description };
        Option<string?> output = OptionFactory.Path("--out", "FILE.npy", "Where the features go, float32 of shape [series, features]", standard: null);
        Option<string?> fit = OptionFactory.Path("--fit", "TRAIN", "File of series to fit the transform to");
        Option<string?> parameters = OptionFactory.Path("--parameters", "FILE.safetensors", "A transform that was fitted before");
        Option<string?> save = OptionFactory.Path("--save-parameters", "FILE.safetensors", "Where the fitted transform goes", "not written");
        RocketOptions rocket = new();
        Option<MissingValues?> missing = MissingOption.Create();
        Option<int?> threads = ThreadsOption.Create();
        Option<bool> quiet = OptionFactory.Quiet();
        var command = new Command(Name, "Computes the features of MiniRocket; one of --fit and --parameters says by which transform.")
        {
            data, output, fit, parameters, save, rocket.Features, rocket.MaxDilations, rocket.Seed, missing, threads, quiet,
        };
        command.SetAction(parsed =>
        {
            ThreadsOption.Apply(parsed, threads);
            var paths = new Paths(
                parsed.GetRequiredValue(data),
                parsed.GetRequiredValue(output)!,
                parsed.GetValue(fit),
                parsed.GetValue(parameters),
                parsed.GetValue(save),
                MissingOption.Read(parsed, missing));
            if ((paths.Fit is null) == (paths.Parameters is null)) throw new UsageException("give one of --fit TRAIN and --parameters FILE.", Name);
            if (paths.Parameters is not null) rocket.RequireAbsent(parsed, Name, "with --parameters the transform is already fitted");
            if (paths.Parameters is not null && paths.Save is not null)
                throw new UsageException("--save-parameters does not go with --parameters: that file exists already.", Name);
            OutputPaths.Check(Name, [("--out", paths.Output), ("--save-parameters", paths.Save)], paths.Data, paths.Fit, paths.Parameters);
            return Run(context, paths, rocket.Read(parsed), context.Screen(parsed.GetValue(quiet)));
        });
        return command;
    }

    private sealed record Paths(string Data, string Output, string? Fit, string? Parameters, string? Save, SeriesFileOptions Reading);

    private static int Run(CommandContext context, Paths paths, MiniRocketOptions options, IScreen screen)
    {
        long start = Stopwatch.GetTimestamp();
        SeriesSet? set = null;
        MiniRocket? transform = null;
        screen.Watch(board =>
        {
            board.Begin("read");
            set = SeriesFile.Read(paths.Data, paths.Reading);
            SeriesSet? train = paths.Fit is null ? null : SamePath(paths.Fit, paths.Data) ? set : SeriesFile.Read(paths.Fit, paths.Reading);
            context.Cancellation.ThrowIfCancellationRequested();

            board.Begin(train is null ? "load" : "fit");
            transform = train is null ? new MiniRocket(MiniRocketParameters.LoadFor(paths.Parameters!, set)) : MiniRocket.Fit(train, options);
            context.Cancellation.ThrowIfCancellationRequested();

            board.Begin("transform");
            FeatureFile.Write(paths.Output, transform, set, board, context.Cancellation);
            if (paths.Save is not null) transform.Parameters.Save(paths.Save);
        });
        screen.Facts(
        [
            ("series", $"{set!.Count} of length {set.MaxLength} from {set.Name}"),
            ("features", $"{transform!.FeatureCount} of each"),
            ("written", paths.Save is null ? paths.Output : $"{paths.Output}, {paths.Save}"),
            ("time", Texts.Seconds(Stopwatch.GetElapsedTime(start).TotalSeconds)),
        ]);
        return ExitCodes.Done;
    }

    private static bool SamePath(string a, string b) => Path.GetFullPath(a) == Path.GetFullPath(b);
}
