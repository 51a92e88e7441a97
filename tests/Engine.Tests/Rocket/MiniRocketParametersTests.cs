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
    public void Channels_and_padding_are_saved_and_loaded()
    {
        MiniRocketParameters saved = MiniRocket.Fit(RocketCases.Unequal([40, 30], channels: 3), new MiniRocketOptions { Features = 500 }).Parameters;
        saved.Save(_path);
        SafetensorsFile.Read(_path).Tensors.Select(t => t.Name).ShouldBe(["input_length", "always_pads", "num_channels", "num_channels_per_combination", "channel_indices", "dilations", "num_features_per_dilation", "biases"]);
        MiniRocketParameters loaded = MiniRocketParameters.Load(_path);
        loaded.AlwaysPads.ShouldBeTrue();
        loaded.Channels.ShouldBe(3);
        loaded.InputLength.ShouldBe(40);
        loaded.ChannelsPerCombination.ToArray().ShouldBe(saved.ChannelsPerCombination.ToArray());
        loaded.ChannelIndices.ToArray().ShouldBe(saved.ChannelIndices.ToArray());
        loaded.Biases.ToArray().ShouldBe(saved.Biases.ToArray());
    }

    [TestCase(new[] { 1, 0 }, new[] { 0 }, "Combination 1 has 0 channels")]
    [TestCase(new[] { 1, 4 }, new[] { 0, 0, 1, 2, 3 }, "Combination 1 has 4 channels; a series has 3")]
    [TestCase(new[] { 1, 1 }, new[] { 0 }, "more channels than the 1 that are listed")]
    [TestCase(new[] { 1, 1 }, new[] { 0, 1, 2 }, "The combinations have 84 channels, but 85 are listed")]
    [TestCase(new[] { 1, 1 }, new[] { 0, 3 }, "Combination 1 has channel 3; a series has the channels 0 to 2")]
    [TestCase(new[] { 1, 2 }, new[] { 0, 1, 1 }, "Combination 1 has channel 1 twice")]
    public void Channels_that_cannot_be_are_refused(int[] firstCounts, int[] firstIndices, string message)
    {
        // The first combinations as given, the rest of one channel each.
        int[] counts = [.. firstCounts, .. Enumerable.Repeat(1, 84 - firstCounts.Length)];
        int rest = message.Contains("more channels", StringComparison.Ordinal) ? 0 : 84 - firstCounts.Length;
        int[] indices = [.. firstIndices, .. Enumerable.Repeat(0, rest)];
        Should.Throw<ArgumentException>(() => new MiniRocketParameters(20, false, 3, [1], [1], new float[84], counts, indices)).Message.ShouldContain(message);
    }

    [Test]
    public void Parameters_for_several_channels_without_any_are_refused()
        => Should.Throw<ArgumentException>(() => new MiniRocketParameters(20, false, 3, [1], [1], new float[84], [], [])).Message.ShouldContain("84 combinations");

    [Test]
    public void A_file_for_other_channels_is_refused()
    {
        MiniRocket.Fit(RocketCases.Channels(4, 5, 20), new MiniRocketOptions { Features = 84 }).Parameters.Save(_path);
        MiniRocketParameters.LoadFor(_path, 20, channels: 5).Channels.ShouldBe(5);
        Should.Throw<DataFormatException>(() => MiniRocketParameters.LoadFor(_path, 20, channels: 3)).Message.ShouldContain("5 channels, not 3");
        Should.Throw<DataFormatException>(() => MiniRocketParameters.LoadFor(_path, RocketCases.RandomWalks(2, 20))).Message.ShouldContain("5 channels, not 1");
    }

    [Test]
    public void A_file_for_another_length_is_refused()
    {
        MiniRocket.Fit(RocketCases.RandomWalks(4, 20), new MiniRocketOptions { Features = 84 }).Parameters.Save(_path);
        Should.Throw<DataFormatException>(() => MiniRocketParameters.LoadFor(_path, 21)).Message.ShouldContain("length 20, not 21");
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
