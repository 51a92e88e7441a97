using FastNets.Cli.Tests.Support;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Cli.Tests;

/// <summary>Files that cannot be used: one message that names file, line and value, exit code 3, and no output touched.</summary>
public class BadInputTests
{
    private const string OldContent = "what was there before";

    private Workspace _space = null!;
    private string _model = null!;

    [SetUp]
    public void SetUp()
    {
        _space = new Workspace();
        _model = _space.Write("old.safetensors", OldContent);
    }

    [TearDown]
    public void TearDown()
    {
        File.ReadAllText(_model).ShouldBe(OldContent, "an existing output was touched");
        _space.Files().ShouldNotContain(f => f.EndsWith(".tmp", StringComparison.Ordinal));
        _space.Remove();
    }

    [Test]
    public void A_missing_file() => Train(_space.Path("nowhere.ts")).ShouldBeRefused(Fastnets.BadInput, "nowhere.ts");

    [Test]
    public void A_folder() => Train(Path.GetDirectoryName(_space.Train)!).ShouldBeRefused(Fastnets.BadInput, "folder");

    [Test]
    public void An_empty_file() => Train(_space.Write("empty.csv", "")).ShouldBeRefused(Fastnets.BadInput, "empty.csv", "empty");

    [Test]
    public void A_ragged_line()
    {
        string file = _space.WriteLines("ragged.csv", 8, 20, Alternating);
        string[] lines = File.ReadAllLines(file);
        lines[4] = lines[4][..lines[4].LastIndexOf(',')];
        Train(_space.Write("ragged.csv", string.Join('\n', lines) + "\n")).ShouldBeRefused(Fastnets.BadInput, "ragged.csv(5)", "20", "21");
    }

    [Test]
    public void Text_where_a_number_belongs()
        => Train(_space.WriteLines("text.csv", 8, 20, Alternating, (3, 7, "hello"))).ShouldBeRefused(Fastnets.BadInput, "text.csv(3)", "hello");

    [Test]
    public void A_missing_value()
        => Train(_space.WriteLines("nan.csv", 8, 20, Alternating, (6, 4, "NaN"))).ShouldBeRefused(Fastnets.BadInput, "nan.csv(6)", "NaN");

    [TestCase("inf")]
    [TestCase("-inf")]
    public void An_infinite_value(string value)
        => Train(_space.WriteLines("inf.csv", 8, 20, Alternating, (2, 9, value))).ShouldBeRefused(Fastnets.BadInput, "inf.csv(2)", "infinite");

    [Test]
    public void A_label_in_the_test_set_that_training_did_not_have()
    {
        string train = _space.WriteLines("train.csv", 8, 20, Alternating);
        string test = _space.WriteLines("test.csv", 8, 20, line => line == 7 ? "9" : Alternating(line));
        Train(train, "--test", test).ShouldBeRefused(Fastnets.BadInput, "test.csv(7)", "'9'");
    }

    [Test]
    public void A_test_set_of_another_length()
    {
        string train = _space.WriteLines("train.csv", 8, 20, Alternating);
        string test = _space.WriteLines("test.csv", 8, 21, Alternating);
        Train(train, "--test", test).ShouldBeRefused(Fastnets.BadInput, "test.csv", "21", "20");
    }

    [Test]
    public void One_class_only() => Train(_space.WriteLines("one.csv", 8, 20, _ => "1")).ShouldBeRefused(Fastnets.BadInput, "one.csv", "'1'");

    [Test]
    public void Series_that_are_too_short() => Train(_space.WriteLines("short.csv", 8, 8, Alternating)).ShouldBeRefused(Fastnets.BadInput, "short.csv", "8", "9");

    [Test]
    public void Series_without_labels()
    {
        string file = _space.Write("plain.ts", "@problemName plain\n@univariate true\n@classLabel false\n@data\n1,2,3,4,5,6,7,8,9,10\n2,3,4,5,6,7,8,9,10,11\n");
        Train(file).ShouldBeRefused(Fastnets.BadInput, "plain.ts", "label");
    }

    [Test]
    public void A_gzip_file_that_was_cut_off()
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(File.ReadAllBytes(_space.Train));
        Train(_space.Write("cut.ts.gz", packed.ToArray().AsSpan(0, (int)packed.Length / 2))).ShouldBeRefused(Fastnets.BadInput, "cut.ts.gz");
    }

    [Test]
    public void An_npy_file_that_was_cut_off()
    {
        Fastnets.Run("data", "make", "cbf", "--out", Path.GetDirectoryName(_space.Train)!, "--format", "npy", "--per-class", "3", "--quiet").ShouldBeDone();
        byte[] whole = File.ReadAllBytes(_space.Path("cbf_TRAIN.npy"));
        Train(_space.Write("cut.npy", whole.AsSpan(0, whole.Length / 2))).ShouldBeRefused(Fastnets.BadInput, "cut.npy");
    }

    [Test]
    public void A_model_that_was_cut_off()
    {
        byte[] whole = File.ReadAllBytes(_space.TrainModel());
        Evaluate(_space.Write("cut.safetensors", whole.AsSpan(0, whole.Length - 10))).ShouldBeRefused(Fastnets.BadInput, "cut.safetensors");
    }

    [Test]
    public void A_model_with_a_changed_weight()
    {
        byte[] whole = File.ReadAllBytes(_space.TrainModel());
        whole[^3] ^= 0x10;
        Evaluate(_space.Write("changed.safetensors", whole)).ShouldBeRefused(Fastnets.BadInput, "changed.safetensors");
    }

    [Test]
    public void A_model_with_wrong_shapes()
    {
        byte[] whole = File.ReadAllBytes(_space.TrainModel());
        int at = whole.AsSpan().IndexOf("\"shape\":[168"u8);
        at.ShouldBePositive();
        "\"shape\":[186"u8.CopyTo(whole.AsSpan(at));
        Evaluate(_space.Write("shapes.safetensors", whole)).ShouldBeRefused(Fastnets.BadInput, "shapes.safetensors");
    }

    [Test]
    public void A_model_that_is_no_model() => Evaluate(_space.Train).ShouldBeRefused(Fastnets.BadInput, "cbf_TRAIN.ts");

    [Test]
    public void A_model_for_other_series()
    {
        string model = _space.TrainModel();
        string data = _space.WriteLines("long.csv", 4, 50, Alternating);
        Fastnets.Run("evaluate", model, data, "--json", _model).ShouldBeRefused(Fastnets.BadInput, "long.csv", "50", $"{Workspace.Length}");
        Fastnets.Run("predict", model, data, "--out", _model).ShouldBeRefused(Fastnets.BadInput, "long.csv", "50", $"{Workspace.Length}");
    }

    [Test]
    public void Parameters_that_are_none()
        => Fastnets.Run("transform", _space.Train, "--parameters", _space.Test, "--out", _model).ShouldBeRefused(Fastnets.BadInput, "cbf_TEST.ts");

    [Test]
    public void Series_to_transform_of_another_length()
    {
        string data = _space.WriteLines("long.csv", 4, 50, Alternating);
        Fastnets.Run("transform", data, "--fit", _space.Train, "--out", _model).Code.ShouldBe(Fastnets.BadInput);
    }

    private static string Alternating(int line) => line % 2 == 0 ? "1" : "2";

    private CliResult Train(string file, params string[] more) => Fastnets.Run(["train", file, "--features", "84", "--out", _model, .. more]);

    private CliResult Evaluate(string model) => Fastnets.Run("evaluate", model, _space.Test, "--predictions", _model);
}
