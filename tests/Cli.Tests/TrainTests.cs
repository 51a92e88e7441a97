using System.Text.Json;
using FastNets.Cli.Tests.Support;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Cli.Tests;

/// <summary><c>fastnets train</c> and what becomes of its model.</summary>
public class TrainTests
{
    private Workspace _space = null!;

    [OneTimeSetUp]
    public void SetUp() => _space = new Workspace();

    [OneTimeTearDown]
    public void TearDown() => _space.Remove();

    [Test]
    public void Without_a_file_it_trains_on_series_made_on_the_spot()
    {
        CliResult result = Fastnets.Run("train", "--features", "168").ShouldBeDone();
        result.Out.ShouldContain("accuracy");
        foreach (string name in new[] { "bell", "cylinder", "funnel" }) result.Out.ShouldContain(name);
        result.Error.ShouldContain("Cylinder-Bell-Funnel");
    }

    [TestCase("ridge")]
    [TestCase("softmax")]
    [TestCase("sigmoid")]
    [TestCase("head")]
    [TestCase("head-l2")]
    [TestCase("head-l1")]
    [TestCase("mlp")]
    public void Every_model_is_trained_saved_and_read_back_with_the_same_answers(string model)
    {
        List<string> args = ["train", _space.Train, "--test", _space.Test, "--model", model, "--out", _space.Path($"{model}.safetensors"), "--json", _space.Path("train.json")];
        if (model != "mlp") args.AddRange(["--features", "168"]);
        if (model != "ridge") args.AddRange(["--epochs", "3", "--batch", "6", "--lr", "0.01", "--optimizer", "momentum"]);
        Fastnets.Run([.. args]).ShouldBeDone();
        Fastnets.Run("evaluate", _space.Path($"{model}.safetensors"), _space.Test, "--json", _space.Path("evaluate.json"), "--predictions", _space.Path("p.csv")).ShouldBeDone();

        using JsonDocument trained = Json("train.json");
        using JsonDocument evaluated = Json("evaluate.json");
        evaluated.RootElement.GetProperty("model").GetString().ShouldBe(model);
        foreach (string name in new[] { "accuracy", "loss", "confusion_matrix" })
            evaluated.RootElement.GetProperty(name).GetRawText().ShouldBe(trained.RootElement.GetProperty(name).GetRawText());

        string[] lines = File.ReadAllLines(_space.Path("p.csv"));
        lines[0].ShouldBe("series,label,predicted,score_bell,score_cylinder,score_funnel");
        string[] again = Fastnets.Run("predict", _space.Path($"{model}.safetensors"), _space.Test).ShouldBeDone().Out.TrimEnd('\n').Split('\n');
        again.Skip(1).Select(l => l.Split(',')[1]).ShouldBe(lines.Skip(1).Select(l => l.Split(',')[2]));
        int right = lines.Skip(1).Count(l => l.Split(',')[1] == l.Split(',')[2]);
        trained.RootElement.GetProperty("accuracy").GetDouble().ShouldBe((double)right / (lines.Length - 1), 1e-12);
    }

    [Test]
    public void Missing_values_are_interpolated_where_that_is_asked_for()
    {
        string[] lines = [.. File.ReadAllLines(_space.Train)];
        int data = Array.FindIndex(lines, l => l.StartsWith("@data", StringComparison.OrdinalIgnoreCase)) + 1;
        string[] values = lines[data].Split(',');
        values[3] = "?";
        lines[data] = string.Join(',', values);
        string file = _space.Write("missing.ts", string.Join('\n', lines) + "\n");
        Fastnets.Run("train", file, "--features", "84").ShouldBeRefused(Fastnets.BadInput, $"missing.ts({data + 1})", "--missing interpolate");
        Fastnets.Run("train", file, "--features", "84", "--missing", "interpolate").ShouldBeDone();
    }

    [TestCase("ridge")]
    [TestCase("head")]
    public void The_same_seed_gives_the_same_file_with_any_number_of_threads(string model)
    {
        string[] epochs = model == "ridge" ? [] : ["--epochs", "2"];
        byte[] one = File.ReadAllBytes(_space.TrainModel("one", ["--model", model, "--seed", "5", "--threads", "1", .. epochs]));
        byte[] again = File.ReadAllBytes(_space.TrainModel("again", ["--model", model, "--seed", "5", "--threads", "1", .. epochs]));
        byte[] two = File.ReadAllBytes(_space.TrainModel("two", ["--model", model, "--seed", "5", "--threads", "2", .. epochs]));
        byte[] other = File.ReadAllBytes(_space.TrainModel("other", ["--model", model, "--seed", "6", "--threads", "1", .. epochs]));
        again.ShouldBe(one);
        two.ShouldBe(one);
        other.ShouldNotBe(one);
    }

    [Test]
    public void Validation_series_are_a_share_of_the_training_series_or_a_file()
    {
        string[] common = ["train", _space.Train, "--features", "84", "--model", "softmax", "--epochs", "2", "--json", "-"];
        foreach (string validation in new[] { "0.34", _space.Test })
        {
            using JsonDocument json = JsonDocument.Parse(Fastnets.Run([.. common, "--validation", validation]).ShouldBeDone().Out);
            json.RootElement.GetProperty("validation_accuracy").GetDouble().ShouldBeInRange(0, 1);
            json.RootElement.GetProperty("validation_loss").GetDouble().ShouldBeGreaterThan(0);
            json.RootElement.GetProperty("accuracy").ValueKind.ShouldBe(JsonValueKind.Null);
        }
    }

    [Test]
    public void An_old_model_is_replaced()
    {
        string model = _space.Write("replaced.safetensors", "old");
        Fastnets.Run("train", _space.Train, "--features", "84", "--out", model, "--quiet").ShouldBeDone();
        Fastnets.Run("evaluate", model, _space.Test, "--quiet").ShouldBeDone();
    }

    private JsonDocument Json(string name) => JsonDocument.Parse(File.ReadAllText(_space.Path(name)));
}
