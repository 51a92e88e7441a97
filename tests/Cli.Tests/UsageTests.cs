using FastNets.Cli.Tests.Support;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Cli.Tests;

/// <summary>Command lines that make no sense: one message that says what would be right, exit code 2, and nothing done.</summary>
public class UsageTests
{
    private Workspace _space = null!;

    [OneTimeSetUp]
    public void SetUp() => _space = new Workspace();

    [OneTimeTearDown]
    public void TearDown() => _space.Remove();

    [TestCase("train --epoch 3", "'--epoch'", "'--epochs'")]
    [TestCase("train x.ts --colour", "'--colour'", "train --help")]
    [TestCase("transform --ftt x", "'--ftt'", "'--fit'")]
    [TestCase("trian", "'trian'", "'train'")]
    [TestCase("data mkae", "'mkae'", "'make'")]
    [TestCase("data", "info, make", "data --help")]
    [TestCase("train a b", "'b'", "1")]
    [TestCase("evaluate a", "DATA")]
    [TestCase("train --seed seven", "--seed", "'seven'")]
    [TestCase("train --seed -1", "--seed", "'-1'")]
    [TestCase("train --seed 18446744073709551616", "--seed", "18446744073709551615")]
    [TestCase("train --threads 0", "--threads", "'0'", "1 to 1024")]
    [TestCase("train --threads 1025", "--threads", "'1025'", "1 to 1024")]
    [TestCase("train --threads two", "--threads", "'two'")]
    [TestCase("train --model rigde", "--model", "'rigde'", "'ridge'")]
    [TestCase("train --model forest", "--model", "'forest'", "head-l2")]
    [TestCase("train --model head --optimizer adma", "--optimizer", "'adam'")]
    [TestCase("train --model head --lr 0", "--lr", "'0'")]
    [TestCase("train --model head --lr NaN", "--lr", "'NaN'")]
    [TestCase("train --model head --lr 0,1", "--lr", "'0,1'")]
    [TestCase("train --model head --epochs 0", "--epochs", "'0'")]
    [TestCase("train --model head --batch 1.5", "--batch", "'1.5'")]
    [TestCase("train --features 12", "--features", "'12'", "84")]
    [TestCase("train --reference-length 8", "--reference-length", "'8'", "9")]
    [TestCase("train --max-memory much", "--max-memory", "'much'", "500M")]
    [TestCase("train --max-memory 0", "--max-memory", "'0'")]
    [TestCase("train --max-memory -1G", "--max-memory", "'-1G'")]
    [TestCase("train --max-memory 99999999999T", "--max-memory", "'99999999999T'")]
    [TestCase("transform x.ts --out o.npy --parameters p --deterministic", "--deterministic")]
    [TestCase("train --validation 1.5", "--validation", "'1.5'")]
    [TestCase("train --out", "--out")]
    [TestCase("train --test t.ts", "t.ts", "TRAIN")]
    [TestCase("data make cbv --out d", "'cbv'", "'cbf'")]
    [TestCase("data make control --out d --length 60", "--length", "60")]
    [TestCase("data make cbf --out d --length 8", "--length", "'8'")]
    [TestCase("data make cbf --out d --per-class 100000 --length 100000", "--per-class")]
    [TestCase("data make cbf", "--out")]
    [TestCase("transform x.ts --out o.npy", "--fit", "--parameters")]
    [TestCase("transform x.ts --out o.npy --fit t --parameters p", "--fit", "--parameters")]
    [TestCase("transform x.ts --out o.npy --parameters p --seed 1", "--seed")]
    [TestCase("transform x.ts --out o.npy --parameters p --save-parameters q", "--save-parameters")]
    public void Wrong_usage(string line, params string[] named)
        => Fastnets.Run(line.Split(' ')).ShouldBeRefused(Fastnets.Usage, [.. named, "Try 'fastnets"]);

    [TestCase("ridge", "--epochs", "5")]
    [TestCase("ridge", "--batch", "8")]
    [TestCase("ridge", "--lr", "0.1")]
    [TestCase("ridge", "--optimizer", "sgd")]
    [TestCase("mlp", "--reference-length", "20")]
    [TestCase("mlp", "--max-memory", "2G")]
    [TestCase("mlp", "--features", "168")]
    [TestCase("mlp", "--max-dilations", "8")]
    public void An_option_that_the_model_does_not_use(string model, string option, string value)
        => Fastnets.Run("train", "--model", model, option, value).ShouldBeRefused(Fastnets.Usage, option, model);

    [TestCase("--deterministic")]
    [TestCase("--any-length")]
    public void A_switch_that_the_model_does_not_use(string option)
        => Fastnets.Run("train", "--model", "mlp", option).ShouldBeRefused(Fastnets.Usage, option, "mlp");

    [Test]
    public void A_batch_that_the_network_cannot_be_trained_with()
        => Fastnets.Run("train", _space.Train, "--model", "head", "--features", "84", "--batch", "1", "--quiet").Code.ShouldBe(Fastnets.Usage);

    [Test]
    public void An_output_that_is_an_input()
    {
        byte[] before = File.ReadAllBytes(_space.Train);
        Fastnets.Run("train", _space.Train, "--out", _space.Train).ShouldBeRefused(Fastnets.Usage, "--out", "cbf_TRAIN.ts");
        Fastnets.Run("train", _space.Train, "--json", _space.Train).ShouldBeRefused(Fastnets.Usage, "--json", "cbf_TRAIN.ts");
        Fastnets.Run("transform", _space.Test, "--fit", _space.Train, "--out", _space.Train).ShouldBeRefused(Fastnets.Usage, "--out");
        File.ReadAllBytes(_space.Train).ShouldBe(before);
    }

    [Test]
    public void An_output_that_is_an_input_by_another_name()
    {
        string link = _space.Path("link.ts");
        File.CreateSymbolicLink(link, _space.Train);
        Fastnets.Run("train", _space.Train, "--out", link).ShouldBeRefused(Fastnets.Usage, "link.ts");
    }

    [Test]
    public void Two_outputs_that_are_one_file()
        => Fastnets.Run("train", _space.Train, "--out", _space.Path("o"), "--json", _space.Path("o")).ShouldBeRefused(Fastnets.Usage, "--json", "--out");

    [Test]
    public void An_output_in_a_folder_that_does_not_exist()
        => Fastnets.Run("train", _space.Train, "--out", _space.Path("nowhere/model.safetensors")).ShouldBeRefused(Fastnets.Usage, "nowhere");

    [Test]
    public void An_output_that_is_a_folder()
        => Fastnets.Run("train", _space.Train, "--out", Path.GetDirectoryName(_space.Train)!).ShouldBeRefused(Fastnets.Usage, "folder");

    [Test]
    public void Arguments_are_no_response_files()
        => Fastnets.Run("data", "info", "@list").ShouldBeRefused(Fastnets.BadInput, "@list");

    [Test]
    [Platform(Include = "Linux")]
    public void A_folder_that_cannot_be_written_is_found_out_before_any_work()
        => Fastnets.Run("train", _space.Train, "--out", "/proc/model.safetensors").ShouldBeRefused(Fastnets.Failed, "/proc/model.safetensors");
}
