using FastNets.Classification;
using FastNets.Data;
using FastNets.Engine.Tests.Serialization;
using FastNets.Serialization;
using FastNets.Threading;
using NUnit.Framework;
using Shouldly;
using static FastNets.Engine.Tests.Classification.ClassifierCases;

namespace FastNets.Engine.Tests.Classification;

public sealed class ClassifierFileTests
{
    [Test]
    public void A_loaded_classifier_is_the_saved_one([ValueSource(typeof(ClassifierCases), nameof(Kinds))] ClassifierKind kind)
    {
        using var folder = new TemporaryFolder();
        using TimeSeriesClassifier saved = Trained(kind);
        saved.Save(folder.File("a"));
        using TimeSeriesClassifier loaded = TimeSeriesClassifier.Load(folder.File("a"));

        SeriesSet test = Shapes(50, seed: 8);
        loaded.Predict(test).Scores.ToArray().ShouldBe(saved.Predict(test).Scores.ToArray());
        loaded.Options.ShouldBe(saved.Options);
        loaded.Classes.ShouldBe(saved.Classes);
        (loaded.Channels, loaded.Length, loaded.FeatureCount, loaded.IsProbability).ShouldBe((saved.Channels, saved.Length, saved.FeatureCount, saved.IsProbability));
        loaded.Save(folder.File("b"));
        File.ReadAllBytes(folder.File("b")).ShouldBe(File.ReadAllBytes(folder.File("a")));
    }

    [Test]
    public void Training_again_gives_the_same_file_with_any_number_of_threads([ValueSource(typeof(ClassifierCases), nameof(Kinds))] ClassifierKind kind)
    {
        int threads = WorkerPool.Threads;
        try
        {
            WorkerPool.Threads = 1;
            using TimeSeriesClassifier one = Trained(kind);
            WorkerPool.Threads = 2;
            using TimeSeriesClassifier two = Trained(kind);
            BytesOf(two).ShouldBe(BytesOf(one));
        }
        finally
        {
            WorkerPool.Threads = threads;
        }
    }

    [Test]
    public void All_settings_survive()
    {
        var options = new ClassifierOptions
        {
            Kind = ClassifierKind.HeadL1,
            Features = 300,
            MaxDilationsPerKernel = 5,
            Seed = ulong.MaxValue,
            Preprocessing = SeriesPreprocessing.Standardize,
            Epochs = 2,
            BatchSize = 7,
            LearningRate = 0.0123f,
            Optimizer = OptimizerKind.Nesterov,
            ValidationFraction = 0.3,
            Deterministic = true,
            AlwaysPads = true,
            ReferenceLength = 50,
        };
        using var folder = new TemporaryFolder();
        SeriesSet train = Shapes(6).WithLabels([.. Shapes(6).Labels.ToArray().Select(l => new[] { "Klasse \"ä\"", "b\n", "c, d" }[l])]);
        using TimeSeriesClassifier saved = TimeSeriesClassifier.Train(train, null, options).Classifier;
        saved.Save(folder.File("a"));
        using TimeSeriesClassifier loaded = TimeSeriesClassifier.Load(folder.File("a"));
        loaded.Options.ShouldBe(options);
        loaded.Classes.ShouldBe(train.Classes);
    }

    [Test]
    public void A_file_cut_anywhere_is_refused_by_name([Values(ClassifierKind.Ridge, ClassifierKind.Head)] ClassifierKind kind)
    {
        byte[] whole = Bytes(kind);
        for (int length = 0; length < whole.Length; length += 1 + (length / 16)) Refused(whole[..length]).ShouldStartWith("model:");
        Refused(whole[..^1]).ShouldContain("cut off");
    }

    [Test]
    public void A_changed_byte_anywhere_is_refused([Values(ClassifierKind.Ridge, ClassifierKind.Softmax)] ClassifierKind kind)
    {
        byte[] whole = Bytes(kind);
        for (int at = 0; at < whole.Length; at += 1 + (at / 32))
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 1;
            Refused(damaged);
        }

        byte[] last = [.. whole];
        last[^1] ^= 0x80;
        Refused(last).ShouldContain("the file is damaged: its content has the SHA-256");
    }

    [Test]
    public void Damage_of_any_kind_gives_nothing_but_a_clear_refusal()
        => Damage.Check(Bytes(ClassifierKind.HeadL2), bytes => Load(bytes).Dispose(), rounds: 200);

    [TestCase("rocket.biases")]
    [TestCase("rocket.dilations")]
    [TestCase("scaler.means")]
    [TestCase("network.Hidden.kernel")]
    [TestCase("network.Output.bias")]
    public void A_missing_tensor_is_named(string name)
        => Rewritten(ClassifierKind.Head, file => file.Tensors.Remove(name)).ShouldContain($"no tensor '{name}'");

    [TestCase("network.Hidden.kernel")]
    [TestCase("network.Output.kernel")]
    public void A_transposed_tensor_is_refused_with_both_shapes(string name)
    {
        string message = Rewritten(ClassifierKind.Head, file => Array.Reverse(file.Tensors[name].Shape));
        message.ShouldContain($"'{name}' has shape [");
        message.ShouldContain("is needed");
    }

    [TestCase("rocket.biases", ClassifierKind.Ridge, "biases")]
    [TestCase("scaler.scales", ClassifierKind.Mlp, "is needed")]
    [TestCase("ridge.scale", ClassifierKind.Ridge, "is needed")]
    public void A_tensor_that_is_too_short_for_the_others_is_refused(string name, ClassifierKind kind, string expected)
        => Rewritten(kind, file => file.Tensors[name].Shorten()).ShouldContain(expected);

    [TestCase("rocket.biases", ClassifierKind.Softmax)]
    [TestCase("scaler.scales", ClassifierKind.Softmax)]
    [TestCase("network.Output.kernel", ClassifierKind.Softmax)]
    [TestCase("ridge.coefficients", ClassifierKind.Ridge)]
    public void A_value_that_is_no_number_is_refused(string name, ClassifierKind kind)
        => Rewritten(kind, file => file.Tensors[name].Data.AsSpan(^8..).Fill(0xFF)).ShouldStartWith("model:");

    [TestCase("kind", "Ridge", "no metadata 'ridge_alpha'")]
    [TestCase("kind", "Sigmoid", "'network.Hidden.kernel'")]
    [TestCase("kind", "7", "must be one of Ridge")]
    [TestCase("format", "other", "format 'other'")]
    [TestCase("version", "2", "version '2'")]
    [TestCase("classes", "[\"a\",\"b\"]", "is needed")]
    [TestCase("classes", "[\"a\",\"a\",\"b\"]", "different names")]
    [TestCase("classes", "{", "not a list of names")]
    [TestCase("classes", "[1,2,3]", "not a list of names")]
    [TestCase("length", "65", "65 time steps")]
    [TestCase("length", "-1", "whole number")]
    [TestCase("channels", "2", "2 channels")]
    [TestCase("seed", "x", "whole number")]
    [TestCase("learning_rate", "NaN", "must be a number")]
    [TestCase("optimizer", "adamax", "must be one of Adam")]
    [TestCase("epochs", "0", "whole number from 1")]
    [TestCase("layers", "Output: Dense(3, Linear)", "'Output: Dense(3, Linear)', but this one has 'Output: Dense(3, Softmax)'")]
    public void Metadata_that_do_not_fit_are_refused(string key, string value, string expected)
        => Rewritten(ClassifierKind.Softmax, file => file.Metadata[key] = value).ShouldContain(expected);

    [Test]
    public void Sizes_that_the_tensors_do_not_have_take_no_memory()
    {
        long before = GC.GetTotalAllocatedBytes();
        Rewritten(ClassifierKind.Mlp, file => file.Metadata["length"] = "2000000000").ShouldContain("'network.Hidden1.kernel' has shape [64, 500], but [2000000000, 500] is needed");
        (GC.GetTotalAllocatedBytes() - before).ShouldBeLessThan(256 << 20);
    }

    [Test]
    public void A_tensor_too_many_is_refused()
        => Rewritten(ClassifierKind.Ridge, file => file.Tensors["more"] = new Tensor(TensorType.U8, [1], [0])).ShouldContain("8 tensors, but a model of the kind Ridge has 7");

    [Test]
    public void Another_kind_of_file_is_refused()
    {
        using var stream = new MemoryStream();
        var writer = new SafetensorsWriter();
        writer.Add("x", (ReadOnlySpan<float>)[1f]);
        writer.WriteTo(stream);
        Refused(stream.ToArray()).ShouldContain("names no format");
    }

    private static string Refused(byte[] bytes) => Should.Throw<DataFormatException>(() => Load(bytes)).Message;

    // Changes the content and gives it the right checksum again, so that what is refused is the content.
    private static string Rewritten(ClassifierKind kind, Action<Content> change)
    {
        var content = new Content(SafetensorsFile.Read(new MemoryStream(Bytes(kind)), "model"));
        change(content);
        content.Metadata[ModelChecksum.Key] = ModelChecksum.Compute(SafetensorsFile.Read(new MemoryStream(content.ToBytes()), "model"));
        return Refused(content.ToBytes());
    }

    private sealed class Content(SafetensorsFile file)
    {
        public OrderedDictionary<string, string> Metadata { get; } = new(file.Metadata);

        public OrderedDictionary<string, Tensor> Tensors { get; } = new(file.Tensors.Select(
            t => KeyValuePair.Create(t.Name, new Tensor(t.Type, t.Shape.ToArray(), file.Bytes(t.Name).ToArray()))));

        public byte[] ToBytes()
        {
            var writer = new SafetensorsWriter();
            foreach ((string key, string value) in Metadata) writer.AddMetadata(key, value);
            foreach ((string name, Tensor tensor) in Tensors) tensor.AddTo(writer, name);
            using var stream = new MemoryStream();
            writer.WriteTo(stream);
            return stream.ToArray();
        }
    }

    private sealed class Tensor(TensorType type, long[] shape, byte[] data)
    {
        public long[] Shape { get; private set; } = shape;

        public byte[] Data { get; private set; } = data;

        public void Shorten()
        {
            Shape = [Shape[0] - 1];
            Data = Data[..^type.SizeOf()];
        }

        public void AddTo(SafetensorsWriter writer, string name)
        {
            switch (type)
            {
                case TensorType.F32:
                    writer.Add(name, System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(Data), Shape);
                    break;
                case TensorType.F64:
                    writer.Add(name, System.Runtime.InteropServices.MemoryMarshal.Cast<byte, double>(Data), Shape);
                    break;
                case TensorType.I32:
                    writer.Add(name, System.Runtime.InteropServices.MemoryMarshal.Cast<byte, int>(Data), Shape);
                    break;
                default:
                    writer.Add(name, (ReadOnlySpan<byte>)Data, Shape);
                    break;
            }
        }
    }
}
