using System.CommandLine;
using FastNets.Cli.Errors;
using FastNets.Cli.Options;
using FastNets.Cli.Rendering;
using FastNets.Data;

namespace FastNets.Cli.Commands;

/// <summary><c>fastnets data make</c>: writes series made by published formulas.</summary>
internal static class DataMakeCommand
{
    private const string Name = "data make";
    private const int MostPerClass = 100_000;
    private const int LongestSeries = 100_000;
    private const long MostValuesPerClass = 100_000_000;

    private enum Format
    {
        Ts,
        Csv,
        Npy,
    }

    private static readonly (string Word, Format Value)[] Formats = [("ts", Format.Ts), ("csv", Format.Csv), ("npy", Format.Npy)];

    /// <summary>Makes the command.</summary>
    /// <param name="context">What it works with.</param>
    public static Command Create(CommandContext context)
    {
        Argument<SyntheticKind?> set = OptionFactory.WordArgument(
            "SET",
            SyntheticSets.Names,
            "cbf: Cylinder-Bell-Funnel (3 classes); control: control charts (6 classes, 60 time steps)");
        Option<string?> folder = OptionFactory.Path("--out", "DIR", "Folder for the files SET_TRAIN and SET_TEST; made where it is missing", standard: null);
        Option<int?> perClass = OptionFactory.Integer("--per-class", 1, MostPerClass, "Series of each class, in each of both files", $"{SyntheticSets.SeriesPerClass}");
        Option<int?> length = OptionFactory.Integer(
            "--length",
            SyntheticData.MinCylinderBellFunnelLength,
            LongestSeries,
            "Time steps of a series; cbf only",
            $"{SyntheticSets.CylinderBellFunnelLength}");
        Option<ulong?> seed = OptionFactory.Seed("Seed of all random numbers");
        Option<Format?> format = OptionFactory.Word("--format", Formats, "Format of the files", "ts");
        Option<bool> quiet = OptionFactory.Quiet();
        var command = new Command("make", "Writes a training and a test set made by a published formula.") { set, folder, perClass, length, seed, format, quiet };
        command.SetAction(parsed =>
        {
            SyntheticKind kind = parsed.GetRequiredValue(set)!.Value;
            if (kind != SyntheticKind.CylinderBellFunnel && parsed.GetValue(length) is not null)
                throw new UsageException($"--length is for cbf only: control charts have {SyntheticData.ControlChartLength} time steps.", Name);
            int series = parsed.GetValue(perClass) ?? SyntheticSets.SeriesPerClass;
            int steps = parsed.GetValue(length) ?? SyntheticSets.CylinderBellFunnelLength;
            if ((long)series * steps > MostValuesPerClass)
                throw new UsageException($"--per-class {series} and --length {steps} are too much together: at most {MostValuesPerClass} values of a class can be made.", Name);
            (SeriesSet train, SeriesSet test) = SyntheticSets.Make(kind, series, steps, parsed.GetValue(seed) ?? 0);
            string name = SyntheticSets.Names.First(n => n.Value == kind).Word;
            string ending = Formats.First(f => f.Value == (parsed.GetValue(format) ?? Format.Ts)).Word;
            return Write(context.Screen(parsed.GetValue(quiet)), parsed.GetRequiredValue(folder)!, name, ending, train, test);
        });
        return command;
    }

    private static int Write(IScreen screen, string folder, string name, string ending, SeriesSet train, SeriesSet test)
    {
        if (File.Exists(folder)) throw new UsageException($"--out {folder} is a file; name a folder.", Name);
        Directory.CreateDirectory(folder);
        var rows = new List<IReadOnlyList<string>>();
        foreach ((string part, SeriesSet set) in new[] { ("TRAIN", train), ("TEST", test) })
        {
            string path = Path.Combine(folder, $"{name}_{part}.{ending}");
            SeriesFile.Write(path, set);
            rows.Add([path, $"{set.Count}", $"{set.MaxLength}", $"{set.Classes.Count}"]);
        }

        screen.Table(new ResultTable("Written", ["file", "series", "length", "classes"], rows));
        return ExitCodes.Done;
    }
}
