using System.Text.Json;
using FastNets.Cli.Tests.Support;
using FastNets.Data;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Cli.Tests;

/// <summary><c>fastnets data</c> and <c>fastnets info</c>.</summary>
public class DataTests
{
    private Workspace _space = null!;

    [OneTimeSetUp]
    public void SetUp() => _space = new Workspace();

    [OneTimeTearDown]
    public void TearDown() => _space.Remove();

    [TestCase("ts")]
    [TestCase("csv")]
    [TestCase("npy")]
    public void Made_files_hold_what_the_formula_gives(string format)
    {
        string folder = _space.Path($"made-{format}/deeper");
        Fastnets.Run("data", "make", "control", "--out", folder, "--per-class", "4", "--seed", "9", "--format", format).ShouldBeDone();
        SeriesSet expected = SyntheticData.ControlCharts(8, 9);
        SeriesSet train = SeriesFile.Read(Path.Combine(folder, $"control_TRAIN.{format}"));
        SeriesSet test = SeriesFile.Read(Path.Combine(folder, $"control_TEST.{format}"));
        train.Count.ShouldBe(24);
        test.Count.ShouldBe(24);
        train.Series(5).ToArray().ShouldBe(expected.Series(5).ToArray());
        test.Series(5).ToArray().ShouldBe(expected.Series(29).ToArray());
        if (format != "npy") train.Classes.ShouldBe(expected.Classes);
    }

    [Test]
    public void Info_counts_series_classes_and_missing_values()
    {
        string file = _space.WriteLines("gap.csv", 6, 12, line => line < 3 ? "a" : "b", (4, 5, "NaN"));
        using JsonDocument document = JsonDocument.Parse(Fastnets.Run("data", "info", file, "--json").ShouldBeDone().Out);
        JsonElement json = document.RootElement;
        json.GetProperty("series").GetInt32().ShouldBe(6);
        json.GetProperty("channels").GetInt32().ShouldBe(1);
        json.GetProperty("min_length").GetInt32().ShouldBe(12);
        json.GetProperty("missing").GetInt32().ShouldBe(1);
        json.GetProperty("infinite").GetInt32().ShouldBe(0);
        json.GetProperty("max").GetDouble().ShouldBeInRange(0.9, 1);
        json.GetProperty("classes").EnumerateArray().Select(c => (c.GetProperty("name").GetString(), c.GetProperty("series").GetInt32())).ShouldBe([("a", 2), ("b", 4)]);

        string table = Fastnets.Run("data", "info", file).ShouldBeDone().Out;
        table.ShouldMatch(@"missing values +1\n");
        table.ShouldMatch(@"b +4 +66\.67 %");
    }

    [Test]
    public void Info_names_the_version_and_the_instruction_set()
    {
        string text = Fastnets.Run("info").ShouldBeDone().Out;
        text.ShouldContain(Fastnets.Run("--version").ShouldBeDone().Out.Trim());
        text.ShouldContain(Kernels.CpuIsa.Name(Kernels.CpuIsa.Active));
        text.ShouldContain(".NET");
    }
}
