using FastNets.Generators.Tests.Harness;
using NUnit.Framework;

namespace FastNets.Generators.Tests.Diagnostics;

/// <summary>FN0004, FN0005, FN0014: what a layer's property must be.</summary>
public class LayerTests
{
    private const string Kinds = "which is no kind of layer; the kinds are Dense, BatchNorm, LayerNorm, Dropout, ActivationLayer, Rnn, Lstm, Gru, SequenceDecoder, Conv1D, MaxPool1D, AveragePool1D, GlobalMaxPool1D, GlobalAveragePool1D, Flatten, Embedding, Add, Concat, MiniRocketLayer, Custom";

    [TestCase("public partial Dense {|FN0004:Output|} { get; set; }")]
    [TestCase("public partial Dense {|FN0004:Output|} { get; private init; }")]
    [TestCase("public static partial Dense {|FN0004:Output|} { get; }")]
    [TestCase("public virtual partial Dense {|FN0004:Output|} { get; }")]
    [TestCase("public partial Dense? {|FN0004:Output|} { get; }")]
    [TestCase("public Dense {|FN0004:Output|} => null!;")]
    [TestCase("public Dense {|FN0004:Output|} { get; }")]
    [TestCase("public partial ref readonly Dense {|FN0004:Output|} { get; }")]
    public void A_layer_is_a_partial_property_that_is_only_read(string property)
        => Verify.Reports(
            $$"""
            [Network(Input = 4)]
            public partial class Net
            {
                [Layer(Units = 3)] {{property}}
            }
            """,
            "Layer 'Output' must be an instance property of the form 'public partial Dense Output { get; }'");

    [TestCase("public partial Custom<Square>? {|FN0004:Curve|} { get; }")]
    [TestCase("public partial Custom<Square> {|FN0004:Curve|} { get; set; }")]
    [TestCase("public Custom<Square> {|FN0004:Curve|} { get; } = null!;")]
    public void The_message_shows_the_type_with_its_argument(string property)
        => Verify.Reports(
            $$"""
            [Network(Input = 4)]
            public partial class Net
            {
                [Layer] {{property}}
                [Layer(Units = 3)] public partial Dense Output { get; }
            }
            """ + CustomTests.Square,
            "Layer 'Curve' must be an instance property of the form 'public partial Custom<Square> Curve { get; }'");

    [Test]
    public void The_argument_of_a_custom_layer_is_not_nullable()
        => Verify.Reports(
            Networks.Declare("Input = 4", "-> Custom<Mix?> {|FN0004:Curve|}", "Units = 3 -> Dense Output") + CustomTests.Mix,
            "Layer 'Curve' must be an instance property of the form 'public partial Custom<Mix> Curve { get; }'");

    [TestCase("public partial")]
    [TestCase("internal partial")]
    [TestCase("private protected partial")]
    [TestCase("private partial")]
    [TestCase("partial")]
    [TestCase("public unsafe partial")]
    public void A_layer_may_have_any_access(string modifiers)
        => new LoadedProgram(GeneratorRun.Of(
            GeneratorRun.Compile($"[Network(Input = 4)] public partial class Net {{ [Layer(Units = 3)] {modifiers} Dense Output {{ get; }} }}", GeneratorRun.Options().WithAllowUnsafe(true)))).Dispose();

    [TestCase("string", "string")]
    [TestCase("int", "int")]
    [TestCase("Layer", "Layer")]
    [TestCase("Parameter", "Parameter")]
    [TestCase("System.Collections.Generic.List<Dense>", "List<Dense>")]
    [TestCase("Dense[]", "Dense[]")]
    [TestCase("(Dense A, Dense B)", "(Dense A, Dense B)")]
    public void The_type_must_be_a_kind_of_layer(string type, string shown)
        => Verify.Reports(
            $$"""
            [Network(Input = 4)]
            public sealed partial class Net
            {
                [Layer(Units = 3)] public partial {{type}} {|FN0005:Output|} { get; }
            }
            """,
            $"Layer 'Output' has the type '{shown}', {Kinds}");

    [Test]
    public void A_kind_is_known_by_more_than_its_name()
        => Verify.Reports(
            """
            namespace Mine
            {
                public sealed class Dense;

                [Network(Input = 4)]
                public sealed partial class Net
                {
                    [Layer(Units = 3)] public partial Dense {|FN0005:Output|} { get; }
                }
            }
            """,
            $"Layer 'Output' has the type 'Dense', {Kinds}");

    [Test]
    public void A_kind_may_go_by_another_name()
        => Verify.Clean(
            """
            using Full = FastNets.Dense;

            [Network(Input = 4)]
            public sealed partial class Net
            {
                [Layer(Units = 3)] public partial Full Output { get; }
            }
            """);

    [Test]
    public void A_misspelt_kind_is_told_the_kinds()
        => Verify.Reports(
            """
            [Network(Input = 4)]
            public sealed partial class Net
            {
                [Layer(Units = 3)] public partial {|CS0246:Desne|} {|CS9248,FN0005:Output|} { get; }
            }
            """,
            $"Layer 'Output' has the type 'Desne', {Kinds}");

    [Test]
    public void A_layer_belongs_to_a_network()
    {
        Verify.Reports(
            """
            public sealed partial class Net
            {
                [Layer(Units = 3)] public partial Dense {|CS9248,FN0014:Output|} { get; }
            }
            """,
            "Property 'Output' is marked as a layer, but class 'Net' is not marked with [Network]");
        Verify.Clean(Networks.Declare("Input = 4", "Units = 3 -> Dense Output"));
    }
}
