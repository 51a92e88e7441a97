using FastNets.Cli.Tests.Support;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Cli.Tests;

/// <summary><c>fastnets transform</c>.</summary>
public class TransformTests
{
    private Workspace _space = null!;

    [OneTimeSetUp]
    public void SetUp() => _space = new Workspace();

    [OneTimeTearDown]
    public void TearDown() => _space.Remove();

    [Test]
    public void Saved_parameters_give_the_same_features()
    {
        Fastnets.Run(
            "transform", _space.Test, "--fit", _space.Train, "--features", "168", "--max-dilations", "2", "--seed", "3", "--threads", "1",
            "--out", _space.Path("a.npy"), "--save-parameters", _space.Path("p.safetensors")).ShouldBeDone();
        Fastnets.Run("transform", _space.Test, "--parameters", _space.Path("p.safetensors"), "--threads", "2", "--out", _space.Path("b.npy")).ShouldBeDone();
        byte[] features = File.ReadAllBytes(_space.Path("a.npy"));
        File.ReadAllBytes(_space.Path("b.npy")).ShouldBe(features);
        System.Text.Encoding.ASCII.GetString(features, 0, 128).ShouldContain($"({3 * Workspace.PerClass}, 168)");
    }

    [Test]
    public void Counts_are_half_as_long_as_proportions()
    {
        Fastnets.Run("transform", _space.Train, "--fit", _space.Train, "--features", "84", "--out", _space.Path("shares.npy")).ShouldBeDone();
        Fastnets.Run("transform", _space.Train, "--fit", _space.Train, "--features", "84", "--counts", "--out", _space.Path("counts.npy")).ShouldBeDone();
        byte[] counts = File.ReadAllBytes(_space.Path("counts.npy"));
        System.Text.Encoding.ASCII.GetString(counts, 0, 128).ShouldContain("'<u2'");
        (counts.Length - 128).ShouldBe((File.ReadAllBytes(_space.Path("shares.npy")).Length - 128) / 2);
    }

    [Test]
    public void The_seed_counts()
    {
        foreach (string seed in new[] { "1", "2" })
            Fastnets.Run("transform", _space.Train, "--fit", _space.Train, "--features", "84", "--seed", seed, "--out", _space.Path($"{seed}.npy")).ShouldBeDone();
        File.ReadAllBytes(_space.Path("1.npy")).ShouldNotBe(File.ReadAllBytes(_space.Path("2.npy")));
    }
}
