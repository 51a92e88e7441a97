using System.Globalization;
using FastNets.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Generators.Tests.Emission;

/// <summary>What generated text must be whatever the network: it compiles without a warning and is the same on every machine.</summary>
public class GeneratedCodeTests
{
    private const string RocketHead =
        """
        [Network(Input = "features", Loss = Loss.SoftmaxCrossEntropy)]
        public sealed partial class RocketHead
        {
            [Layer] public partial BatchNorm Norm { get; }
            [Layer(Units = 64, Activation = Activation.Sigmoid, L2 = 1e-4f)] public partial Dense Hidden { get; }
            [Layer(Units = "classes")] public partial Dense Output { get; }
        }
        """;

    private const string Everything =
        """
        namespace Mine.Nets;

        [Network(Input = 300, Loss = Loss.Huber, HuberDelta = 0.75f)]
        internal sealed partial class Everything
        {
            [Layer(Rate = 0.1f)] private partial Dropout Noise { get; }
            [Layer(Units = "width", UseBias = false, KernelInitializer = Initializer.HeNormal, L1 = 0.5e-7f)] internal partial Dense First { get; }
            [Layer(Activation = Activation.ReLU, Defaults = LayerDefaults.PyTorch)] public partial BatchNorm Norm { get; }
            [Layer(Rate = 0.25f)] public partial Dropout Drop { get; }
            [Layer(Activation = Activation.GeluTanh)] public partial ActivationLayer Curve { get; }
            [Layer(Units = 20, Inputs = "width", Activation = Activation.Softmax)] public partial Dense Attention { get; }
            [Layer(Momentum = 0.5f, Epsilon = 1e-7f)] public partial BatchNorm Last { get; }
            [Layer(Units = 2, Activation = Activation.Silu)] public partial Dense Output { get; }
        }
        """;

    private const string ResidualReader =
        """
        [Network(Length = "length", Channels = "channels", Lengths = true, LabelSmoothing = 0.1f)]
        public sealed partial class ResidualReader
        {
            [Layer(Units = 32)] public partial Dense Project { get; }
            [Layer(Units = 16, Bidirectional = true, ReturnSequences = true)] public partial Lstm Read { get; }
            [Layer(From = new[] { nameof(Project), nameof(Read) }, Activation = Activation.ReLU)] public partial Add Residual { get; }
            [Layer] public partial GlobalAveragePool1D Pool { get; }
            [Layer(Rate = 0.2f)] public partial Dropout Drop { get; }
            [Layer(Units = "classes")] public partial Dense Output { get; }
        }
        """;

    private const string Series =
        """
        namespace Mine.Nets;

        [Network(Length = "length", Channels = 2, Loss = Loss.Focal, FocalGamma = 1.5f, Reduction = Reduction.Sum, IgnoreMissing = true)]
        internal sealed partial class Series
        {
            [Layer(Filters = 8, KernelSize = 3, Dilation = 2, Padding = Padding.Causal, Activation = Activation.ReLU, L2 = 0.5e-3f)] public partial Conv1D First { get; }
            [Layer(Filters = "filters", KernelSize = 4, Stride = 2, Padding = Padding.Same, Defaults = LayerDefaults.PyTorch)] public partial Conv1D Second { get; }
            [Layer(Epsilon = 0.25e-3f)] public partial LayerNorm Norm { get; }
            [Layer] public partial Custom<Curve> Curved { get; }
            [Layer(KernelSize = 3, Stride = 1, PaddingLeft = 1, PaddingRight = 1)] public partial MaxPool1D Most { get; }
            [Layer(KernelSize = 3, Stride = 1, Padding = Padding.Same, From = nameof(Curved))] public partial AveragePool1D Mean { get; }
            [Layer(From = new[] { nameof(Most), nameof(Mean) })] public partial Concat Both { get; }
            [Layer(Units = 5, ReturnSequences = true, Stateful = true, UseBias = false)] public partial Gru Gated { get; }
            [Layer(Units = 5, ReturnSequences = true, Truncate = 7, Activation = Activation.ReLU, StateFrom = nameof(Gated))] public partial Rnn Plain { get; }
            [Layer(From = new[] { nameof(Gated), nameof(Plain) })] public partial Add Sum { get; }
            [Layer] public partial Flatten Flat { get; }
            [Layer(Units = 6, Weights = "weights")] public partial Custom<Own> Mixed { get; }
            [Layer(From = nameof(Both))] public partial GlobalMaxPool1D Top { get; }
            [Layer(From = new[] { nameof(Mixed), nameof(Top) })] public partial Concat All { get; }
            [Layer(Units = "classes", Activation = Activation.Softmax)] public partial Dense Output { get; }
        }

        internal readonly struct Curve
        {
            public static float Forward(float x) => x * x;

            public static float Derivative(float x) => 2 * x;
        }

        internal readonly struct Own
        {
            public static void Forward(System.ReadOnlySpan<float> x, System.ReadOnlySpan<float> weights, System.Span<float> y, int batch) => y.Clear();

            public static void Backward(
                System.ReadOnlySpan<float> dY, System.ReadOnlySpan<float> x, System.ReadOnlySpan<float> weights, System.ReadOnlySpan<float> y, System.Span<float> dX, System.Span<float> dWeights, int batch)
            {
                dX.Clear();
                dWeights.Clear();
            }
        }
        """;

    private const string Autoencoder =
        """
        [Network(Length = 20, Channels = "channels", Loss = Loss.Huber, HuberDelta = 0.5f, Lengths = true)]
        public sealed partial class Autoencoder
        {
            [Layer(Units = 6, Reverse = true, Defaults = LayerDefaults.PyTorch)] public partial Lstm Encoder { get; }
            [Layer(TeacherForcing = 0.25f, L1 = 0.5e-4f)] public partial SequenceDecoder Decoder { get; }
        }
        """;

    private const string Words =
        """
        [Network(Length = "length", Loss = Loss.BinaryCrossEntropy)]
        public sealed partial class Words
        {
            [Layer(Vocabulary = 100, Units = 4)] public partial Embedding Table { get; }
            [Layer] public partial GlobalAveragePool1D Mean { get; }
            [Layer(Units = 1, Activation = Activation.Sigmoid)] public partial Dense Output { get; }
        }
        """;

    private const string Rocket =
        """
        [Network(Input = "length")]
        public sealed partial class Rocket
        {
            [Layer(Features = 200)] public partial MiniRocketLayer Features { get; }
            [Layer] public partial BatchNorm Norm { get; }
            [Layer(Units = "classes")] public partial Dense Output { get; }
        }
        """;

    private const string Wrong = "[Network(Input = 4)] public sealed partial class Wrong { [Layer(Units = 0)] public partial Dense Output { get; } }";

    [TestCase(RocketHead)]
    [TestCase(Everything)]
    [TestCase(ResidualReader)]
    [TestCase(Series)]
    [TestCase(Autoencoder)]
    [TestCase(Words)]
    [TestCase(Rocket)]
    public void It_compiles_without_a_warning(string source)
        => GeneratorRun.Of(source, GeneratorRun.Options().WithGeneralDiagnosticOption(ReportDiagnostic.Error)).Diagnostics().ShouldBeEmpty();

    [TestCase(RocketHead)]
    [TestCase(Everything)]
    [TestCase(ResidualReader)]
    [TestCase(Series)]
    [TestCase(Autoencoder)]
    [TestCase(Words)]
    [TestCase(Rocket)]
    [TestCase(Wrong)]
    public void It_has_documentation_where_that_is_asked_for(string source)
    {
        // The user's own lines lack documentation here; what is generated does not.
        GeneratorRun documented = GeneratorRun.Of(source, GeneratorRun.Options().WithSpecificDiagnosticOptions([]));
        documented.Diagnostics().Where(d => d.Location.SourceTree!.FilePath != GeneratorRun.SourcePath).ShouldBeEmpty();
    }

    [Test]
    public void It_compiles_without_a_warning_where_nullable_references_are_off()
        => GeneratorRun.Of(Everything, GeneratorRun.Options().WithNullableContextOptions(NullableContextOptions.Disable)).Diagnostics().ShouldBeEmpty();

    [TestCase(RocketHead)]
    [TestCase(Everything)]
    [TestCase(ResidualReader)]
    [TestCase(Series)]
    [TestCase(Autoencoder)]
    [TestCase(Words)]
    [TestCase(Rocket)]
    public void It_is_the_same_where_numbers_are_written_with_commas(string source)
    {
        string invariant = GeneratorRun.Of(source).Text;
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = WritesCommas();
            0.5f.ToString(CultureInfo.CurrentCulture).ShouldBe("0,5");
            GeneratorRun.Of(source).Text.ShouldBe(invariant);
            Verify.Reports(
                Networks.Declare("Input = 4", "Rate = {|FN0008:1.5f|} -> Dropout Drop", "Units = 3 -> Dense Output"),
                "Rate = 1.5 is not possible: a rate is at least 0 and below 1");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [TestCase(RocketHead)]
    [TestCase(Everything)]
    [TestCase(ResidualReader)]
    [TestCase(Series)]
    [TestCase(Autoencoder)]
    [TestCase(Words)]
    [TestCase(Rocket)]
    [TestCase(Wrong)]
    public void Its_lines_are_clean(string source)
    {
        string text = GeneratorRun.Of(source.ReplaceLineEndings("\r\n")).Text;
        text.ShouldNotContain("\r");
        text.ShouldNotContain("\t");
        text.ShouldEndWith("}\n");
        text.Split('\n').ShouldAllBe(line => line == line.TrimEnd());
    }

    [Test]
    public void It_is_marked_as_generated()
    {
        string text = GeneratorRun.Of(RocketHead).Text;
        text.ShouldStartWith("// <auto-generated>");
        text.ShouldContain("[global::System.CodeDom.Compiler.GeneratedCode(\"FastNets.Generators\", ");
    }

    [TestCase(RocketHead, "RocketHead.txt")]
    [TestCase(ResidualReader, "ResidualReader.txt")]
    public void It_is_what_the_snapshot_shows(string source, string snapshot)
        => Snapshot.ShouldMatch(GeneratorRun.Of("namespace FastNets.Models;\n\n" + source).Text, Checkout.Path("tests", "Generators.Tests", "Snapshots", snapshot));

    [TestCase("Units = 5 -> Dense", "Dense: [batch, 20, 2] -> [batch, 20, 5]; 15 parameters: kernel [2, 5], bias [5].")]
    [TestCase("Units = 500, UseBias = false -> Dense", "Dense: [batch, 20, 2] -> [batch, 20, 500]; 1,000 parameters: kernel [2, 500].")]
    [TestCase("Units = \"n\" -> Dense", "Dense: [batch, 20, 2] -> [batch, 20, n]; learns kernel [2, n], bias [n].")]
    [TestCase("-> BatchNorm", "BatchNorm: [batch, 20, 2] -> [batch, 20, 2]; 4 parameters: gamma [2], beta [2].")]
    [TestCase("-> LayerNorm", "LayerNorm: [batch, 20, 2] -> [batch, 20, 2]; 4 parameters: gamma [2], beta [2].")]
    [TestCase("Rate = 0.5f -> Dropout", "Dropout: [batch, 20, 2] -> [batch, 20, 2].")]
    [TestCase("Activation = Activation.Tanh -> ActivationLayer", "ActivationLayer: [batch, 20, 2] -> [batch, 20, 2].")]
    [TestCase("Units = 3 -> Rnn", "Rnn: [batch, 20, 2] -> [batch, 3]; 18 parameters: kernel [2, 3], recurrent_kernel [3, 3], bias [3].")]
    [TestCase("Units = 3, ReturnSequences = true -> Lstm", "Lstm: [batch, 20, 2] -> [batch, 20, 3]; 72 parameters: kernel [2, 12], recurrent_kernel [3, 12], bias [12].")]
    [TestCase("Units = 3 -> Gru", "Gru: [batch, 20, 2] -> [batch, 3]; 63 parameters: kernel [2, 9], recurrent_kernel [3, 9], bias [9], recurrent_bias [9].")]
    [TestCase("Units = 1, Bidirectional = true -> Rnn", "Rnn: [batch, 20, 2] -> [batch, 2]; 8 parameters: kernel [2, 1], recurrent_kernel [1, 1], bias [1], backward_kernel [2, 1], backward_recurrent_kernel [1, 1], backward_bias [1].")]
    [TestCase("Filters = 4, KernelSize = 3 -> Conv1D", "Conv1D: [batch, 20, 2] -> [batch, 18, 4]; 28 parameters: kernel [3, 2, 4], bias [4].")]
    [TestCase("KernelSize = 3 -> MaxPool1D", "MaxPool1D: [batch, 20, 2] -> [batch, 6, 2].")]
    [TestCase("KernelSize = 3, Padding = Padding.Same -> AveragePool1D", "AveragePool1D: [batch, 20, 2] -> [batch, 7, 2].")]
    [TestCase("-> GlobalMaxPool1D", "GlobalMaxPool1D: [batch, 20, 2] -> [batch, 2].")]
    [TestCase("-> GlobalAveragePool1D", "GlobalAveragePool1D: [batch, 20, 2] -> [batch, 2].")]
    [TestCase("-> Flatten", "Flatten: [batch, 20, 2] -> [batch, 40].")]
    [TestCase("From = new[] { \"input\", \"input\" } -> Add", "Add: [batch, 20, 2] and [batch, 20, 2] -> [batch, 20, 2].")]
    [TestCase("From = new[] { \"input\", \"input\" } -> Concat", "Concat: [batch, 20, 2] and [batch, 20, 2] -> [batch, 20, 4].")]
    [TestCase("-> Custom<Square>", "Custom: [batch, 20, 2] -> [batch, 20, 2].")]
    [TestCase("Units = 7, Weights = 1234 -> Custom<Mix>", "Custom: [batch, 20, 2] -> [batch, 7]; 1,234 parameters: weights [1234].")]
    public void A_layers_documentation_says_its_kind_shapes_and_parameters(string layer, string summary)
        => Summaries("Length = 20, Channels = 2", layer + " Hidden", "-> Flatten Flat", "Units = 3 -> Dense Output").ShouldContain(summary);

    [Test]
    public void The_documentation_of_what_takes_the_input_or_a_state()
    {
        Summaries("Length = \"n\"", "Vocabulary = 9, Units = 4 -> Embedding Table", "Units = 2 -> Lstm Encoder", "Steps = 5, Units = 3 -> SequenceDecoder Decoder").ShouldBe([
            "Embedding: [batch, n, 1] -> [batch, n, 4]; 36 parameters: table [9, 4].",
            "Lstm: [batch, n, 4] -> [batch, 2]; 56 parameters: kernel [4, 8], recurrent_kernel [2, 8], bias [8].",
            "SequenceDecoder: [batch, 2] -> [batch, 5, 3]; 57 parameters: kernel [3, 8], recurrent_kernel [2, 8], bias [8], output_kernel [2, 3], output_bias [3].",
        ]);
        Summaries("Length = 150", "Features = 200 -> MiniRocketLayer Features", "Units = 2 -> Dense Output").ShouldBe([
            "MiniRocketLayer: [batch, 150, 1] -> [batch, 168].",
            "Dense: [batch, 168] -> [batch, 2]; 338 parameters: kernel [168, 2], bias [2].",
        ]);
    }

    [Test]
    public void Where_the_declaration_is_wrong_the_rest_of_the_program_still_finds_the_network()
        => Verify.Reports(
            """
            [Network(Input = "features")]
            public sealed partial class Net
            {
                [Layer(Units = {|FN0009:0|})] public partial Dense Hidden { get; }
                [Layer(Units = "classes")] public partial Dense Output { get; }
            }

            public static class Program
            {
                public static float Run(float[] x, int[] labels)
                {
                    using var net = new Net(features: 4, classes: 3, seed: 42, maxBatch: 32);
                    return net.TrainStep(x, labels, new FastNets.Training.Optimizers.Adam()).Loss + net.Hidden.Kernel.Values[0];
                }
            }
            """,
            "Units = 0 is no size: give a whole number from 1 on, or a name that the constructor will ask for, as in Units = \"classes\"");

    // What an editor shows over the layers' names.
    private static IEnumerable<string> Summaries(string network, params string[] layers)
    {
        string[] lines = GeneratorRun.Of(Networks.Declare(network, layers) + Diagnostics.CustomTests.Square + Diagnostics.CustomTests.Mix).Text.Split('\n');
        const string Start = "/// <summary>";
        return lines.Where((line, i) => line.Contains(Start, StringComparison.Ordinal) && lines[i + 1].Contains(" partial ", StringComparison.Ordinal))
            .Select(line => line.Trim()[Start.Length..^"</summary>".Length].Replace("&gt;", ">", StringComparison.Ordinal));
    }

    // By hand, because the tests run without the cultures' data.
    private static CultureInfo WritesCommas()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.NegativeSign = "−";
        return culture;
    }
}
