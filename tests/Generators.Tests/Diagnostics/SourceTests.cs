using FastNets.Generators.Tests.Harness;
using NUnit.Framework;

namespace FastNets.Generators.Tests.Diagnostics;

/// <summary>FN0016, FN0017, FN0021, FN0022: where a layer's input comes from.</summary>
public class SourceTests
{
    private const string Vector = "Input = 16";
    private const string Series = "Length = 140, Channels = 2";
    private const string BeforeSecond = "before it come the network's input (LayerAttribute.NetworkInput) and the layers First";

    [TestCase("From = {|FN0016:\"Frist\"|}", "'Frist', which is no layer of the network; " + BeforeSecond)]
    [TestCase("From = {|FN0016:\"\"|}", "'', which is no layer of the network; " + BeforeSecond)]
    [TestCase("From = {|FN0016:nameof(Second)|}", "'Second', which is the layer itself; " + BeforeSecond)]
    [TestCase("From = {|FN0016:nameof(Output)|}", "'Output', which is declared after it; " + BeforeSecond)]
    [TestCase("From = new[] { nameof(First), {|FN0016:nameof(Output)|} }", "'Output', which is declared after it; " + BeforeSecond)]
    [TestCase("From = new object[] { {|FN0016:\"first\"|}, nameof(First) }", "'first', which is no layer of the network; " + BeforeSecond)]
    public void A_layer_takes_its_input_from_layers_before_it(string from, string message)
        => Verify.Reports(Networks.Declare(Vector, "Units = 8 -> Dense First", $"Units = 8, {from} -> Dense Second", "Units = 3 -> Dense Output"), $"Layer 'Second' cannot take its input from {message}");

    [Test]
    public void The_first_layer_takes_the_networks_input()
    {
        Verify.Reports(
            Networks.Declare(Vector, "Units = 8, From = {|FN0016:nameof(Output)|} -> Dense First", "Units = 3 -> Dense Output"),
            "Layer 'First' cannot take its input from 'Output', which is declared after it; before it comes only the network's input (LayerAttribute.NetworkInput)");
        Verify.Clean(Networks.Declare(Vector, "Units = 8, From = LayerAttribute.NetworkInput -> Dense First", "Units = 3 -> Dense Output"));
    }

    [TestCase("{|FN0016:nameof(Output)|}", "'Output', which is declared after it; the recurrent layers before it are First")]
    [TestCase("{|FN0016:\"Frist\"|}", "'Frist', which is no layer of the network; the recurrent layers before it are First")]
    [TestCase("{|FN0016:nameof(Second)|}", "'Second', which is the layer itself; the recurrent layers before it are First")]
    public void A_state_comes_from_a_layer_before(string from, string message)
        => Verify.Reports(
            Networks.Declare(Series, "Units = 8, ReturnSequences = true -> Gru First", $"Units = 8, StateFrom = {from} -> Gru Second", "Units = 3 -> Dense Output"),
            $"Layer 'Second' cannot take its state from {message}");

    [Test]
    public void A_state_that_is_misspelt_is_no_reason_to_call_its_layer_unused()
    {
        Verify.Reports(
            Networks.Declare(Series, "Units = 8 -> Gru First", "Units = 8, From = LayerAttribute.NetworkInput, StateFrom = {|FN0016:\"Frist\"|} -> Gru Second", "Units = 3 -> Dense Output"),
            "Layer 'Second' cannot take its state from 'Frist', which is no layer of the network; the recurrent layers before it are First");
        Verify.Clean(Networks.Declare(Series, "Units = 8 -> Gru First", "Units = 8, From = LayerAttribute.NetworkInput, StateFrom = nameof(First) -> Gru Second", "Units = 3 -> Dense Output"));
        Verify.Reports(
            Networks.Declare(Series, "Units = 8, StateFrom = {|FN0016:\"None\"|} -> Gru First", "Units = 3 -> Dense Output"),
            "Layer 'First' cannot take its state from 'None', which is no layer of the network; there is no recurrent layer before it");
    }

    [TestCase("{|FN0008:3|}", "3")]
    [TestCase("{|FN0008:1.5|}", "1.5")]
    [TestCase("{|FN0008:true|}", "true")]
    [TestCase("{|FN0008:typeof(Dense)|}", "typeof(FastNets.Dense)")]
    [TestCase("{|FN0008:Activation.ReLU|}", "FastNets.Activation.ReLU")]
    [TestCase("{|FN0008:new string[0]|}", "{}")]
    [TestCase("{|FN0008:new[] { nameof(First), null }|}", "{\"First\", null}")]
    [TestCase("{|FN0008:new object[] { nameof(First), 2 }|}", "{\"First\", 2}")]
    public void Sources_are_names(string from, string shown)
        => Verify.Reports(
            Networks.Declare(Vector, "Units = 8 -> Dense First", $"Units = 3, From = {from} -> Dense Output"),
            $"From = {shown} is not possible: give the name of a layer, as in 'From = nameof(Hidden)', or an array of names");

    [Test]
    public void No_source_is_the_layer_before()
        => Verify.Clean(Networks.Declare(Vector, "Units = 8 -> Dense First", "Units = 3, From = null -> Dense Output"));

    [Test]
    public void Most_kinds_take_one_input()
    {
        Verify.Reports(
            Networks.Declare(Vector, "Units = 8 -> Dense A", "Units = 8 -> Dense B", "Units = 3, From = {|FN0017:new[] { nameof(A), nameof(B), nameof(A) }|} -> Dense Output"),
            "Dense 'Output' takes its input from one layer, but 3 are named; put them together with an Add or a Concat layer");
        Verify.Clean(Networks.Declare(Vector, "Units = 8 -> Dense A", "Units = 8 -> Dense B", "From = new[] { nameof(A), nameof(B), nameof(A) } -> Concat All", "Units = 3 -> Dense Output"));
        Verify.Clean(Networks.Declare(Vector, "Units = 8 -> Dense A", "Units = 3, From = new[] { nameof(A) } -> Dense Output"));
    }

    [TestCase("Add")]
    [TestCase("Concat")]
    public void What_puts_inputs_together_takes_several(string kind)
    {
        const string Rule = "name them as in 'From = new[] { nameof(A), nameof(B) }'";
        Verify.Reports(
            Networks.Declare(Vector, "Units = 8 -> Dense A", $"From = {{|FN0017:nameof(A)|}} -> {kind} Both", "Units = 3 -> Dense Output"),
            $"{kind} 'Both' takes its input from two layers or more, but 1 is named; {Rule}");
        Verify.Reports(
            Networks.Declare(Vector, "Units = 8 -> Dense A", $"-> {kind} Both", "Units = 3 -> Dense Output").Replace($"Layer()] public partial {kind}", $"{{|FN0017:Layer()|}}] public partial {kind}", StringComparison.Ordinal),
            $"{kind} 'Both' takes its input from two layers or more, but none is named; {Rule}");
        Verify.Clean(Networks.Declare(Vector, "Units = 16 -> Dense A", $"From = new[] {{ nameof(A), LayerAttribute.NetworkInput }} -> {kind} Both", "Units = 3 -> Dense Output"));
    }

    [Test]
    public void Outputs_are_used()
    {
        Verify.Reports(
            Networks.Declare(Vector, "Units = 8 -> Dense {|FN0021:A|}", "Units = 8, From = LayerAttribute.NetworkInput -> Dense {|FN0021:B|}", "Units = 3, From = LayerAttribute.NetworkInput -> Dense Output"),
            "The output of layer 'A' goes nowhere: let a layer behind it take it by 'From = nameof(A)', or remove it",
            "The output of layer 'B' goes nowhere: let a layer behind it take it by 'From = nameof(B)', or remove it");
        Verify.Clean(Networks.Declare(Vector, "Units = 3, From = LayerAttribute.NetworkInput -> Dense Output"));
    }

    [Test]
    public void An_embedding_takes_the_networks_input_and_nobody_else_does()
    {
        Verify.Reports(
            Networks.Declare("Length = 50", "Units = 4 -> Dense Hidden", "Vocabulary = 100, Units = 8, From = {|FN0022:nameof(Hidden)|} -> Embedding Words", "Units = 8 -> Gru Reader", "Units = 3 -> Dense Output"),
            "Embedding 'Words' cannot take its input from layer 'Hidden': it takes whole numbers, which only the network's input gives");
        const string Taken = "the Embedding 'Words' makes that whole numbers, which no other kind of layer takes";
        Verify.Reports(
            Networks.Declare("Length = 50", "Vocabulary = 100, Units = 8 -> Embedding Words", "Units = 8, From = {|FN0022:LayerAttribute.NetworkInput|} -> Dense Raw", "From = new[] { nameof(Words), nameof(Raw) } -> Add Sum", "-> GlobalMaxPool1D Pool", "Units = 3 -> Dense Output"),
            $"Dense 'Raw' cannot take its input from the network's input: {Taken}");
        Verify.Reports(
            Networks.Declare("Length = 50", "Vocabulary = 100, Units = 1 -> Embedding Words", "From = new[] { nameof(Words), {|FN0022:LayerAttribute.NetworkInput|} } -> Concat Both", "-> GlobalMaxPool1D Pool", "Units = 3 -> Dense Output"),
            $"Concat 'Both' cannot take its input from the network's input: {Taken}");
        Verify.Clean(Networks.Declare("Length = 50", "Vocabulary = 100, Units = 8 -> Embedding Words", "Vocabulary = 100, Units = 8, From = LayerAttribute.NetworkInput -> Embedding Others", "From = new[] { nameof(Words), nameof(Others) } -> Add Sum", "Units = 8 -> Gru Reader", "Units = 3 -> Dense Output"));
        Verify.Clean(Networks.Declare("Input = 50", "Vocabulary = \"vocabulary\", Units = 8 -> Embedding Words", "Units = 8 -> Gru Reader", "Units = 3 -> Dense Output"));
    }

    [Test]
    public void MiniRocket_takes_the_networks_input()
    {
        Verify.Reports(
            Networks.Declare("Length = 50", "Units = 1 -> Dense Hidden", "From = {|FN0022:nameof(Hidden)|} -> MiniRocketLayer Features", "Units = 3 -> Dense Output"),
            "MiniRocketLayer 'Features' cannot take its input from layer 'Hidden': its features have no gradient, so that layer could not learn; let it take the network's input");
        Verify.Clean(Networks.Declare("Length = 50", "Features = 84 -> MiniRocketLayer Features", "Units = 3 -> Dense Output"));
    }
}
