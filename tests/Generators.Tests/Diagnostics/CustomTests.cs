using FastNets.Generators.Tests.Harness;
using NUnit.Framework;

namespace FastNets.Generators.Tests.Diagnostics;

/// <summary>FN0027: what a type must have to be a layer.</summary>
public class CustomTests
{
    /// <summary>A function of one number.</summary>
    public const string Square = "\npublic readonly struct Square { public static float Forward(float x) => x * x; public static float Derivative(float x) => 2 * x; }\n";

    /// <summary>A layer on spans.</summary>
    public const string Mix = $"\npublic sealed class Mix {{ {Layer} }}\n";

    private const string ForwardOfLayer = "public static void Forward(System.ReadOnlySpan<float> x, System.ReadOnlySpan<float> weights, System.Span<float> y, int batch) { }";
    private const string BackwardOfLayer =
        "public static void Backward(System.ReadOnlySpan<float> dY, System.ReadOnlySpan<float> x, System.ReadOnlySpan<float> weights, System.ReadOnlySpan<float> y, System.Span<float> dX, System.Span<float> dWeights, int batch) { }";

    private const string Layer = ForwardOfLayer + " " + BackwardOfLayer;
    private const string Function = "public static float Forward(float x) => x; public static float Derivative(float x) => 1;";

    private const string Neither = "it has neither 'static float Forward(float)' nor 'static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> weights, Span<float> y, int batch)'";
    private const string NoDerivative = "it has Forward but no backward: add 'static float Derivative(float)', the derivative by the input";
    private const string NoBackward =
        "it has Forward but no backward: add 'static void Backward(ReadOnlySpan<float> dY, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> y, Span<float> dX, Span<float> dWeights, int batch)'";

    [TestCase("", Neither)]
    [TestCase("public float Forward(float x) => x; public float Derivative(float x) => 1;", Neither)]
    [TestCase("private static float Forward(float x) => x; public static float Derivative(float x) => 1;", Neither)]
    [TestCase("public static double Forward(double x) => x; public static double Derivative(double x) => 1;", Neither)]
    [TestCase("public static T Forward<T>(T x) => x; public static T Derivative<T>(T x) => x;", Neither)]
    [TestCase("public static float Forward(in float x) => x; public static float Derivative(float x) => 1;", Neither)]
    [TestCase("public static float Forward(float x) => x;", NoDerivative)]
    [TestCase("public static float Forward(float x) => x; static float Derivative(float x) => 1;", NoDerivative)]
    [TestCase("public static float Forward(float x) => x; " + BackwardOfLayer, NoDerivative)]
    [TestCase(ForwardOfLayer, NoBackward)]
    [TestCase(ForwardOfLayer + " public static float Derivative(float x) => 1;", NoBackward)]
    [TestCase(ForwardOfLayer + " " + Function, "it has Forward both for one number and for spans; leave one of them out")]
    public void A_type_has_both_halves(string members, string message)
        => Verify.Reports(Declare("Mine", $"public sealed class Mine {{ {members} }}"), $"'Mine' cannot be a layer: {message}");

    [TestCase(Function)]
    [TestCase(Layer)]
    [TestCase("internal static float Forward(float x) => x; internal static float Derivative(float x) => 1;")]
    [TestCase(Function + " public static double Forward(double x) => x;")]
    [TestCase(Function + " public static System.Runtime.Intrinsics.Vector256<float> Forward(System.Runtime.Intrinsics.Vector256<float> x) => x;")]
    [TestCase(Function + " public static System.Runtime.Intrinsics.Vector256<float> Forward(System.Runtime.Intrinsics.Vector256<float> x) => x; public static System.Runtime.Intrinsics.Vector256<float> Derivative(System.Runtime.Intrinsics.Vector256<float> x) => x;")]
    public void A_type_with_both_halves_is_a_layer(string members)
    {
        foreach (string declaration in new[] { "public sealed class", "public readonly struct", "public interface", "public sealed record" })
            Verify.Clean(Declare("Mine", $"{declaration} Mine {{ {members} }}", marked: false));
    }

    [TestCase("Mine<int>", "public sealed class Mine<T> { MEMBERS }", "Mine<int>", "it has type parameters; leave them out")]
    [TestCase("Outer<int>.Mine", "public sealed class Outer<T> { public sealed class Mine { MEMBERS } }", "Outer<int>.Mine", "'Outer' around it has type parameters; leave them out")]
    [TestCase("int", "", "int", Neither)]
    [TestCase("float[]", "", "float[]", Neither)]
    [TestCase("(int A, int B)", "", "(int A, int B)", "it has type parameters; leave them out")]
    public void Generated_code_must_be_able_to_name_the_type(string type, string declaration, string shown, string message)
        => Verify.Reports(Declare(type, declaration.Replace("MEMBERS", Function, StringComparison.Ordinal)), $"'{shown}' cannot be a layer: {message}");

    [Test]
    public void A_private_type_within_the_network_is_out_of_reach()
        => Verify.Reports(
            $$"""
            [Network(Input = 4)]
            public sealed partial class Net
            {
                [Layer] private partial Custom<Mine> {|FN0027:Curve|} { get; }
                [Layer(Units = 3)] public partial Dense Output { get; }

                private sealed class Mine { {{Function}} }
            }
            """,
            "'Net.Mine' cannot be a layer: it cannot be seen by generated code; make it internal or public");

    [Test]
    public void A_type_is_as_accessible_as_the_property()
    {
        string source = $"internal sealed class Mine {{ {Function} }}\n";
        Verify.Reports(
            Networks.Declare("Input = 4", "-> Custom<Mine> {|CS0053,CS9248,FN0027:Curve|}", "Units = 3 -> Dense Output") + source,
            "'Mine' cannot be a layer: it is less accessible than the property; make it public, or the property internal");
        Verify.Clean(Networks.Declare("Input = 4", "-> Custom<Mine> Curve", "Units = 3 -> Dense Output").Replace("public partial Custom", "internal partial Custom", StringComparison.Ordinal) + source);
        Verify.Clean(Networks.Declare("Input = 4", "-> Custom<Mine> Curve", "Units = 3 -> Dense Output").Replace("public sealed", "internal sealed", StringComparison.Ordinal) + source);
    }

    [Test]
    public void A_type_within_the_network_or_another_type_is_fine()
        => Verify.Clean(
            $$"""
            [Network(Input = 4)]
            public sealed partial class Net
            {
                [Layer] internal partial Custom<Mine> Curve { get; }
                [Layer] public partial Custom<Outer.Inner.@class> Other { get; }
                [Layer(Units = 3)] public partial Dense Output { get; }

                internal sealed class Mine { {{Function}} }
            }

            public static class Outer { public static class Inner { public struct @class { {{Layer}} } } }
            """);

    [TestCase("public static class", "CS0718", "C# allows no static class as a type argument; leave out 'static'")]
    [TestCase("public ref struct", "CS9244", "C# allows no ref struct as a type argument; leave out 'ref'")]
    [TestCase("file sealed class", "CS9051", "it is local to its file; leave out 'file'")]
    public void Some_types_are_no_type_arguments(string declaration, string compiler, string message)
    {
        GeneratorRun run = GeneratorRun.Of(Markup.Parse(Declare("Mine", $"{declaration} Mine {{ {Function} }}"), out _));
        Assert.That(run.AnalyzerDiagnostics().Select(d => d.GetMessage()), Is.EqualTo(new[] { $"'Mine' cannot be a layer: {message}" }));
        // What the compiler says it says of the user's own half only.
        Assert.That(run.Compilation.GetDiagnostics().Where(d => !d.IsSuppressed && d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error).Select(d => (d.Id, d.Location.SourceTree!.FilePath)).Distinct(),
            Is.SubsetOf(new[] { (compiler, GeneratorRun.SourcePath), ("CS9248", GeneratorRun.SourcePath), ("CS0053", GeneratorRun.SourcePath) }));
    }

    [Test]
    public void A_function_has_no_size_and_no_weights()
    {
        Verify.Reports(
            Networks.Declare("Input = 4", "{|FN0006:Units|} = 5, {|FN0006:Weights|} = 2 -> Custom<Square> Curve", "Units = 3 -> Dense Output") + Square,
            "A Custom layer that is a function of one number takes no setting 'Units'; it takes From",
            "A Custom layer that is a function of one number takes no setting 'Weights'; it takes From");
        Verify.Clean(Networks.Declare("Input = 4", "Units = 5, Weights = 2 -> Custom<Mix> Curve", "Units = 3 -> Dense Output") + Mix);
    }

    [TestCase("_CurveAdapter", "_curveLayer")]
    [TestCase("_curveAdapter", "_CurveAdapter2")]
    [TestCase("Adapter", "_curve")]
    public void Members_named_like_what_is_generated_keep_their_names(string a, string b)
        => Verify.Clean(
            $$"""
            [Network(Input = "curveAdapter")]
            public sealed partial class Net
            {
                [Layer] public partial Custom<Square> Curve { get; }
                [Layer] public partial Custom<Mix> curveAdapter_ { get; }
                [Layer(Units = 3)] public partial Dense Output { get; }

                public int {{a}}() => {{b}}.X;

                private static class {{b}} { public const int X = 1; }
            }
            """ + Square + Mix);

    [Test]
    public void A_function_called_sigmoid_is_not_taken_for_the_engines()
    {
        string text = Verify.Clean(Networks.Declare("Input = 4, Loss = Loss.BinaryCrossEntropy", "Units = 3 -> Dense Hidden", "-> Custom<Square> Sigmoid") + Square).Text;
        Assert.That(text, Does.Not.Contain("Pointwise.Sigmoid"));
    }

    private static string Declare(string type, string declaration, bool marked = true)
        => Networks.Declare("Input = 4", $"-> Custom<{type}> {(marked ? "{|FN0027:Curve|}" : "Curve")}", "Units = 3 -> Dense Output") + "\n" + declaration + "\n";
}
