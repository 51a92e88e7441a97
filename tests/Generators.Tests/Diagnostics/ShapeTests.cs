using FastNets.Generators.Tests.Harness;
using NUnit.Framework;

namespace FastNets.Generators.Tests.Diagnostics;

/// <summary>FN0018, FN0019, FN0020, FN0023, FN0024, FN0025: what a layer is given.</summary>
public class ShapeTests
{
    private const string Series = "Length = 140, Channels = 2";

    [TestCase("Units = 8", "Rnn")]
    [TestCase("Units = 8", "Lstm")]
    [TestCase("Units = 8", "Gru")]
    [TestCase("Filters = 8, KernelSize = 3", "Conv1D")]
    [TestCase("KernelSize = 2", "MaxPool1D")]
    [TestCase("KernelSize = 2", "AveragePool1D")]
    [TestCase("", "GlobalMaxPool1D")]
    [TestCase("", "GlobalAveragePool1D")]
    public void Some_kinds_work_on_sequences(string settings, string kind)
    {
        Verify.Reports(
            Networks.Declare("Input = 16", $"{settings} -> {kind} Hidden", "-> Flatten Flat", "Units = 3 -> Dense Output").Replace($"Layer({settings})] public partial {kind}", $"{{|FN0018:Layer({settings})|}}] public partial {kind}", StringComparison.Ordinal),
            $"{kind} 'Hidden' works on sequences, but the network's input gives a vector [16]; declare the input as a sequence, as in '[Network(Length = 140, Channels = 1)]'");
        string comma = settings.Length > 0 ? ", " : "";
        Verify.Reports(
            Networks.Declare(Series, "Units = \"units\" -> Lstm First", $"{settings}{comma}From = {{|FN0018:nameof(First)|}} -> {kind} Hidden", "-> Flatten Flat", "Units = 3 -> Dense Output"),
            $"{kind} 'Hidden' works on sequences, but layer 'First' gives a vector [units]; set 'ReturnSequences = true' on 'First'");
        Verify.Reports(
            Networks.Declare(Series, "-> Flatten First", $"{settings}{comma}From = {{|FN0018:nameof(First)|}} -> {kind} Hidden", "-> Flatten Flat", "Units = 3 -> Dense Output"),
            $"{kind} 'Hidden' works on sequences, but layer 'First' gives a vector [280]; name a layer that gives a sequence by From");
        Verify.Clean(Networks.Declare(Series, "Units = 4, ReturnSequences = true -> Lstm First", $"{settings} -> {kind} Hidden", "-> Flatten Flat", "Units = 3 -> Dense Output"));
    }

    [Test]
    public void Some_kinds_take_one_number_a_step()
    {
        Verify.Reports(
            Networks.Declare(Series, "Vocabulary = 9, Units = 4, From = {|FN0018:LayerAttribute.NetworkInput|} -> Embedding Words", "Units = 3 -> Dense Output"),
            "Embedding 'Words' takes one whole number a step, but the network's input gives a sequence [140, 2]; leave out Channels");
        Verify.Reports(
            Networks.Declare(Series, "From = {|FN0018:LayerAttribute.NetworkInput|} -> MiniRocketLayer Features", "Units = 3 -> Dense Output"),
            "MiniRocketLayer 'Features' takes series of one channel, but the network's input gives a sequence [140, 2]; leave out Channels");
        Verify.Clean(Networks.Declare("Length = 140", "From = LayerAttribute.NetworkInput -> MiniRocketLayer Features", "Units = 3 -> Dense Output"));
    }

    [Test]
    public void A_decoder_wants_something_to_be_like()
    {
        Verify.Reports(
            Networks.Declare("Input = 12, Loss = Loss.MeanSquaredError", "Vocabulary = 9, Units = 4 -> Embedding Words", "Units = 6 -> Lstm Encoder", "Units = 2, From = {|FN0018:nameof(Encoder)|} -> SequenceDecoder Decoder"),
            "SequenceDecoder 'Decoder' makes a sequence like the network's input, but that gives a vector [12]; give Steps and Units, or declare the input as a sequence");
        Verify.Clean(Networks.Declare("Input = 12, Loss = Loss.MeanSquaredError", "Vocabulary = 9, Units = 4 -> Embedding Words", "Units = 6 -> Lstm Encoder", "Units = 2, Steps = \"steps\" -> SequenceDecoder Decoder"));
    }

    [TestCase("Filters = 8, KernelSize = 3", "Filters = 4, KernelSize = 3", "a sequence [138, 8]", "a sequence [138, 4]", "bring one to the size of the other, as by a Dense layer")]
    [TestCase("Filters = 8, KernelSize = 3", "Filters = 8, KernelSize = 4", "a sequence [138, 8]", "a sequence [137, 8]", "padding (Padding.Same), the same strides or global pooling make them alike")]
    [TestCase("Filters = 8, KernelSize = 3", "Filters = \"f\", KernelSize = 3", "a sequence [138, 8]", "a sequence [138, f]", "bring one to the size of the other, as by a Dense layer")]
    public void What_is_added_has_one_shape(string a, string b, string shapeA, string shapeB, string remedy)
    {
        Verify.Reports(
            Networks.Declare(Series, $"{a} -> Conv1D A", $"{b}, From = LayerAttribute.NetworkInput -> Conv1D B", "From = new[] { nameof(A), nameof(A), {|FN0019:nameof(B)|} } -> Add Sum", "-> GlobalMaxPool1D Pool", "Units = 3 -> Dense Output"),
            $"Add 'Sum' needs inputs of the same shape, but layer 'A' gives {shapeA} and layer 'B' gives {shapeB}; {remedy}");
        Verify.Clean(Networks.Declare(Series, $"{a} -> Conv1D A", $"{a}, From = LayerAttribute.NetworkInput -> Conv1D B", "From = new[] { nameof(A), nameof(B) } -> Add Sum", "-> GlobalMaxPool1D Pool", "Units = 3 -> Dense Output"));
    }

    [Test]
    public void What_stands_side_by_side_has_as_many_steps()
    {
        const string Remedy = "padding (Padding.Same), the same strides or global pooling make them alike";
        Verify.Reports(
            Networks.Declare("Length = \"n\"", "Filters = 8, KernelSize = 3 -> Conv1D A", "From = new[] { LayerAttribute.NetworkInput, {|FN0019:nameof(A)|} } -> Concat Both", "-> GlobalMaxPool1D Pool", "Units = 3 -> Dense Output"),
            $"Concat 'Both' needs inputs of as many steps, but the network's input gives a sequence [n, 1] and layer 'A' gives a sequence [n - 2, 8]; {Remedy}");
        Verify.Reports(
            Networks.Declare(Series, "-> GlobalMaxPool1D A", "From = new[] { nameof(A), {|FN0019:LayerAttribute.NetworkInput|} } -> Concat Both", "-> GlobalMaxPool1D Pool", "Units = 3 -> Dense Output"),
            $"Concat 'Both' needs inputs of as many steps, but layer 'A' gives a vector [2] and the network's input gives a sequence [140, 2]; {Remedy}");
        Verify.Clean(Networks.Declare("Length = \"n\"", "Filters = 8, KernelSize = 3, Padding = Padding.Same -> Conv1D A", "From = new[] { LayerAttribute.NetworkInput, nameof(A) } -> Concat Both", "-> GlobalMaxPool1D Pool", "Units = 3 -> Dense Output"));
    }

    [TestCase("Filters = 8, KernelSize = {|FN0020:9|}", "Conv1D", "9 steps at a time, but the network's input gives 8; use a smaller KernelSize, or padding")]
    [TestCase("Filters = 8, KernelSize = {|FN0020:3|}, Dilation = 4", "Conv1D", "9 steps (KernelSize = 3, Dilation = 4) at a time, but the network's input gives 8; use a smaller KernelSize or Dilation, or padding")]
    [TestCase("Filters = 8, KernelSize = {|FN0020:13|}, PaddingLeft = 3, PaddingRight = 1", "Conv1D", "13 steps at a time, but the network's input gives 8, 12 with padding; use a smaller KernelSize, or padding")]
    [TestCase("KernelSize = {|FN0020:9|}", "MaxPool1D", "9 steps at a time, but the network's input gives 8; use a smaller KernelSize, or padding")]
    [TestCase("KernelSize = {|FN0020:10|}, PaddingRight = 1", "AveragePool1D", "10 steps at a time, but the network's input gives 8, 9 with padding; use a smaller KernelSize, or padding")]
    public void A_window_is_no_longer_than_the_series(string settings, string kind, string message)
    {
        string source = Networks.Declare("Length = 8", $"{settings} -> {kind} First", "-> GlobalMaxPool1D Pool", "Units = 3 -> Dense Output");
        Verify.Reports(source, $"{kind} 'First' looks at {message}");
        string clean = Markup.Parse(source, out _);
        Verify.Clean(clean.Replace("Length = 8", "Length = 9", StringComparison.Ordinal));
        Verify.Clean(clean.Replace("Length = 8", "Length = \"n\"", StringComparison.Ordinal));
    }

    [Test]
    public void A_window_behind_a_layer_is_compared_with_what_that_gives()
        => Verify.Reports(
            Networks.Declare("Length = 8", "KernelSize = 3 -> MaxPool1D First", "Filters = 4, KernelSize = {|FN0020:3|} -> Conv1D Second", "-> GlobalMaxPool1D Pool", "Units = 3 -> Dense Output"),
            "Conv1D 'Second' looks at 3 steps at a time, but layer 'First' gives 2; use a smaller KernelSize, or padding");

    [Test]
    public void MiniRockets_kernels_look_at_nine_steps()
    {
        Verify.Reports(
            Networks.Declare("Length = 8", "Features = 84 -> MiniRocketLayer First", "Units = 3 -> Dense Output").Replace("Layer(Features = 84)", "{|FN0020:Layer(Features = 84)|}", StringComparison.Ordinal),
            "MiniRocketLayer 'First' looks at 9 steps at a time, but the network's input gives 8; it works on series of 9 steps or more");
        Verify.Clean(Networks.Declare("Length = 9", "Features = 84 -> MiniRocketLayer First", "Units = 3 -> Dense Output"));
    }

    [TestCase("Units = 6, ReturnSequences = true -> Gru Encoder", "layer 'Encoder' is a Gru")]
    [TestCase("Units = 6, ReturnSequences = true -> Rnn Encoder", "layer 'Encoder' is an Rnn")]
    [TestCase("Units = 6 -> Dense Encoder", "layer 'Encoder' is a Dense")]
    [TestCase("Units = 6, Bidirectional = true -> Lstm Encoder", "layer 'Encoder' is bidirectional")]
    public void A_decoder_needs_an_encoder(string encoder, string message)
    {
        Verify.Reports(
            Networks.Declare(Series + ", Loss = Loss.MeanSquaredError", encoder, "From = {|FN0023:nameof(Encoder)|} -> SequenceDecoder Decoder"),
            $"SequenceDecoder 'Decoder' starts with the final state of an Lstm that is not bidirectional, but {message}; put such an Lstm before it, or name it by From");
        Verify.Clean(Networks.Declare(Series + ", Loss = Loss.MeanSquaredError", "Units = 6 -> Lstm Encoder", "From = nameof(Encoder) -> SequenceDecoder Decoder"));
        Verify.Clean(Networks.Declare(Series + ", Loss = Loss.MeanSquaredError", "Units = 6, ReturnSequences = true -> Lstm Encoder", "-> SequenceDecoder Decoder"));
    }

    [Test]
    public void The_networks_input_is_no_encoder()
        => Verify.Reports(
            Networks.Declare(Series + ", Loss = Loss.MeanSquaredError", "Reverse = true -> SequenceDecoder Decoder").Replace("Layer(Reverse = true)", "{|FN0023:Layer(Reverse = true)|}", StringComparison.Ordinal),
            "SequenceDecoder 'Decoder' starts with the final state of an Lstm that is not bidirectional, but its input is the network's; put such an Lstm before it, or name it by From");

    [TestCase("Units = 8 -> Dense A", "Gru", "that is a Dense, and only Rnn, Lstm and Gru have a state")]
    [TestCase("Units = 8, ReturnSequences = true, Bidirectional = true -> Gru A", "Gru", "that is bidirectional and has a state for each direction")]
    [TestCase("Units = 16, ReturnSequences = true -> Gru A", "Gru", "that has 16 units, and this one has 8")]
    [TestCase("Units = \"n\", ReturnSequences = true -> Lstm A", "Lstm", "that has n units, and this one has 8")]
    [TestCase("Units = 8, ReturnSequences = true -> Gru A", "Lstm", "that is a Gru, and an Lstm needs a cell's state too, which only an Lstm has")]
    [TestCase("Units = 8, ReturnSequences = true -> Rnn A", "Lstm", "that is an Rnn, and an Lstm needs a cell's state too, which only an Lstm has")]
    public void A_state_fits(string source, string kind, string message)
        => Verify.Reports(
            Networks.Declare(Series, source, $"Units = 8, StateFrom = {{|FN0024:nameof(A)|}} -> {kind} B", "Units = 3 -> Dense Output"),
            $"{kind} 'B' cannot start with the state of 'A': {message}");

    [TestCase("Lstm", "Lstm")]
    [TestCase("Lstm", "Gru")]
    [TestCase("Rnn", "Gru")]
    [TestCase("Gru", "Rnn")]
    public void States_that_fit(string a, string b)
        => Verify.Clean(Networks.Declare(Series, $"Units = 8, ReturnSequences = true -> {a} A", $"Units = 8, StateFrom = nameof(A) -> {b} B", "Units = 3 -> Dense Output"));

    [TestCase("Filters = 8, KernelSize = 3 -> Conv1D")]
    [TestCase("KernelSize = 3 -> MaxPool1D")]
    [TestCase("KernelSize = 3 -> AveragePool1D")]
    [TestCase("Defaults = LayerDefaults.Keras -> BatchNorm")]
    [TestCase("From = LayerAttribute.NetworkInput -> Flatten")]
    [TestCase("Features = 84 -> MiniRocketLayer")]
    [TestCase("Units = 5 -> Custom<Mix>")]
    public void What_does_not_know_lengths_would_count_padding(string layer)
    {
        string kind = layer.Split("-> ")[1].Split('<')[0];
        string settings = layer.Split(" ->")[0];
        string pool = kind is "Conv1D" or "MaxPool1D" or "AveragePool1D" or "BatchNorm" ? "-> GlobalMaxPool1D Pool" : "Rate = 0.5f -> Dropout Drop";
        string source = Networks.Declare("Length = 140, Lengths = true", layer + " First", pool, "Units = 3 -> Dense Output") + CustomTests.Mix;
        string message = $"{kind} 'First' would count the padding of shorter series, because it does not know their lengths; use recurrent or global pooling layers instead, or leave out Lengths";
        if (settings.StartsWith("From", StringComparison.Ordinal)) Verify.Reports(source.Replace("LayerAttribute.NetworkInput", "{|FN0025:LayerAttribute.NetworkInput|}", StringComparison.Ordinal), message);
        else Verify.Reports(source.Replace($"Layer({settings})", $"{{|FN0025:Layer({settings})|}}", StringComparison.Ordinal), message);
        Verify.Clean(source.Replace(", Lengths = true", "", StringComparison.Ordinal));
    }

    [Test]
    public void What_knows_lengths_or_looks_at_one_step_does_no_harm()
        => Verify.Clean(
            Networks.Declare("Length = 140, Channels = 2, Lengths = true", "Units = 8, Activation = Activation.ReLU -> Dense Each", "-> LayerNorm Norm", "-> Custom<Square> Curve", "Units = 8, ReturnSequences = true, Bidirectional = true -> Lstm Read", "Rate = 0.1f -> Dropout Drop", "From = new[] { nameof(Each), nameof(Drop) } -> Concat Both", "-> GlobalAveragePool1D Pool", "-> BatchNorm Last", "Units = 3 -> Dense Output")
            + CustomTests.Square);
}
