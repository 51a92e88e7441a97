using System.Globalization;
using System.Text;

namespace FastNets.Cli.Tests.Support;

/// <summary>A folder for a test's files, with small sets of series; removed by <see cref="Remove"/>.</summary>
internal sealed class Workspace
{
    public const int Length = 32;
    public const int PerClass = 6;

    private readonly string _folder = Directory.CreateTempSubdirectory("fastnets-cli-").FullName;

    public Workspace()
    {
        Fastnets.Run("data", "make", "cbf", "--out", _folder, "--length", $"{Length}", "--per-class", $"{PerClass}", "--quiet").ShouldBeDone();
    }

    /// <summary>A training set of three classes.</summary>
    public string Train => Path("cbf_TRAIN.ts");

    /// <summary>A test set of the same classes.</summary>
    public string Test => Path("cbf_TEST.ts");

    public string Path(string name) => System.IO.Path.Combine(_folder, name);

    /// <summary>All files' names.</summary>
    public string[] Files() => [.. Directory.GetFiles(_folder).Select(f => System.IO.Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    public string Write(string name, string text)
    {
        File.WriteAllText(Path(name), text);
        return Path(name);
    }

    public string Write(string name, ReadOnlySpan<byte> bytes)
    {
        File.WriteAllBytes(Path(name), bytes);
        return Path(name);
    }

    /// <summary>Writes delimited text: lines of a label and values, one of them replaced.</summary>
    public string WriteLines(string name, int lines, int length, Func<int, string> label, (int Line, int Value, string Text)? change = null)
    {
        var text = new StringBuilder();
        for (int line = 1; line <= lines; line++)
        {
            text.Append(label(line));
            for (int value = 1; value <= length; value++)
            {
                string number = Math.Sin(line + (0.3 * value * (1 + (line % 2)))).ToString("R", CultureInfo.InvariantCulture);
                text.Append(',').Append(change is { } c && c.Line == line && c.Value == value ? c.Text : number);
            }

            text.Append('\n');
        }

        return Write(name, text.ToString());
    }

    /// <summary>Writes a <c>.ts</c> file of two classes, of several channels and of lengths from 10 on that differ.</summary>
    public string WriteUnequal(string name, int series, int channels, int longest)
    {
        var text = new StringBuilder("@problemName unequal\n@classLabel true a b\n@data\n");
        for (int i = 0; i < series; i++) text.Append(UnequalLine(i, channels, longest)).Append(i % 2 == 0 ? ":a\n" : ":b\n");
        return Write(name, text.ToString());
    }

    /// <summary>The values of a series of <see cref="WriteUnequal"/>, as a line of standard input holds them.</summary>
    public static string UnequalLine(int series, int channels, int longest)
    {
        int length = 10 + (series * 5 % (longest - 9));
        return string.Join(':', Enumerable.Range(0, channels).Select(channel => string.Join(',', Enumerable.Range(0, length).Select(
            t => Math.Sin(series + channel + (0.4 * t * (1 + (series % 2)))).ToString("R", CultureInfo.InvariantCulture)))));
    }

    /// <summary>Trains a small model and gives its path.</summary>
    public string TrainModel(string name = "model.safetensors", params string[] more)
    {
        Fastnets.Run(["train", Train, "--out", Path(name), "--features", "168", "--quiet", .. more]).ShouldBeDone();
        return Path(name);
    }

    public void Remove() => Directory.Delete(_folder, recursive: true);
}
