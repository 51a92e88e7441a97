using FastNets.Generators.Tests.Harness;
using NUnit.Framework;

namespace FastNets.Generators.Tests.Diagnostics;

/// <summary>FN0026: settings that exclude each other.</summary>
public class ConflictTests
{
    private const string Window = "say the padding by its kind or by its numbers";
    private const string OnePlace = "the initial state can come from one place only";

    [TestCase("Input = 4, {|FN0026:Length|} = 5", "Length and Input exclude each other: a sample is a vector (Input) or a sequence (Length and Channels)")]
    [TestCase("{|FN0026:Length|} = 5, Channels = 3, Input = 4", "Length and Input exclude each other: a sample is a vector (Input) or a sequence (Length and Channels)")]
    [TestCase("Input = 4, {|FN0026:Channels|} = 5", "Channels and Input exclude each other: only a sequence has channels; give its Length instead of Input")]
    [TestCase("Input = 4, {|FN0026:Lengths|} = true", "Lengths and Input exclude each other: only sequences have lengths; declare the input as one, as in 'Length = 140, Channels = 1'")]
    public void A_sample_is_a_vector_or_a_sequence(string network, string message)
    {
        Verify.Reports(Networks.Declare(network, "Units = 3 -> Dense Output"), message);
        Verify.Clean(Networks.Declare("Length = 5, Channels = 3, Lengths = true", "Units = 3 -> Gru Output"));
        Verify.Clean(Networks.Declare("Input = 4, Lengths = false", "Units = 3 -> Dense Output"));
    }

    [TestCase("Filters = 3, KernelSize = 3, {|FN0026:Padding|} = Padding.Same, PaddingLeft = 1 -> Conv1D", "Padding and PaddingLeft exclude each other: " + Window)]
    [TestCase("Filters = 3, KernelSize = 3, PaddingRight = 0, {|FN0026:Padding|} = Padding.Valid -> Conv1D", "Padding and PaddingRight exclude each other: " + Window)]
    [TestCase("KernelSize = 3, {|FN0026:Padding|} = Padding.Same, PaddingLeft = 1, PaddingRight = 1 -> MaxPool1D", "Padding and PaddingLeft exclude each other: " + Window)]
    [TestCase("Units = 3, Bidirectional = true, {|FN0026:Reverse|} = true -> Lstm", "Reverse and Bidirectional exclude each other: a bidirectional layer goes both ways already")]
    [TestCase("Units = 3, Bidirectional = true, {|FN0026:Stateful|} = true -> Gru", "Stateful and Bidirectional exclude each other: the state of the way back comes from the end of the series, which the next window does not have")]
    [TestCase("Units = 3, Bidirectional = true, {|FN0026:StateFrom|} = nameof(First) -> Rnn", "StateFrom and Bidirectional exclude each other: " + OnePlace)]
    [TestCase("Units = 3, Stateful = true, {|FN0026:StateFrom|} = nameof(First) -> Gru", "StateFrom and Stateful exclude each other: " + OnePlace)]
    public void A_layer_is_told_one_thing(string layer, string message)
        => Verify.Reports(Networks.Declare("Length = 20", "Units = 3, ReturnSequences = true -> Gru First", layer + " Hidden", "-> Flatten Flat", "Units = 3 -> Dense Output"), message);

    [TestCase("Filters = 3, KernelSize = 3, PaddingLeft = 1, PaddingRight = 1 -> Conv1D")]
    [TestCase("Units = 3, Bidirectional = true, Reverse = false, Stateful = false -> Lstm")]
    [TestCase("Units = 3, Bidirectional = false, Reverse = true, Stateful = true -> Lstm")]
    [TestCase("Units = 3, StateFrom = nameof(First) -> Gru")]
    [TestCase("Units = 3, StateFrom = null, Stateful = true -> Gru")]
    public void What_is_switched_off_excludes_nothing(string layer)
        => Verify.Clean(Networks.Declare("Length = 20", "Units = 3, ReturnSequences = true -> Gru First", layer + " Hidden", "-> Flatten Flat", "Units = 3 -> Dense Output"));
}
