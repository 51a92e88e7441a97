using System.Text.Json;
using FastNets.Cli;
using FastNets.Engine.Cuda.Tests.Harness;
using FastNets.Engine.Tests.Serialization;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Cuda.Tests.CommandLine;

/// <summary>The command line with --device cuda, from series in files to predictions.</summary>
public sealed class CommandLineTests : IDisposable
{
    private TemporaryFolder _folder = null!;

    [OneTimeSetUp]
    public void MakeSeries()
    {
        TestGpu.Require();
        _folder = new TemporaryFolder();
        Run("data", "make", "cbf", "--out", _folder.Path, "--length", "48", "--per-class", "8", "--quiet");
    }

    public void Dispose() => _folder?.Dispose();

    [TestCase("ridge")]
    [TestCase("softmax")]
    [TestCase("mlp")]
    public void Trains_and_predicts_as_the_processor_does(string model)
    {
        foreach (string device in (string[])["cpu", "cuda"])
        {
            string[] epochs = model == "ridge" ? [] : ["--epochs", "3"];
            string[] features = model == "mlp" ? [] : ["--features", "168"];
            Run(["train", In("cbf_TRAIN.ts"), "--test", In("cbf_TEST.ts"), "--model", model, "--seed", "3", "--device", device, "--out", In(device + model), "--json", In(device + model + ".json"), "--quiet", .. epochs, .. features]);
            Run("predict", In(device + model), In("cbf_TEST.ts"), "--device", device, "--out", In(device + model + ".csv"), "--quiet");
        }

        JsonElement cpu = Json("cpu" + model + ".json"), gpu = Json("cuda" + model + ".json");
        cpu.GetProperty("device").GetString().ShouldBe("cpu");
        gpu.GetProperty("device").GetString().ShouldBe("cuda:0");
        if (model != "ridge")
        {
            double loss = cpu.GetProperty("training_loss").GetDouble();
            gpu.GetProperty("training_loss").GetDouble().ShouldBe(loss, 1e-3 * loss);
        }

        double[] expected = Scores("cpu" + model + ".csv"), actual = Scores("cuda" + model + ".csv");
        expected.ShouldNotBeEmpty();
        actual.Length.ShouldBe(expected.Length);
        for (int i = 0; i < expected.Length; i++) actual[i].ShouldBe(expected[i], 1e-2);
    }

    [Test]
    public void Transforms_to_the_same_bytes()
    {
        foreach (string device in (string[])["cpu", "cuda"])
            Run("transform", In("cbf_TEST.ts"), "--fit", In("cbf_TRAIN.ts"), "--features", "168", "--device", device, "--out", In(device + ".npy"), "--quiet");
        File.ReadAllBytes(In("cuda.npy")).ShouldBe(File.ReadAllBytes(In("cpu.npy")));
    }

    [Test]
    public void Info_names_the_gpu()
    {
        string text = Run("info");
        text.ShouldContain("cuda:0");
        text.ShouldContain("compute capability");
        text.ShouldContain("cuBLAS");
    }

    [Test]
    public void Auto_takes_the_gpu()
    {
        Run("train", In("cbf_TRAIN.ts"), "--features", "84", "--device", "auto", "--json", In("auto.json"), "--quiet");
        Json("auto.json").GetProperty("device").GetString().ShouldBe("cuda:0");
    }

    private string In(string name) => _folder.File(name);

    private JsonElement Json(string name)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(In(name)));
        return document.RootElement.Clone();
    }

    private double[] Scores(string name) =>
        [.. File.ReadLines(In(name)).Skip(1).SelectMany(line => line.Split(',').Skip(2)).Select(s => double.Parse(s, System.Globalization.CultureInfo.InvariantCulture))];

    private static string Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        CliApp.Run(args, TextReader.Null, output, error, isTerminal: false).ShouldBe(0, error.ToString());
        return output.ToString();
    }
}
