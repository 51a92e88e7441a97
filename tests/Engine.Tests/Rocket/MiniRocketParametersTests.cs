using FastNets.Data;
using FastNets.Rocket;
using FastNets.Serialization;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Rocket;

public sealed class MiniRocketParametersTests
{
    private string _path = "";

    [SetUp]
    public void NameFile() => _path = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"rocket-{Guid.NewGuid():N}.safetensors");

    [TearDown]
    public void DeleteFile() => File.Delete(_path);

    [Test]
    public void What_was_saved_is_loaded()
    {
        MiniRocketParameters saved = MiniRocket.Fit(RocketCases.RandomWalks(4, 90), new MiniRocketOptions { Features = 1000 }).Parameters;
        saved.Save(_path);
        MiniRocketParameters loaded = MiniRocketParameters.Load(_path);
        loaded.InputLength.ShouldBe(90);
        loaded.Dilations.ToArray().ShouldBe(saved.Dilations.ToArray());
        loaded.FeaturesPerDilation.ToArray().ShouldBe(saved.FeaturesPerDilation.ToArray());
        loaded.Biases.ToArray().ShouldBe(saved.Biases.ToArray());
        loaded.FeatureCount.ShouldBe(924);
    }

    [Test]
    public void The_tensors_have_the_names_that_other_implementations_use()
    {
        MiniRocket.Fit(RocketCases.RandomWalks(4, 20), new MiniRocketOptions { Features = 84 }).Parameters.Save(_path);
        SafetensorsFile.Read(_path).Tensors.Select(t => t.Name).ShouldBe(["input_length", "dilations", "num_features_per_dilation", "biases"]);
    }

    [Test]
    public void A_file_for_another_length_is_refused()
    {
        MiniRocket.Fit(RocketCases.RandomWalks(4, 20), new MiniRocketOptions { Features = 84 }).Parameters.Save(_path);
        Should.Throw<DataFormatException>(() => MiniRocketParameters.Load(_path, 21)).Message.ShouldContain("length 20, not 21");
    }

    [Test]
    public void A_damaged_file_is_refused_by_name()
    {
        var writer = new SafetensorsWriter();
        writer.Add("input_length", (ReadOnlySpan<int>)[20]);
        writer.Add("dilations", (ReadOnlySpan<int>)[1]);
        writer.Add("num_features_per_dilation", (ReadOnlySpan<int>)[2]);
        writer.Add("biases", new float[84]);
        writer.Save(_path);
        var error = Should.Throw<DataFormatException>(() => MiniRocketParameters.Load(_path));
        error.Message.ShouldContain(_path);
        error.Message.ShouldContain("need 168 biases, but there are 84");
    }

    [Test]
    public void Values_out_of_range_are_refused()
    {
        float[] biases = new float[84];
        Make(20, [1], [1], biases).FeatureCount.ShouldBe(84);
        Should.Throw<ArgumentException>(() => Make(8, [1], [1], biases)).Message.ShouldContain("at least 9");
        Should.Throw<ArgumentException>(() => Make(20, [], [], biases)).Message.ShouldContain("no dilation");
        Should.Throw<ArgumentException>(() => Make(20, [3], [1], biases)).Message.ShouldContain("Dilation 3 does not fit");
        Should.Throw<ArgumentException>(() => Make(20, [0], [1], biases)).Message.ShouldContain("Dilation 0 does not fit");
        Should.Throw<ArgumentException>(() => Make(20, [1], [0], biases)).Message.ShouldContain("0 features");
        Should.Throw<ArgumentException>(() => Make(20, [1], [1, 1], biases)).Message.ShouldContain("2 numbers of features");
        Should.Throw<ArgumentException>(() => Make(20, [1, 2], [int.MaxValue, int.MaxValue], biases)).Message.ShouldContain("biases");
        biases[5] = float.NaN;
        Should.Throw<ArgumentException>(() => Make(20, [1], [1], biases)).Message.ShouldContain("Bias 5");
    }

    private static MiniRocketParameters Make(int length, int[] dilations, int[] features, float[] biases) => new(length, dilations, features, biases);
}
