using System.Text.Json;
using System.Xml.Linq;
using FastNets.Cli.Tests.Support;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Cli.Tests;

/// <summary><c>fastnets explain</c>.</summary>
public class ExplainTests
{
    private const double Rounding = 1e-10;

    private Workspace _space = null!;
    private string _model = null!;

    [OneTimeSetUp]
    public void SetUp()
    {
        _space = new Workspace();
        _model = _space.TrainModel();
    }

    [OneTimeTearDown]
    public void TearDown() => _space.Remove();

    [Test]
    public void Json_holds_all_contributions_and_each_sort_adds_up()
    {
        JsonElement json = Json(_model, "--series", "7", "--class", "funnel");
        json.GetProperty("series").GetInt32().ShouldBe(7);
        json.GetProperty("class").GetString().ShouldBe("funnel");
        json.GetProperty("label").GetString().ShouldBe("bell");
        json.GetProperty("length").GetInt32().ShouldBe(Workspace.Length);
        double contribution = json.GetProperty("decision").GetDouble() - json.GetProperty("baseline").GetDouble();
        double[] time = Numbers(json.GetProperty("contributions")[0]);
        time.Length.ShouldBe(Workspace.Length);
        time.Sum().ShouldBe(contribution, Rounding);
        Numbers(json.GetProperty("by_channel")).ShouldHaveSingleItem().ShouldBe(contribution, Rounding);
        double[] dilations = Numbers(json.GetProperty("by_dilation"));
        dilations.Length.ShouldBe(json.GetProperty("dilations").GetArrayLength());
        dilations.Sum().ShouldBe(contribution, Rounding);
        JsonElement[] rows = [.. json.GetProperty("by_dilation_and_time").EnumerateArray()];
        rows.Length.ShouldBe(dilations.Length);
        for (int d = 0; d < rows.Length; d++) Numbers(rows[d]).Sum().ShouldBe(dilations[d], Rounding);
        JsonElement[] kernels = [.. json.GetProperty("by_kernel").EnumerateArray()];
        kernels.Length.ShouldBe(84);
        kernels.Sum(k => k.GetProperty("contribution").GetDouble()).ShouldBe(contribution, Rounding);
        kernels[^1].GetProperty("taps").EnumerateArray().Select(t => t.GetInt32()).ShouldBe([6, 7, 8]);
        JsonElement strongest = json.GetProperty("strongest");
        time.AsSpan(strongest.GetProperty("start").GetInt32(), strongest.GetProperty("length").GetInt32()).ToArray().Sum()
            .ShouldBe(strongest.GetProperty("contribution").GetDouble(), Rounding);
    }

    [Test]
    public void Without_options_the_first_series_and_the_predicted_class_are_explained()
    {
        JsonElement json = Json(_model);
        json.GetProperty("series").GetInt32().ShouldBe(0);
        json.GetProperty("class").GetString().ShouldBe(json.GetProperty("predicted").GetString());
        JsonElement score = json.GetProperty("scores").EnumerateArray().Single(s => s.GetProperty("class").GetString() == json.GetProperty("predicted").GetString());
        json.GetProperty("decision").GetDouble().ShouldBe(score.GetProperty("score").GetDouble(), 1e-5);

        string text = Fastnets.Run("explain", _model, _space.Test).ShouldBeDone().Out;
        text.ShouldContain($"predicted '{json.GetProperty("predicted").GetString()}', in the file 'cylinder'");
        text.ShouldContain("ridge score");
        text.ShouldMatch(@"decision +[+-]\d+\.\d{4} ");
        text.ShouldMatch(@"tells most +time steps \d+ to \d+ of 0 to 31: [+-]");
        text.ShouldContain("Dilations");
        text.ShouldContain("the strongest 5 of 84");
    }

    [Test]
    public void A_softmax_is_explained_by_its_logit()
    {
        string model = _space.TrainModel("softmax.safetensors", "--model", "softmax", "--epochs", "2");
        JsonElement json = Json(model, "--class", "bell");
        double[] logs = [.. json.GetProperty("scores").EnumerateArray().Select(s => Math.Log(s.GetProperty("score").GetDouble()))];
        json.GetProperty("decision").GetDouble().ShouldBe(logs[0] - logs.Average(), 1e-4);
        Fastnets.Run("explain", model, _space.Test).ShouldBeDone().Out.ShouldContain("logit less the mean");
    }

    [Test]
    public void The_number_of_threads_does_not_count()
    {
        foreach (string threads in new[] { "1", "4" })
            Fastnets.Run("explain", _model, _space.Test, "--threads", threads, "--json", _space.Path($"t{threads}.json"), "--report", _space.Path($"t{threads}.html"), "--quiet").ShouldBeDone();
        foreach (string ending in new[] { "json", "html" }) File.ReadAllBytes(_space.Path($"t4.{ending}")).ShouldBe(File.ReadAllBytes(_space.Path($"t1.{ending}")));
    }

    [Test]
    public void The_report_is_one_page_that_needs_nothing_else()
    {
        XElement page = Report(_model, _space.Test, "--series", "3");
        page.Name.LocalName.ShouldBe("html");
        page.Descendants("script").ShouldBeEmpty();
        page.Descendants().Attributes().ShouldAllBe(a => a.Name.LocalName != "src" && a.Name.LocalName != "href" && !a.Value.Contains("://"));
        page.Descendants("style").Single().Value.ShouldContain("prefers-color-scheme: dark");
        page.Descendants("style").Single().Value.ShouldNotContain("url(");
        page.Descendants("h1").Single().Value.ShouldStartWith("Series 3 of cbf_TEST.ts");
        XElement[] drawings = [.. page.Descendants("svg")];
        drawings.Length.ShouldBe(4);
        drawings.ShouldAllBe(d => d.Attribute("role")!.Value == "img" && d.Elements().First().Name == "title" && d.Element("title")!.Value.Length > 0);
        // A bar for each time step to point at, a row for each dilation, 20 kernels.
        drawings[0].Elements("rect").Count(r => r.Attribute("class")!.Value == "over").ShouldBe(Workspace.Length);
        drawings[3].Elements("rect").Count().ShouldBe(20);
        page.Descendants().Attributes("d").Concat(page.Descendants().Attributes("points")).Select(a => a.Value).ShouldAllBe(v => !v.Contains("NaN") && !v.Contains('∞'));
    }

    [Test]
    public void Names_are_escaped_in_the_report()
    {
        string train = _space.WriteLines("names.csv", 8, 20, line => line % 2 == 0 ? "<b>&'x'" : "</p>");
        Fastnets.Run("train", train, "--features", "84", "--out", _space.Path("names.safetensors"), "--quiet").ShouldBeDone();
        XElement page = Report(_space.Path("names.safetensors"), train, "--class", "<b>&'x'");
        page.Descendants("b").ShouldBeEmpty();
        page.Descendants("h1").Single().Value.ShouldEndWith("'<b>&'x''");
    }

    [TestCase(0f)]
    [TestCase(5f)]
    public void A_series_that_is_constant_has_a_report(float value)
    {
        string file = _space.Write("constant.csv", $"bell,{string.Join(',', Enumerable.Repeat(value, Workspace.Length))}\ncylinder,{string.Join(',', Enumerable.Range(0, Workspace.Length))}\n");
        Report(_model, file).Descendants("svg").Count().ShouldBe(4);
    }

    [Test]
    public void A_long_series_has_a_report_of_some_columns()
    {
        Fastnets.Run("data", "make", "cbf", "--out", _space.Path("long"), "--length", "1000", "--per-class", "3", "--quiet").ShouldBeDone();
        string train = _space.Path("long/cbf_TRAIN.ts");
        Fastnets.Run("train", train, "--features", "168", "--out", _space.Path("long.safetensors"), "--quiet").ShouldBeDone();
        XElement drawing = Report(_space.Path("long.safetensors"), train).Descendants("svg").First();
        string[] tips = [.. drawing.Elements("rect").Elements("title").Select(t => t.Value)];
        tips.Length.ShouldBe(440);
        tips[0].ShouldStartWith("time steps 0 to 1:");
        tips[^1].ShouldStartWith("time steps 997 to 999:");
        Directory.Delete(_space.Path("long"), recursive: true);
    }

    [Test]
    public void Json_on_standard_output_is_alone_there()
    {
        using JsonDocument document = JsonDocument.Parse(Fastnets.Run("explain", _model, _space.Test, "--json", "-").ShouldBeDone().Out);
        document.RootElement.GetProperty("command").GetString().ShouldBe("explain");
    }

    [TestCase("head")]
    [TestCase("sigmoid")]
    [TestCase("mlp")]
    public void A_model_that_is_not_linear_is_refused(string kind)
    {
        string[] features = kind == "mlp" ? [] : ["--features", "84"];
        string model = _space.Path($"{kind}.safetensors");
        Fastnets.Run(["train", _space.Train, "--model", kind, "--epochs", "1", "--out", model, "--quiet", .. features]).ShouldBeDone();
        Fastnets.Run("explain", model, _space.Test).ShouldBeRefused(Fastnets.BadInput, $"{kind}.safetensors", $"kind {kind} cannot be explained", "ridge or softmax");
    }

    [Test]
    public void What_does_not_fit_is_refused()
    {
        Fastnets.Run("explain", _model, _space.Test, "--series", "18").ShouldBeRefused(Fastnets.Usage, "no series 18", "cbf_TEST.ts", "holds 18");
        Fastnets.Run("explain", _model, _space.Test, "--series", "-1").ShouldBeRefused(Fastnets.Usage, "--series", "'-1'");
        Fastnets.Run("explain", _model, _space.Test, "--class", "bel").ShouldBeRefused(Fastnets.Usage, "no class 'bel'", "did you mean 'bell'");
        Fastnets.Run("explain", _model, _space.Test, "--report", "-").ShouldBeRefused(Fastnets.Usage, "--report");
        Fastnets.Run("explain", _model, _space.Test, "--report", _space.Test).ShouldBeRefused(Fastnets.Usage, "--report", "an input");
        Fastnets.Run("explain", _model, _space.Path("nowhere.ts")).ShouldBeRefused(Fastnets.BadInput, "nowhere.ts");
        Fastnets.Run("explain", _model, _space.WriteLines("long.csv", 2, 50, _ => "1")).ShouldBeRefused(Fastnets.BadInput, "long.csv", "50", "32");
    }

    private JsonElement Json(string model, params string[] more)
    {
        string path = _space.Path("explained.json");
        Fastnets.Run(["explain", model, _space.Test, "--json", path, "--quiet", .. more]).ShouldBeDone();
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.Clone();
    }

    private XElement Report(string model, string data, params string[] more)
    {
        string path = _space.Path("explained.html");
        Fastnets.Run(["explain", model, data, "--report", path, "--quiet", .. more]).ShouldBeDone();
        string text = File.ReadAllText(path);
        text.ShouldStartWith("<!DOCTYPE html>\n");
        return XDocument.Parse(text).Root!;
    }

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(v => v.GetDouble())];
}
