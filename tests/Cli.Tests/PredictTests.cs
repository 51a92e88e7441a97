using System.Globalization;
using FastNets.Cli.Tests.Support;
using FastNets.Data;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Cli.Tests;

/// <summary><c>fastnets predict</c>.</summary>
public class PredictTests
{
    private Workspace _space = null!;
    private string _model = null!;
    private SeriesSet _test = null!;

    [OneTimeSetUp]
    public void SetUp()
    {
        _space = new Workspace();
        _model = _space.TrainModel();
        _test = SeriesFile.Read(_space.Test);
    }

    [OneTimeTearDown]
    public void TearDown() => _space.Remove();

    [TestCase(",")]
    [TestCase("\t")]
    [TestCase(" ")]
    [TestCase(", ")]
    [TestCase("   ")]
    public void Lines_of_standard_input_get_the_answers_of_a_file(string separator)
    {
        string expected = Fastnets.Run("predict", _model, _space.Test).ShouldBeDone().Out;
        Fastnets.RunWithInput(Lines(separator), "predict", _model, "-").ShouldBeDone().Out.ShouldBe(expected);
        Fastnets.RunWithInput(Lines(separator), "predict", _model, "-", "--out", _space.Path("lines.csv"), "--quiet").ShouldBeDone();
        File.ReadAllText(_space.Path("lines.csv")).ShouldBe(expected);
        Fastnets.Run("predict", _model, _space.Test, "--out", _space.Path("file.csv"), "--quiet").ShouldBeDone();
        File.ReadAllText(_space.Path("file.csv")).ShouldBe(expected);
    }

    [Test]
    public void Line_ends_of_windows_and_blank_lines_are_read()
    {
        string expected = Fastnets.RunWithInput(Lines(","), "predict", _model, "-").ShouldBeDone().Out;
        Fastnets.RunWithInput("\n" + Lines(",").Replace("\n", "\r\n\r\n").TrimEnd(), "predict", _model, "-").ShouldBeDone().Out.ShouldBe(expected);
    }

    [Test]
    public void No_line_gets_no_answer()
        => Fastnets.RunWithInput("", "predict", _model, "-").ShouldBeDone().Out.ShouldBe("series,predicted,score_bell,score_cylinder,score_funnel\n");

    [TestCase("hello", "value 4", "'hello'", "no number")]
    [TestCase("NaN", "value 4", "'NaN'", "finite")]
    [TestCase("-inf", "value 4", "'-inf'")]
    [TestCase("1e99", "value 4", "'1e99'", "finite")]
    [TestCase("", "value 4", "missing")]
    [TestCase("1,2", "more than 32")]
    public void A_bad_line_is_named_after_the_lines_before_it_were_answered(string text, params string[] named)
    {
        string[] lines = Lines(",").Split('\n');
        string[] values = lines[2].Split(',');
        values[3] = text;
        lines[2] = string.Join(',', values);
        CliResult result = Fastnets.RunWithInput(string.Join('\n', lines), "predict", _model, "-");
        result.Out.Split('\n').Length.ShouldBe(1 + 2 + 1);
        (result with { Out = "" }).ShouldBeRefused(Fastnets.BadInput, ["standard input(3)", .. named]);
    }

    [Test]
    public void A_line_that_is_too_short_is_named()
    {
        CliResult result = Fastnets.RunWithInput("1,2,3\n", "predict", _model, "-");
        (result with { Out = "" }).ShouldBeRefused(Fastnets.BadInput, "standard input(1)", "3", "32");
    }

    [Test]
    public void A_line_without_end_is_refused_before_it_fills_the_memory()
    {
        using var endless = new EndlessReader();
        using var output = new StringWriter();
        using var error = new StringWriter();
        CliApp.Run(["predict", _model, "-"], endless, output, error, isTerminal: false).ShouldBe(Fastnets.BadInput);
        error.ToString().ShouldContain("standard input(1)");
    }

    [Test]
    public void A_bad_line_leaves_the_output_as_it_was()
    {
        string output = _space.Write("kept.csv", "kept");
        Fastnets.RunWithInput(Lines(",") + "x\n", "predict", _model, "-", "--out", output).ShouldBeRefused(Fastnets.BadInput, "standard input(19)");
        File.ReadAllText(output).ShouldBe("kept");
        _space.Files().ShouldNotContain(f => f.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Test]
    public void Class_names_with_commas_and_quotes_are_quoted()
    {
        string train = _space.Write(
            "names.ts",
            string.Join('\n', ["@problemName n", "@univariate true", "@classLabel true a\"b,c d", "@data", .. Enumerable.Range(0, 8).Select(i => $"{string.Join(',', Enumerable.Range(0, 12).Select(t => (t * (i % 2)) + (t % 3) + (i * 0.1)))}:{(i % 2 == 0 ? "d" : "a\"b,c")}")]) + "\n");
        CliResult result = Fastnets.Run("train", train, "--features", "84", "--out", _space.Path("names.safetensors"), "--quiet");
        if (result.Code == Fastnets.BadInput) Assert.Ignore($"the reader takes no such names: {result.Error}");
        Fastnets.Run("predict", _space.Path("names.safetensors"), train).ShouldBeDone().Out.ShouldContain("\"a\"\"b,c\"");
    }

    private string Lines(string separator)
    {
        var lines = new System.Text.StringBuilder();
        for (int i = 0; i < _test.Count; i++)
            lines.AppendJoin(separator, _test.Series(i).ToArray().Select(v => v.ToString("R", CultureInfo.InvariantCulture))).Append('\n');
        return lines.ToString();
    }
}
