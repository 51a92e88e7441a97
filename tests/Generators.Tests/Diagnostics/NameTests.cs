using FastNets.Generators.Tests.Harness;
using Microsoft.CodeAnalysis.CSharp;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Generators.Tests.Diagnostics;

/// <summary>FN0010: names that are taken; and names that want trouble without being it.</summary>
public class NameTests
{
    private const string Parameter = "every generated constructor has a parameter of that name";
    private const string Member = "every network has a member of that name";

    [Test]
    public void Two_layers_have_two_names()
        => Verify.Reports(
            """
            [Network(Input = 4)]
            public sealed partial class Net
            {
                [Layer(Units = 5)] public partial Dense Output { get; }
                [Layer(Units = 3)] public partial Dense {|CS0102,CS9250,FN0010:Output|} { get; }
            }
            """,
            "The name 'Output' cannot be used here: another layer has it");

    [Test]
    public void Case_alone_does_not_tell_layers_apart()
    {
        Verify.Reports(
            Networks.Declare("Input = 4", "Units = 5 -> Dense output", "Units = 3 -> Dense {|FN0010:Output|}"),
            "The name 'Output' cannot be used here: it differs from the layer 'output' only in case");
        Verify.Clean(Networks.Declare("Input = 4", "Units = 5 -> Dense output1", "Units = 3 -> Dense Output"));
    }

    [TestCase("Loss")]
    [TestCase("Outputs")]
    [TestCase("Forward")]
    [TestCase("ToString", "CS0108,")]
    [TestCase("GetType", "CS0108,")]
    public void A_layer_hides_no_member_of_Network(string name, string compiler = "")
        => Verify.Reports(
            Networks.Declare("Input = 4", $"Units = 3 -> Dense {{|{compiler}FN0010:{name}|}}"),
            $"The name '{name}' cannot be used here: every network has a member of that name");

    [TestCase("seed")]
    [TestCase("maxBatch")]
    [TestCase("Seed")]
    [TestCase("MAXBATCH")]
    public void A_size_is_no_parameter_that_every_constructor_has(string name)
        => Verify.Reports(
            Networks.Declare($"Input = {{|FN0010:\"{name}\"|}}", "Units = 3 -> Dense Output"),
            $"The name '{name}' cannot be used here: every generated constructor has a parameter of that name");

    [TestCase("RequireSize")]
    [TestCase("Reserve")]
    [TestCase("OutputLength")]
    public void A_size_is_no_member_of_Network(string name)
        => Verify.Reports(
            Networks.Declare("Input = 4", $"Units = {{|FN0010:\"{name}\"|}} -> Dense Output"),
            $"The name '{name}' cannot be used here: every network has a member of that name");

    [TestCase("Length = {|FN0010:\"seed\"|}", "Units = 3 -> Gru", "seed", Parameter)]
    [TestCase("Length = 9, Channels = {|FN0010:\"maxBatch\"|}", "Units = 3 -> Gru", "maxBatch", Parameter)]
    [TestCase("Length = 9", "Filters = {|FN0010:\"seed\"|}, KernelSize = 3 -> Conv1D", "seed", Parameter)]
    [TestCase("Length = 9", "Vocabulary = {|FN0010:\"Reserve\"|}, Units = 3 -> Embedding", "Reserve", Member)]
    [TestCase("Length = 9", "Weights = {|FN0010:\"flat\"|} -> Custom<Mix>", "flat", "the layer 'Flat' has it")]
    [TestCase("Length = \"n\"", "Weights = {|FN0010:\"N\"|} -> Custom<Mix>", "N", "it differs from the size 'n' only in case")]
    public void All_names_of_sizes_are_looked_at(string network, string layer, string name, string why)
        => Verify.Reports(Networks.Declare(network, layer + " Hidden", "-> Flatten Flat", "Units = 3 -> Dense Output") + CustomTests.Mix, $"The name '{name}' cannot be used here: {why}");

    [Test]
    public void The_steps_of_a_decoder_are_a_name_too()
        => Verify.Reports(
            Networks.Declare("Length = 9, Loss = Loss.Huber", "Units = 3 -> Lstm Encoder", "Steps = {|FN0010:\"encoder\"|} -> SequenceDecoder Decoder"),
            "The name 'encoder' cannot be used here: the layer 'Encoder' has it");

    [Test]
    public void A_size_is_no_layer()
        => Verify.Reports(
            Networks.Declare("Input = {|FN0010:\"hidden\"|}", "Units = 5 -> Dense Hidden", "Units = 3 -> Dense Output"),
            "The name 'hidden' cannot be used here: the layer 'Hidden' has it");

    [Test]
    public void Case_alone_does_not_tell_sizes_apart()
    {
        Verify.Reports(
            Networks.Declare("Input = \"size\"", "Units = {|FN0010:\"Size\"|} -> Dense Output"),
            "The name 'Size' cannot be used here: it differs from the size 'size' only in case");
        Verify.Clean(Networks.Declare("Input = \"size\"", "Units = \"size\" -> Dense Output"));
    }

    [Test]
    public void Words_that_are_keywords_in_places_are_names()
    {
        string[] words = [.. SyntaxFacts.GetContextualKeywordKinds().Select(SyntaxFacts.GetText).Where(w => SyntaxFacts.IsValidIdentifier(w) && w[0] != '_')];
        words.Length.ShouldBeGreaterThan(30);
        Verify.Clean(string.Concat(words.Select(word =>
            $$"""
            namespace Words.@{{word}}
            {
                [Network(Input = "{{word}}")] public partial class Net { [Layer(Units = 3)] public partial Dense Output { get; } }
                [Network(Input = 4)] public partial class @{{word}} { [Layer(Units = 3)] public partial Dense Output { get; } }
                [Network(Input = 4)] public partial class Other { [Layer(Units = 3)] public partial Dense @{{word}} { get; } }
            }

            """)));
    }

    [TestCase("Output", "Net")]
    [TestCase("Net", "features")]
    [TestCase("backend", "batch")]
    [TestCase("Hidden", "hiddenKernel")]
    [TestCase("Memory", "memory1")]
    [TestCase("_hidden", "x")]
    [TestCase("Slot", "step")]
    [TestCase("@class", "targets")]
    [TestCase("global", "System")]
    [TestCase("NoMask1", "gradient")]
    public void Names_that_want_trouble(string layer, string size)
        => Verify.Clean(
            $$"""
            [Network(Input = "{{size}}")]
            public sealed partial class Nets
            {
                [Layer] public partial BatchNorm Norm { get; }
                [Layer(Units = "units", Activation = Activation.Silu)] public partial Dense {{layer}} { get; }
                [Layer(Units = "units")] public partial Dense Last { get; }
            }
            """);

    [Test]
    public void Labels_that_join_to_the_same_text()
        => Verify.Clean(Networks.Declare("Input = 4", " -> BatchNorm A", "Units = 5, Activation = Activation.Tanh -> Dense BC", " -> BatchNorm AB", "Units = 5 -> Dense C", "Units = 3 -> Dense ABC"));

    [Test]
    public void Fields_of_the_users_own_keep_their_names()
        => Verify.Clean(
            """
            [Network(Input = "features")]
            public sealed partial class Net
            {
                private readonly int _outputKernel = 1, _featuresSize = 2, _outputLayer = 3;

                [Layer(Units = 3)] public partial Dense Output { get; }

                public int Sum => _outputKernel + _featuresSize + _outputLayer;
            }
            """);

    [Test]
    public void Types_named_like_those_of_FastNets_do_no_harm()
        => Verify.Clean(
            """
            using FastNets;

            namespace Mine.System
            {
                public sealed class Slot;
                public sealed class Sigmoid;
                public sealed class Network;
                public sealed class Loss;
                public sealed class Math;
                public sealed class CodeDom;

                namespace FastNets.Nets
                {
                    [global::FastNets.Network(Input = "features", Loss = global::FastNets.Loss.Huber)]
                    public sealed partial class Network
                    {
                        [Layer] public partial BatchNorm Norm { get; }
                        [Layer(Units = 64, Activation = Activation.Sigmoid)] public partial Dense Slot { get; }
                        [Layer(Units = 7, Activation = Activation.Gelu)] public partial Dense Sigmoid { get; }
                        [Layer(Units = "classes")] public partial Dense Output { get; }
                    }
                }
            }
            """);

    [Test]
    public void Classes_whose_names_differ_in_little_are_two_networks()
        => Verify.Clean(
            """
            [Network(Input = 4)] public partial class Net { [Layer(Units = 3)] public partial Dense Output { get; } }
            [Network(Input = 4)] public partial class NET { [Layer(Units = 3)] public partial Dense Output { get; } }
            [Network(Input = 4)] public partial class nEt { [Layer(Units = 3)] public partial Dense Output { get; } }
            [Network(Input = 4)] public partial class नेट { [Layer(Units = 3)] public partial Dense उत्पादन { get; } }
            namespace @namespace.@event
            {
                [Network(Input = 4)] public partial class Net { [Layer(Units = 3)] public partial Dense Output { get; } }
            }
            """);
}
