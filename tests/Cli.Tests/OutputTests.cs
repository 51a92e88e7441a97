using System.Text.Json;
using FastNets.Cli.Tests.Support;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Cli.Tests;

/// <summary>What goes to standard output and standard error, in which form.</summary>
public class OutputTests
{
    private const string Escape = "\u001b";

    private Workspace _space = null!;

    [OneTimeSetUp]
    public void SetUp() => _space = new Workspace();

    [OneTimeTearDown]
    public void TearDown() => _space.Remove();

    [Test]
    public void Redirected_output_is_plain()
    {
        string model = _space.TrainModel();
        string[][] lines =
        [
            ["train", _space.Train, "--test", _space.Test, "--features", "84", "--model", "softmax", "--epochs", "2"],
            ["evaluate", model, _space.Test],
            ["predict", model, _space.Test],
            ["explain", model, _space.Test],
            ["transform", _space.Test, "--fit", _space.Train, "--features", "84", "--out", _space.Path("f.npy")],
            ["data", "info", _space.Train],
            ["info"],
            ["train", "--help"],
            ["train", _space.Path("missing")],
        ];
        foreach (string[] line in lines)
        {
            CliResult result = Fastnets.Run(line);
            foreach (char c in result.Out + result.Error) (c is '\n' or (>= ' ' and <= '~')).ShouldBeTrue($"{line[0]}: character {(int)c:x4}");
        }
    }

    [Test]
    [Platform(Exclude = "Win")]
    public void A_terminal_gets_tables_and_bars()
    {
        CliResult result = OnTerminal("xterm-256color", "train", _space.Train, "--test", _space.Test, "--features", "84").ShouldBeDone();
        result.Out.ShouldContain("precision");
        result.Out.ShouldContain("cylinder");
        result.Out.ShouldContain("accuracy");
        result.Out.ShouldContain("──");
        result.Error.ShouldContain("fit ridge");
        result.Error.ShouldContain(Escape);
    }

    [Test]
    [Platform(Exclude = "Win")]
    public void A_terminal_that_can_do_nothing_gets_plain_lines()
    {
        CliResult result = OnTerminal("dumb", "train", _space.Train, "--test", _space.Test, "--features", "84").ShouldBeDone();
        result.Out.ShouldNotContain("──");
        (result.Out + result.Error).ShouldNotContain(Escape);
        result.Error.ShouldContain("fit ridge");
    }

    [Test]
    public void Quiet_prints_nothing()
    {
        string model = _space.TrainModel();
        string[][] lines =
        [
            ["train", _space.Train, "--test", _space.Test, "--features", "84", "--quiet"],
            ["evaluate", model, _space.Test, "--quiet"],
            ["predict", model, _space.Test, "--out", _space.Path("q.csv"), "--quiet"],
            ["explain", model, _space.Test, "--report", _space.Path("q.html"), "--quiet"],
            ["transform", _space.Test, "--fit", _space.Train, "--features", "84", "--out", _space.Path("q.npy"), "--quiet"],
            ["data", "make", "control", "--out", _space.Path("."), "--per-class", "1", "--quiet"],
        ];
        foreach (string[] line in lines)
        {
            CliResult result = Fastnets.Run(line).ShouldBeDone();
            result.Out.ShouldBeEmpty();
            result.Error.ShouldBeEmpty();
        }
    }

    [Test]
    public void Quiet_still_tells_errors()
        => Fastnets.Run("train", _space.Path("missing.ts"), "--quiet").ShouldBeRefused(Fastnets.BadInput, "missing.ts");

    [Test]
    public void Json_holds_all_figures()
    {
        Fastnets.Run(
            "train", _space.Train, "--test", _space.Test, "--features", "168", "--model", "head", "--epochs", "2", "--seed", "11", "--threads", "2",
            "--json", _space.Path("all.json"), "--quiet").ShouldBeDone();
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(_space.Path("all.json")));
        JsonElement json = document.RootElement;
        json.GetProperty("model").GetString().ShouldBe("head");
        json.GetProperty("seed").GetUInt64().ShouldBe(11ul);
        json.GetProperty("device").GetString().ShouldBe("cpu");
        json.GetProperty("isa").GetString().ShouldBeOneOf("scalar", "avx2", "avx512");
        json.GetProperty("threads").GetInt32().ShouldBe(2);
        json.GetProperty("epochs").GetInt32().ShouldBe(2);
        json.GetProperty("loss").GetDouble().ShouldBeGreaterThan(0);
        foreach (string phase in new[] { "read", "fit_transform", "transform", "fit_head", "test", "total" })
            json.GetProperty("seconds").GetProperty(phase).GetDouble().ShouldBeGreaterThanOrEqualTo(0);
        JsonElement sizes = json.GetProperty("sizes");
        sizes.GetProperty("train").GetInt32().ShouldBe(3 * Workspace.PerClass);
        sizes.GetProperty("test").GetInt32().ShouldBe(3 * Workspace.PerClass);
        sizes.GetProperty("length").GetInt32().ShouldBe(Workspace.Length);
        sizes.GetProperty("classes").GetInt32().ShouldBe(3);
        sizes.GetProperty("features").GetInt32().ShouldBe(168);

        JsonElement classes = json.GetProperty("classes");
        classes.EnumerateArray().Select(c => c.GetProperty("name").GetString()).ShouldBe(["bell", "cylinder", "funnel"]);
        int[][] confusion = [.. json.GetProperty("confusion_matrix").EnumerateArray().Select(r => r.EnumerateArray().Select(v => v.GetInt32()).ToArray())];
        confusion.ShouldAllBe(row => row.Sum() == Workspace.PerClass);
        json.GetProperty("accuracy").GetDouble().ShouldBe((double)(confusion[0][0] + confusion[1][1] + confusion[2][2]) / (3 * Workspace.PerClass), 1e-12);
        classes[1].GetProperty("recall").GetDouble().ShouldBe((double)confusion[1][1] / Workspace.PerClass, 1e-12);
    }

    [Test]
    public void Json_on_standard_output_is_alone_there()
    {
        CliResult result = Fastnets.Run("train", _space.Train, "--test", _space.Test, "--features", "84", "--json", "-").ShouldBeDone();
        using JsonDocument document = JsonDocument.Parse(result.Out);
        document.RootElement.GetProperty("accuracy").GetDouble().ShouldBeInRange(0, 1);
        result.Error.ShouldContain("fit ridge");
    }

    private static CliResult OnTerminal(string kind, params string[] args)
    {
        string? before = Environment.GetEnvironmentVariable("TERM");
        Environment.SetEnvironmentVariable("TERM", kind);
        try
        {
            return Fastnets.RunOnTerminal(args);
        }
        finally
        {
            Environment.SetEnvironmentVariable("TERM", before);
        }
    }
}
