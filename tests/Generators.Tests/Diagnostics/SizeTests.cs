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
        const string Message = "Network 'Net' does not say how long an input sample is: give a number or a name, as in '[Network(Input = 784)]' or '[Network(Input = \"features\")]'";
        Verify.Reports(Networks.Declare("", "Units = 3 -> Dense Output").Replace("[Network()]", "[{|FN0011:Network()|}]", StringComparison.Ordinal), Message);
        Verify.Reports(Networks.Declare("", "Units = 3 -> Dense Output").Replace("[Network()]", "[{|FN0011:Network|}]", StringComparison.Ordinal), Message);
        Verify.Clean(Networks.Declare("Input = 784", "Units = 3 -> Dense Output"));
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
