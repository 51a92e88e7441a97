using FastNets.Classification.Networks;
using FastNets.Data;
using FastNets.Engine.Tests.Training;
using FastNets.Serialization;
using FastNets.Training;
using FastNets.Training.Optimizers;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Serialization;

public sealed class NetworkFileTests
{
    [Test]
    public void A_loaded_network_gives_the_same_outputs()
    {
        using var folder = new TemporaryFolder();
        using RocketHead trained = Trained();
        NetworkFile.Save(trained, folder.File("a"));
        using RocketHead loaded = TrainingCases.Normalized(seed: 99);
        NetworkFile.Load(loaded, folder.File("a"));
        TrainingCases.Weights(loaded).ShouldBe(TrainingCases.Weights(trained));
        Outputs(loaded).ShouldBe(Outputs(trained));
    }

    [Test]
    public void The_same_network_gives_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        using RocketHead network = Trained();
        NetworkFile.Save(network, folder.File("a"));
        NetworkFile.Save(network, folder.File("b"));
        File.ReadAllBytes(folder.File("a")).ShouldBe(File.ReadAllBytes(folder.File("b")));
    }

    [Test]
    public void The_file_says_what_the_network_is()
    {
        using var folder = new TemporaryFolder();
        using RocketHead network = Trained();
        NetworkFile.Save(network, folder.File("a"));
        SafetensorsFile file = SafetensorsFile.Read(folder.File("a"));
        file.MetadataValue("network").ShouldBe("RocketHead");
        file.MetadataValue("layers").ShouldBe("Norm: BatchNorm(momentum 0.99, epsilon 0.001); Hidden: Dense(64, Sigmoid); Output: Dense(3, Softmax)");
        file.MetadataValue("loss").ShouldBe("SoftmaxCrossEntropy");
        file.MetadataValue("seed").ShouldBe("3");
        file.Entry("Hidden.kernel").Shape.ToArray().ShouldBe([6L, 64L]);
    }

    [Test]
    public void Another_network_is_refused_with_both_names()
    {
        using var other = new RocketHeadL2(TrainingCases.Features, TrainingCases.Classes);
        Refused(other, _ => { }).ShouldContain("network 'RocketHead', but this one has 'RocketHeadL2'");
    }

    [Test]
    public void Another_size_is_refused()
    {
        using var other = new RocketHead(TrainingCases.Features, 4);
        Refused(other, _ => { }).ShouldContain("'Output: Dense(3, Softmax)', but this one has 'Output: Dense(4, Softmax)'");
    }

    [Test]
    public void A_missing_tensor_is_named()
        => RefusedBySame(t => t.Remove("Hidden.bias")).ShouldContain("there is no tensor 'Hidden.bias'");

    [Test]
    public void A_tensor_too_many_is_named()
        => RefusedBySame(t => t["Third.kernel"] = ([1f], [1])).ShouldContain("'Third.kernel' belongs to no layer of RocketHead");

    [Test]
    public void A_tensor_of_another_shape_is_named_with_both_shapes()
        => RefusedBySame(t => t["Hidden.kernel"] = (t["Hidden.kernel"].Values, [64, 6])).ShouldContain("'Hidden.kernel' has shape [64, 6], but [6, 64] is needed");

    [Test]
    public void A_value_that_is_no_number_is_refused()
        => RefusedBySame(t => t["Output.bias"].Values[1] = float.NaN).ShouldContain("'Output.bias' has a value that is not a finite number");

    [Test]
    public void A_variance_below_zero_is_refused()
        => RefusedBySame(t => t.First(e => e.Key.EndsWith("ariance", StringComparison.OrdinalIgnoreCase)).Value.Values[0] = -1).ShouldContain("variance below 0");

    [Test]
    public void A_file_cut_anywhere_is_refused_and_the_network_stays()
    {
        using var folder = new TemporaryFolder();
        using RocketHead network = Trained();
        NetworkFile.Save(network, folder.File("a"));
        byte[] whole = File.ReadAllBytes(folder.File("a"));
        float[] before = TrainingCases.Weights(network);
        for (int length = 0; length < whole.Length; length += 1 + (length / 4))
        {
            string cut = folder.Write("cut", whole[..length]);
            Should.Throw<DataFormatException>(() => NetworkFile.Load(network, cut)).Message.ShouldContain(cut);
        }

        TrainingCases.Weights(network).ShouldBe(before);
    }

    private static RocketHead Trained()
    {
        RocketHead network = TrainingCases.Normalized();
        Trainer.Fit(network, TrainingCases.Source(30), null, new Adam(), new TrainerOptions { Epochs = 2, BatchSize = 10 });
        return network;
    }

    private static float[] Outputs(Network network)
    {
        float[] x = TrainingCases.Clouds(10).X.Buffer.Span(0, 10 * TrainingCases.Features).ToArray();
        float[] outputs = new float[10 * TrainingCases.Classes];
        network.Predict(x, outputs);
        return outputs;
    }

    private static string RefusedBySame(Action<Dictionary<string, (float[] Values, long[] Shape)>> change)
    {
        using RocketHead network = TrainingCases.Normalized();
        return Refused(network, change);
    }

    private static string Refused(Network network, Action<Dictionary<string, (float[] Values, long[] Shape)>> change)
    {
        using var folder = new TemporaryFolder();
        using RocketHead trained = Trained();
        NetworkFile.Save(trained, folder.File("whole"));
        SafetensorsFile file = SafetensorsFile.Read(folder.File("whole"));
        var tensors = file.Tensors.ToDictionary(t => t.Name, t => (file.Float32(t.Name).ToArray(), t.Shape.ToArray()));
        change(tensors);
        var writer = new SafetensorsWriter();
        foreach ((string key, string value) in file.Metadata) writer.AddMetadata(key, value);
        foreach ((string name, (float[] values, long[] shape)) in tensors) writer.Add(name, (ReadOnlySpan<float>)values, shape);
        writer.Save(folder.File("changed"));
        float[] before = TrainingCases.Weights(network);
        string message = Should.Throw<DataFormatException>(() => NetworkFile.Load(network, folder.File("changed"))).Message;
        TrainingCases.Weights(network).ShouldBe(before);
        return message;
    }
}
