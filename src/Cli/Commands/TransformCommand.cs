using System.CommandLine;
using System.Diagnostics;
using FastNets.Cli.Errors;
using FastNets.Cli.Options;
using FastNets.Cli.Rendering;
using FastNets.Data;
using FastNets.Rocket;
using FastNets.Serialization;

namespace FastNets.Cli.Commands;

/// <summary><c>fastnets transform</c>: the features of MiniRocket as a file.</summary>
internal static class TransformCommand
{
    private const string Name = "transform";
    private const int SeriesAtOnce = 256;

    /// <summary>Makes the command.</summary>
    /// <param name="context">What it works with.</param>
    public static Command Create(CommandContext context)
    {
        var data = new Argument<string>("DATA") { Description = SeriesFiles.Description };
        Option<string?> output = OptionFactory.Path("--out", "FILE.npy", "Where the features go, float32 of shape [series, features]; see --counts", standard: null);
        Option<string?> fit = OptionFactory.Path("--fit", "TRAIN", "File of series to fit the transform to");
        Option<string?> parameters = OptionFactory.Path("--parameters", "FILE.safetensors", "A transform that was fitted before");
        Option<string?> save = OptionFactory.Path("--save-parameters", "FILE.safetensors", "Where the fitted transform goes", "not written");
        Option<bool> resume = OptionFactory.Switch("--resume", "Go on where an earlier run of this command was stopped, from FILE.npy.partial beside the output");
        Option<bool> counts = OptionFactory.Switch("--counts", "Write counts as uint16, half as many bytes, in place of proportions: features before they are divided by the number of positions");
        RocketOptions rocket = new();
        Option<MissingValues?> missing = MissingOption.Create();
        Option<int?> threads = ThreadsOption.Create();
        Option<Device?> device = DeviceOption.Create();
        Option<bool> quiet = OptionFactory.Quiet();
        var command = new Command(Name, "Computes the features of MiniRocket; one of --fit and --parameters says by which transform.")
        {
            data, output, fit, parameters, save,
        };
        foreach (Option option in (Option[])[.. rocket.OfRocket, rocket.Seed, missing, counts, resume, threads, device, quiet]) command.Add(option);
        command.SetAction(parsed =>
        {
            ThreadsOption.Apply(parsed, threads);
            var paths = new Paths(
                parsed.GetRequiredValue(data),
                parsed.GetRequiredValue(output)!,
                parsed.GetValue(fit),
                parsed.GetValue(parameters),
                parsed.GetValue(save),
                parsed.GetValue(resume),
                parsed.GetValue(counts),
                MissingOption.Read(parsed, missing));
            if ((paths.Fit is null) == (paths.Parameters is null)) throw new UsageException("give one of --fit TRAIN and --parameters FILE.", Name);
            if (paths.Parameters is not null) rocket.RequireAbsent(parsed, Name, "with --parameters the transform is already fitted");
            if (paths.Parameters is not null && paths.Save is not null)
                throw new UsageException("--save-parameters does not go with --parameters: that file exists already.", Name);
            if (paths.Resume && AtomicFile.IsDevice(paths.Output)) throw new UsageException($"--resume is for files: nothing is left of what was written to {paths.Output}.", Name);
            bool isDevice = AtomicFile.IsDevice(paths.Output);
            (string, string?) partial = ("--out", isDevice ? null : FeatureFile.PartialOf(paths.Output));
            (string, string?) state = ("--out", isDevice ? null : FeatureFile.StateOf(paths.Output));
            OutputPaths.Check(Name, [("--out", paths.Output), partial, state, ("--save-parameters", paths.Save)], paths.Data, paths.Fit, paths.Parameters);
            IScreen screen = context.Screen(parsed.GetValue(quiet));
            DeviceOption.Apply(parsed, device, screen);
            return Run(context, paths, rocket.Read(parsed), screen);
        });
        return command;
    }

    private sealed record Paths(string Data, string Output, string? Fit, string? Parameters, string? Save, bool Resume, bool Counts, SeriesFileOptions Reading);

    private static int Run(CommandContext context, Paths paths, MiniRocketOptions options, IScreen screen)
    {
        long start = Stopwatch.GetTimestamp();
        TransformProgress done = default;
        MiniRocket? transform = null;
        screen.Watch(board =>
        {
            // Parameters come first, because some are for the series that are there; series to fit to come last, so that a missing file is told at once.
            if (paths.Parameters is not null)
            {
                board.Begin("load");
                transform = Load(paths.Parameters, paths, context.Cancellation);
            }

            board.Begin("open");
            using SeriesReader source = Open(paths, context.Cancellation);
            transform ??= Fit(paths.Fit!, paths, options, board);
            context.Cancellation.ThrowIfCancellationRequested();

            board.Begin("transform");
            done = FeatureFile.Write(paths.Output, transform, source, paths.Resume, paths.Counts, screen, board, context.Cancellation);
            if (paths.Save is not null) transform.Parameters.Save(paths.Save);
        });
        screen.Facts(
        [
            ("series", $"{done.SeriesDone} of {(transform!.Parameters.AlwaysPads ? "any length" : $"length {transform.Parameters.InputLength}")} from {paths.Data}"),
            ("features", $"{transform.FeatureCount} of each"),
            ("written", paths.Save is null ? paths.Output : $"{paths.Output}, {paths.Save}"),
            ("time", Texts.Seconds(Stopwatch.GetElapsedTime(start).TotalSeconds)),
        ]);
        return ExitCodes.Done;
    }

    // In pieces, so that the file may be larger than memory. A pipe is told the number of series first, so that for one they are all read.
    private static SeriesReader Open(Paths paths, CancellationToken cancellation)
    {
        SeriesReader source = SeriesFile.Open(paths.Data, paths.Reading);
        if (source.Count is not null || !AtomicFile.IsDevice(paths.Output)) return source;
        using SeriesReader read = source;
        List<SeriesSet> pieces = [];
        while (read.ReadNext(int.MaxValue) is { } piece)
        {
            pieces.Add(piece);
            cancellation.ThrowIfCancellationRequested();
        }

        return SeriesReader.From(read.Name, pieces, pieces.Sum(p => (long)p.Count));
    }

    private static MiniRocket Fit(string path, Paths paths, MiniRocketOptions options, IProgressBoard board)
    {
        board.Begin("read");
        SeriesSet train = SeriesFile.Read(path, paths.Reading);
        board.Begin("fit");
        return MiniRocket.Fit(train, options);
    }

    // Parameters of other implementations don't say for which series they are: then all of these are looked at first.
    private static MiniRocket Load(string path, Paths paths, CancellationToken cancellation)
    {
        if (SafetensorsFile.Read(path).Contains("input_length")) return new MiniRocket(MiniRocketParameters.Load(path));
        if (!CanBeReadAgain(paths.Data))
        {
            throw new UsageException(
                $"{paths.Data} can be read only once, but {path} does not say for which series it is, so that they are read twice; write them to a file first.", Name);
        }

        using SeriesReader source = SeriesFile.Open(paths.Data, paths.Reading);
        int shortest = int.MaxValue, longest = 0, channels = 1;
        while (source.ReadNext(SeriesAtOnce) is { } piece)
        {
            shortest = Math.Min(shortest, piece.MinLength);
            longest = Math.Max(longest, piece.MaxLength);
            channels = piece.Channels;
            cancellation.ThrowIfCancellationRequested();
        }

        return new MiniRocket(MiniRocketParameters.LoadFor(path, longest, channels, alwaysPads: shortest != longest));
    }

    // A pipe, a terminal and the like cannot. That there is no such file is told where it is read.
    private static bool CanBeReadAgain(string path)
    {
        if (!File.Exists(path)) return true;
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        return file.CanSeek;
    }
}
