using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using FastNets.Cli.Errors;
using FastNets.Cli.Options;
using FastNets.Cli.Rendering;
using FastNets.Data;

namespace FastNets.Cli.Commands;

/// <summary><c>fastnets data info</c>: what a file of series holds.</summary>
internal static class DataInfoCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="context">What it works with.</param>
    public static Command Create(CommandContext context)
    {
        var file = new Argument<string>("FILE") { Description = SeriesFiles.Description };
        Option<bool> json = OptionFactory.Switch("--json", "Print one JSON object in place of the table");
        var command = new Command("info", "Shows what a file of series holds: sizes, classes, missing values, range.") { file, json };
        command.SetAction(parsed => Run(context, parsed.GetRequiredValue(file), parsed.GetValue(json)));
        return command;
    }

    private static int Run(CommandContext context, string file, bool json)
    {
        SeriesSet set = SeriesFile.Read(file);
        SeriesSummary summary = SeriesSummary.Of(set);
        if (json) JsonOutput.Write(OutputPaths.Standard, context.Streams.Out, writer => WriteJson(writer, set, summary));
        else Show(context.Screen(quiet: false), set, summary);
        return ExitCodes.Done;
    }

    private static void Show(IScreen screen, SeriesSet set, SeriesSummary summary)
    {
        screen.Facts(
        [
            ("file", set.Name),
            ("series", Number(set.Count)),
            ("channels", Number(set.Channels)),
            ("length", set.IsEqualLength ? Number(set.MinLength) : $"{Number(set.MinLength)} to {Number(set.MaxLength)}"),
            ("classes", set.HasLabels ? Number(set.Classes.Count) : "none (the series have no labels)"),
            ("missing values", Number(summary.Missing)),
            ("infinite values", Number(summary.Infinite)),
            ("range", summary.Finite == 0 ? "none" : $"{Real(summary.Least)} to {Real(summary.Largest)}"),
            ("mean", summary.Finite == 0 ? "none" : Real(summary.Mean)),
        ]);
        if (!set.HasLabels) return;
        screen.Table(new ResultTable(
            "Classes",
            ["class", "series", "share"],
            [.. set.Classes.Select((name, i) => (string[])[name, Number(summary.PerClass[i]), Texts.Percent((double)summary.PerClass[i] / set.Count)])]));
    }

    private static void WriteJson(Utf8JsonWriter writer, SeriesSet set, SeriesSummary summary)
    {
        writer.WriteString("file", set.Name);
        writer.WriteNumber("series", set.Count);
        writer.WriteNumber("channels", set.Channels);
        writer.WriteNumber("min_length", set.MinLength);
        writer.WriteNumber("max_length", set.MaxLength);
        writer.WriteNumber("missing", summary.Missing);
        writer.WriteNumber("infinite", summary.Infinite);
        if (summary.Finite > 0)
        {
            writer.WriteNumber("min", summary.Least);
            writer.WriteNumber("max", summary.Largest);
            writer.WriteNumber("mean", summary.Mean);
        }

        writer.WriteStartArray("classes");
        for (int i = 0; i < set.Classes.Count && set.HasLabels; i++)
        {
            writer.WriteStartObject();
            writer.WriteString("name", set.Classes[i]);
            writer.WriteNumber("series", summary.PerClass[i]);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Real(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
