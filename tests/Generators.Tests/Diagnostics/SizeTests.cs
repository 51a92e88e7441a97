using FastNets.Generators.Tests.Harness;
using NUnit.Framework;

namespace FastNets.Generators.Tests.Diagnostics;

/// <summary>FN0009, FN0011, FN0013: sizes, and whether they meet.</summary>
public class SizeTests
{
    [TestCase("0", "0")]
    [TestCase("-3", "-3")]
    [TestCase("5000000000", "5000000000")]
    [TestCase("2.5", "2.5")]
    [TestCase("null", "null")]
    [TestCase("true", "true")]
    [TestCase("\"\"", "\"\"")]
    [TestCase("\"two words\"", "\"two words\"")]
    [TestCase("\"3d\"", "\"3d\"")]
    [TestCase("\"class\"", "\"class\"")]
    [TestCase("\"_private\"", "\"_private\"")]
    [TestCase("\"a.b\"", "\"a.b\"")]
    [TestCase("\"a\\\"b\"", "\"a\\\"b\"")]
    [TestCase("Activation.Sigmoid", "FastNets.Activation.Sigmoid")]
    [TestCase("typeof(int)", "typeof(int)")]
    [TestCase("new[] { 1, 2 }", "{1, 2}")]
    public void A_size_is_a_positive_constant_or_a_name(string size, string shown)
    {
        Verify.Reports(
            Networks.Declare("Input = 4", $"Units = {{|FN0009:{size}|}} -> Dense Output"),
            $"Units = {shown} is no size: give a whole number from 1 on, or a name that the constructor will ask for, as in Units = \"classes\"");
        Verify.Reports(
            Networks.Declare($"Input = {{|FN0009:{size}|}}", "Units = 3 -> Dense Output"),
            $"Input = {shown} is no size: give a whole number from 1 on, or a name that the constructor will ask for, as in Input = \"classes\"");
    }

    [TestCase("Length = {|FN0009:0|}", "Filters = 3, KernelSize = 3 -> Conv1D", "Length = 0")]
    [TestCase("Length = 9, Channels = {|FN0009:-2|}", "Filters = 3, KernelSize = 3 -> Conv1D", "Channels = -2")]
    [TestCase("Length = 9", "Filters = {|FN0009:0|}, KernelSize = 3 -> Conv1D", "Filters = 0")]
    [TestCase("Length = 9", "Vocabulary = {|FN0009:\"a b\"|}, Units = 3 -> Embedding", "Vocabulary = \"a b\"")]
    [TestCase("Length = 9", "Vocabulary = 5, Units = {|FN0009:null|} -> Embedding", "Units = null")]
    [TestCase("Length = 9", "Units = {|FN0009:1.5|} -> Lstm", "Units = 1.5")]
    [TestCase("Length = 9", "Units = 3, Steps = {|FN0009:0|} -> SequenceDecoder", "Steps = 0")]
    [TestCase("Length = 9", "Weights = {|FN0009:\"static\"|} -> Custom<Mix>", "Weights = \"static\"")]
    [TestCase("Length = {|FN0009:\"a\\u00ADb\"|}", "Units = 3 -> Lstm", "Length = \"a\u00ADb\"")]
    public void All_sizes_are_positive_constants_or_names(string network, string layer, string shown)
    {
        string name = shown.Split(' ')[0];
        Verify.Reports(
            Networks.Declare(network, layer + " Hidden", "-> Flatten Flat", "Units = 3 -> Dense Output") + CustomTests.Mix,
            $"{shown} is no size: give a whole number from 1 on, or a name that the constructor will ask for, as in {name} = \"classes\"");
    }

    [TestCase("größe")]
    [TestCase("value")]
    [TestCase("record")]
    [TestCase("उत्पादन")]
    [TestCase("Ⅷ")]
    [TestCase("field")]
    [TestCase("from")]
    [TestCase("await")]
    [TestCase("dynamic")]
    [TestCase("scoped")]
    public void Names_are_sizes_wherever_one_is_asked_for(string name)
        => Verify.Clean(
            $$"""
            [Network(Length = "{{name}}", Channels = "{{name}}2")]
            public sealed partial class Convolved
            {
                [Layer(Filters = "{{name}}3", KernelSize = 3, Stride = 2, Activation = Activation.ReLU)] public partial Conv1D First { get; }
                [Layer(Filters = "{{name}}3", KernelSize = 4, Padding = Padding.Same, Stride = 3)] public partial Conv1D Second { get; }
                [Layer(KernelSize = 2)] public partial MaxPool1D Pool { get; }
                [Layer(Units = "{{name}}4", Bidirectional = true, ReturnSequences = true)] public partial Lstm Read { get; }
                [Layer(From = new[] { nameof(Read), nameof(Pool) })] public partial Concat Both { get; }
                [Layer] public partial Flatten Flat { get; }
                [Layer(Units = "{{name}}5", Weights = "{{name}}6")] public partial Custom<Mix> Own { get; }
                [Layer(Units = 3)] public partial Dense Output { get; }
            }

            [Network(Length = "{{name}}", Loss = Loss.MeanSquaredError)]
            public sealed partial class Decoded
            {
                [Layer(Vocabulary = "{{name}}2", Units = "{{name}}3")] public partial Embedding Words { get; }
                [Layer(Units = "{{name}}4")] public partial Lstm Encoder { get; }
                [Layer(Steps = "{{name}}5", Units = "{{name}}6")] public partial SequenceDecoder Decoder { get; }
            }
            """ + CustomTests.Mix);

    [TestCase("1")]
    [TestCase("int.MaxValue")]
    [TestCase("3 * 4 + 1")]
    [TestCase("(byte)7")]
    [TestCase("7L")]
    [TestCase("\"classes\"")]
    [TestCase("nameof(System.String)")]
    [TestCase("\"größe\"")]
    [TestCase("\"var\"")]
    public void Constants_and_names_are_sizes(string size)
        => Verify.Clean(Networks.Declare("Input = 4, Loss = Loss.MeanSquaredError", $"Units = {size} -> Dense Output"));

    [Test]
    public void A_network_says_how_long_its_input_is()
    {
        const string Message = "Network 'Net' does not say how long an input sample is: give a number or a name, as in '[Network(Input = 784)]', '[Network(Input = \"features\")]' or, for series, '[Network(Length = 140, Channels = 1)]'";
        Verify.Reports(Networks.Declare("", "Units = 3 -> Dense Output").Replace("[Network()]", "[{|FN0011:Network()|}]", StringComparison.Ordinal), Message);
        Verify.Reports(Networks.Declare("", "Units = 3 -> Dense Output").Replace("[Network()]", "[{|FN0011:Network|}]", StringComparison.Ordinal), Message);
        Verify.Reports(Networks.Declare("Channels = 2", "Units = 3 -> Dense Output").Replace("Network(Channels = 2)", "{|FN0011:Network(Channels = 2)|}", StringComparison.Ordinal), Message);
        Verify.Reports(Networks.Declare("Lengths = true", "Units = 3 -> Dense Output").Replace("Network(Lengths = true)", "{|FN0011:Network(Lengths = true)|}", StringComparison.Ordinal), Message);
        Verify.Clean(Networks.Declare("Input = 784", "Units = 3 -> Dense Output"));
        Verify.Clean(Networks.Declare("Length = \"length\", Channels = \"channels\"", "Units = 3 -> Gru Output"));
        Verify.Clean(Networks.Declare("Input = \"features\"", "Units = 3 -> Dense Output"));
    }

    [TestCase("Input = 64", "128", "Dense 'Output' expects 128 inputs, but the network's input gives 64")]
    [TestCase("Input = \"features\"", "128", "Dense 'Output' expects 128 inputs, but the network's input gives features")]
    [TestCase("Input = \"features\"", "\"length\"", "Dense 'Output' expects length inputs, but the network's input gives features")]
    [TestCase("Input = 64", "\"features\"", "Dense 'Output' expects features inputs, but the network's input gives 64")]
    public void Sizes_meet_at_the_input(string network, string inputs, string message)
        => Verify.Reports(Networks.Declare(network, $"Units = 3, Inputs = {{|FN0013:{inputs}|}} -> Dense Output"), message);

    [Test]
    public void Sizes_meet_between_layers()
    {
        Verify.Reports(
            Networks.Declare("Input = 4", "Units = 64 -> Dense Hidden", "Rate = 0.5f -> Dropout Drop", "Units = 32, Inputs = {|FN0013:128|} -> Dense Second", "Units = 3, Inputs = {|FN0013:64|} -> Dense Output"),
            "Dense 'Second' expects 128 inputs, but layer 'Drop' gives 64",
            "Dense 'Output' expects 64 inputs, but layer 'Second' gives 32");
        Verify.Clean(
            Networks.Declare("Input = \"features\"", "Units = 64, Inputs = \"features\" -> Dense Hidden", "Rate = 0.5f -> Dropout Drop", "Units = \"classes\", Inputs = 64 -> Dense Output"));
    }
}
