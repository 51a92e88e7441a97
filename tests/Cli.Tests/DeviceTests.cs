using System.Diagnostics;
using FastNets.Cli.Tests.Support;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Cli.Tests;

/// <summary>The option --device where there is no GPU. What a GPU does is tested with the engine's CUDA path.</summary>
public sealed class DeviceTests
{
    private Workspace _space = null!;

    [OneTimeSetUp]
    public void SetUp() => _space = new Workspace();

    [OneTimeTearDown]
    public void TearDown() => _space.Remove();

    [TestCase("train")]
    [TestCase("evaluate")]
    [TestCase("predict")]
    [TestCase("explain")]
    [TestCase("transform")]
    public void A_word_that_is_no_device_is_refused(string command)
    {
        string[] rest = command switch
        {
            "train" => [_space.Train],
            "transform" => [_space.Test, "--fit", _space.Train, "--out", _space.Path("f.npy")],
            _ => [_space.Path("model.safetensors"), _space.Test],
        };
        Fastnets.Run([command, .. rest, "--device", "gpu"]).ShouldBeRefused(Fastnets.Usage, "--device", "'gpu'", "'auto'");
    }

    [Test]
    public void A_gpu_that_is_not_there_is_refused_with_the_reason()
        => Without("train", _space.Train, "--features", "84", "--device", "cuda").ShouldBeRefused(Fastnets.Failed, "CUDA driver", "/there/is/no/driver");

    [Test]
    public void Auto_falls_back_to_the_processor_and_says_so()
    {
        CliResult result = Without("train", _space.Train, "--features", "84", "--device", "auto", "--json", _space.Path("auto.json")).ShouldBeDone();
        result.Error.ShouldContain("This runs on the processor: ");
        result.Error.ShouldContain("/there/is/no/driver");
        File.ReadAllText(_space.Path("auto.json")).ShouldContain("\"device\": \"cpu\"");
    }

    [Test]
    public void Info_says_why_there_is_no_gpu()
    {
        CliResult result = Without("info").ShouldBeDone();
        result.Out.ShouldContain("gpu");
        result.Out.ShouldContain("/there/is/no/driver");
    }

    [TestCase("train")]
    [TestCase("explain")]
    public void The_environment_names_the_default(string command)
    {
        string[] args = command == "train" ? [command, _space.Train, "--features", "84"] : [command, _space.Path("model.safetensors"), _space.Test];
        using Process process = Fastnets.StartProcess(new Dictionary<string, string> { ["FASTNETS_DEVICE"] = "gpu" }, args);
        Finished(process).ShouldBeRefused(Fastnets.Usage, "FASTNETS_DEVICE", "'gpu'");
    }

    // A process of its own, because a process keeps the libraries that it has found.
    private static CliResult Without(params string[] args)
    {
        using Process process = Fastnets.StartProcess(new Dictionary<string, string> { ["FASTNETS_CUDA_DRIVER"] = "/there/is/no/driver" }, args);
        return Finished(process);
    }

    private static CliResult Finished(Process process)
    {
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return new CliResult(process.ExitCode, output.Result, error);
    }
}
