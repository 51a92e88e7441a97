using System.Text.Json;
using FastNets.Cli.Tests.Support;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Cli.Tests;

/// <summary>Series of several channels and of lengths that differ, from training to standard input.</summary>
public class UnequalSeriesTests
{
    private const int Channels = 3;

    private Workspace _space = null!;
    private string _train = null!;
    private string _test = null!;
    private string _model = null!;

    [OneTimeSetUp]
    public void SetUp()
    {
        _space = new Workspace();
        _train = _space.WriteUnequal("unequal_TRAIN.ts", 16, Channels, 30);
        _test = _space.WriteUnequal("unequal_TEST.ts", 20, Channels, 45);
        _model = _space.Path("unequal.safetensors");
        Fastnets.Run("train", _train, "--features", "252", "--out", _model, "--quiet").ShouldBeDone();
    }

    [OneTimeTearDown]
    public void TearDown() => _space.Remove();

    [TestCase("ridge")]
    [TestCase("head")]
    public void They_are_trained_evaluated_and_predicted(string model)
    {
        string[] epochs = model == "ridge" ? [] : ["--epochs", "3"];
        string file = _space.Path($"{model}.safetensors");
        CliResult trained = Fastnets.Run(["train", _train, "--test", _test, "--validation", _test, "--model", model, "--features", "252", "--out", file, .. epochs]).ShouldBeDone();
        trained.Out.ShouldContain("16 series of length 10 to 30 and 3 channels");
        trained.Out.ShouldContain("MiniRocket for any length");
        using JsonDocument json = JsonDocument.Parse(Fastnets.Run("evaluate", file, _test, "--json", "-").ShouldBeDone().Out);
        json.RootElement.GetProperty("sizes").GetProperty("any_length").GetBoolean().ShouldBeTrue();
        json.RootElement.GetProperty("sizes").GetProperty("length").GetInt32().ShouldBe(30);
        Fastnets.Run("predict", file, _test).ShouldBeDone().Out.Split('\n').Length.ShouldBe(1 + 20 + 1);
    }

    [Test]
    public void Lines_of_standard_input_get_the_answers_of_a_file()
    {
        string expected = Fastnets.Run("predict", _model, _test).ShouldBeDone().Out;
        string lines = string.Join('\n', Enumerable.Range(0, 20).Select(i => Workspace.UnequalLine(i, Channels, 45)));
        Fastnets.RunWithInput(lines, "predict", _model, "-").ShouldBeDone().Out.ShouldBe(expected);
        Fastnets.RunWithInput(lines.Replace(",", "  ").Replace(":", " : "), "predict", _model, "-").ShouldBeDone().Out.ShouldBe(expected);
    }

    [Test]
    public void A_long_line_is_a_long_series()
        => Fastnets.RunWithInput(Workspace.UnequalLine(900, Channels, 5000) + "\n1:2:3\n", "predict", _model, "-").ShouldBeDone().Out.Split('\n').Length.ShouldBe(1 + 2 + 1);

    [TestCase("1,2,3", "1 channel,", "takes series of 3", "colons")]
    [TestCase("1:2:3:a", "4 channels", "no label")]
    [TestCase("1,2:3,4:5", "channel 3 has 1 values, but channel 1 has 2")]
    [TestCase("1,2:3,x:5,6", "value 2 of channel 2, 'x', is no number")]
    [TestCase("1,2:3,:5,6", "value 2 of channel 2 is missing")]
    [TestCase("::", "value 1 of channel 1 is missing")]
    public void A_bad_line_is_named(string line, params string[] named)
    {
        CliResult result = Fastnets.RunWithInput(line, "predict", _model, "-");
        (result with { Out = "" }).ShouldBeRefused(Fastnets.BadInput, ["standard input(1)", .. named]);
    }

    [Test]
    public void A_line_without_end_is_refused_before_it_fills_the_memory()
    {
        using var endless = new EndlessReader();
        using var output = new StringWriter();
        using var error = new StringWriter();
        CliApp.Run(["predict", _model, "-"], endless, output, error, isTerminal: false).ShouldBe(Fastnets.BadInput);
        error.ToString().ShouldContain("longer than 16777216 characters");
    }

    [Test]
    public void A_model_for_any_length_is_had_of_series_of_one_length_too()
    {
        string model = _space.Path("any.safetensors");
        string longer = _space.WriteUnequal("longer.ts", 11, 1, 60);
        Fastnets.Run("train", _space.Train, "--features", "168", "--any-length", "--reference-length", "24", "--out", model, "--quiet").ShouldBeDone();
        Fastnets.Run("predict", model, longer).ShouldBeDone();
        Fastnets.Run("train", _space.Train, "--features", "168", "--reference-length", "24").ShouldBeRefused(Fastnets.Usage, "ReferenceLength goes with AlwaysPads");
    }

    [Test]
    public void A_network_on_the_series_themselves_needs_one_length()
        => Fastnets.Run("train", _train, "--model", "mlp").ShouldBeRefused(Fastnets.BadInput, "unequal_TRAIN.ts", "equal lengths are needed");

    [Test]
    public void A_deterministic_model_does_not_depend_on_the_seed()
    {
        string[] files = [.. new[] { "1", "2" }.Select(seed => _space.Path($"deterministic{seed}.npy"))];
        for (int i = 0; i < 2; i++)
            Fastnets.Run("transform", _space.Test, "--fit", _space.Train, "--features", "84", "--deterministic", "--seed", $"{i + 1}", "--out", files[i], "--quiet").ShouldBeDone();
        File.ReadAllBytes(files[1]).ShouldBe(File.ReadAllBytes(files[0]));
        Fastnets.Run("train", _space.Train, "--features", "84", "--deterministic").ShouldBeDone().Out.ShouldContain("deterministic");
    }

    [Test]
    public void Series_are_transformed_by_a_transform_for_any_length()
    {
        string parameters = _space.Path("any_parameters.safetensors");
        Fastnets.Run("transform", _test, "--fit", _train, "--features", "84", "--out", _space.Path("u.npy"), "--save-parameters", parameters).ShouldBeDone().Out.ShouldContain("20 of any length");
        Fastnets.Run("transform", _test, "--parameters", parameters, "--out", _space.Path("v.npy")).ShouldBeDone();
        File.ReadAllBytes(_space.Path("v.npy")).ShouldBe(File.ReadAllBytes(_space.Path("u.npy")));
    }

    [TestCase("1")]
    [TestCase("0.5K")]
    public void A_model_trained_in_little_memory_is_the_same(string size)
    {
        byte[] kept = File.ReadAllBytes(_space.TrainModel("kept", "--model", "softmax", "--epochs", "2"));
        File.ReadAllBytes(_space.TrainModel("streamed", "--model", "softmax", "--epochs", "2", "--max-memory", size)).ShouldBe(kept);
        Fastnets.Run("train", _space.Train, "--features", "84", "--max-memory", size).ShouldBeRefused(Fastnets.Usage, "6048 bytes", "Softmax");
    }
}
