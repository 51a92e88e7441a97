using FastNets.Cli.Tests.Support;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Cli.Tests;

/// <summary>The help texts.</summary>
public class HelpTests
{
    [TestCase("train", "--test|none", "--validation|none", "--model|ridge", "--features|10000", "--max-dilations|32", "--deterministic|off", "--any-length|where the training series differ in length", "--reference-length|the longest", "--max-memory|half of the memory", "--epochs|500 steps", "--batch|16", "--lr|0.001", "--optimizer|adam", "--seed|0", "--threads|FASTNETS_THREADS", "--device|FASTNETS_DEVICE, or cpu", "--out|not written", "--json|not written", "--quiet|off")]
    [TestCase("evaluate", "--predictions|not written", "--json|not written", "--threads|FASTNETS_THREADS", "--device|FASTNETS_DEVICE, or cpu", "--quiet|off")]
    [TestCase("predict", "--out|standard output", "--threads|FASTNETS_THREADS", "--device|FASTNETS_DEVICE, or cpu", "--quiet|off")]
    [TestCase("explain", "--series|0", "--class|the predicted one", "--json|not written", "--report|not written", "--threads|FASTNETS_THREADS", "--device|FASTNETS_DEVICE, or cpu", "--quiet|off")]
    [TestCase("transform", "--fit|none", "--parameters|none", "--save-parameters|not written", "--resume|off", "--features|10000", "--max-dilations|32", "--seed|0", "--threads|FASTNETS_THREADS", "--device|FASTNETS_DEVICE, or cpu", "--quiet|off")]
    [TestCase("data info", "--json|off")]
    [TestCase("data make", "--per-class|100", "--length|128", "--seed|0", "--format|ts", "--quiet|off")]
    public void The_help_names_each_option_with_its_default(string command, params string[] options)
    {
        string help = Fastnets.Run([.. command.Split(' '), "--help"]).ShouldBeDone().Out;
        string flat = string.Join(' ', help.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        foreach (string option in options)
        {
            string[] parts = option.Split('|');
            int at = flat.IndexOf($" {parts[0]} ", flat.IndexOf("Options:", StringComparison.Ordinal), StringComparison.Ordinal);
            at.ShouldBePositive(parts[0]);
            int begin = flat.IndexOf("[default: ", at, StringComparison.Ordinal);
            string standard = flat[begin..flat.IndexOf(']', begin)];
            standard.ShouldContain(parts[1], Case.Sensitive, parts[0]);
        }
    }

    [Test]
    public void The_program_alone_shows_its_commands()
    {
        string help = Fastnets.Run().ShouldBeDone().Out;
        foreach (string name in new[] { "train", "evaluate", "predict", "explain", "transform", "data", "info" }) help.ShouldContain($"  {name} ");
        help.ShouldContain("Examples:");
        help.ShouldContain("Exit codes: 0 done");
    }
}
