using FastNets.Generators.Tests.Harness;
using NUnit.Framework;

namespace FastNets.Generators.Tests.Robustness;

/// <summary>Broken code again, with layers for series, sources by name and types of the program's own.</summary>
public class BrokenSeriesTests
{
    private const string Mine =
        """

        public class Mish { public static float Forward(float x) => x; public static float Derivative(float x) => 1; }
        public class Mix
        {
            public static void Forward(System.ReadOnlySpan<float> x, System.ReadOnlySpan<float> w, System.Span<float> y, int n) { }
            public static void Backward(System.ReadOnlySpan<float> dY, System.ReadOnlySpan<float> x, System.ReadOnlySpan<float> w, System.ReadOnlySpan<float> y, System.Span<float> dX, System.Span<float> dW, int n) { }
        }
        """;

    private static readonly string[] Valid =
    [
        """
        [Network(Length = "length", Channels = 2)]
        public sealed partial class Residual
        {
            [Layer(Filters = 8, KernelSize = 5, Padding = Padding.Same, Activation = Activation.ReLU)] public partial Conv1D First { get; }
            [Layer(Filters = 8, KernelSize = 3, Padding = Padding.Same)] public partial Conv1D Second { get; }
            [Layer] public partial BatchNorm Norm { get; }
            [Layer(From = new[] { nameof(First), nameof(Norm) }, Activation = Activation.ReLU)] public partial Add Sum { get; }
            [Layer(KernelSize = 2)] public partial MaxPool1D Pool { get; }
            [Layer] public partial GlobalAveragePool1D Mean { get; }
            [Layer(Units = "classes")] public partial Dense Output { get; }
        }
        """,
        """
        [Network(Length = 30, Channels = 3, Lengths = true, Loss = Loss.Focal, FocalGamma = 1.5f, LabelSmoothing = 0.1f)]
        public sealed partial class Reader
        {
            [Layer(Units = 6, Bidirectional = true, ReturnSequences = true, Truncate = 4)] public partial Lstm Read { get; }
            [Layer(Units = 5, ReturnSequences = true, Reverse = true)] public partial Gru Back { get; }
            [Layer(Units = 5, StateFrom = nameof(Back), From = nameof(Read))] public partial Rnn Last { get; }
            [Layer] public partial Custom<Mish> Curve { get; }
            [Layer(Units = 4, Weights = "weights")] public partial Custom<Mix> Own { get; }
            [Layer(Units = 3)] public partial Dense Output { get; }
        }
        """ + Mine,
        """
        [Network(Length = 20, Loss = Loss.MeanSquaredError, Reduction = Reduction.Sum)]
        public partial class Auto
        {
            [Layer(Units = 4)] public partial Lstm Encoder { get; }
            [Layer(TeacherForcing = 0.5f, Reverse = true)] public partial SequenceDecoder Decoder { get; }
        }
        [Network(Length = 20)] public partial class Words
        {
            [Layer(Vocabulary = "words", Units = 4)] public partial Embedding Table { get; }
            [Layer(KernelSize = 2, Stride = 2, PaddingLeft = 1)] public partial AveragePool1D Pool { get; }
            [Layer] public partial Flatten Flat { get; }
            [Layer(Units = 2)] public partial Dense Output { get; }
        }
        [Network(Length = 20)] public partial class Rocket
        {
            [Layer(Features = 168)] public partial MiniRocketLayer Features { get; }
            [Layer(From = LayerAttribute.NetworkInput)] public partial GlobalMaxPool1D Most { get; }
            [Layer(From = new[] { nameof(Features), nameof(Most) })] public partial Concat Both { get; }
            [Layer(Units = 2)] public partial Dense Output { get; }
        }
        """,
    ];

    [TestCase("[Network(Length]")]
    [TestCase("[Network(Length =")]
    [TestCase("[Network(Length = 3, Channels = )] partial class Net { [Layer(Units = 3)] public partial Gru Output { get; } }")]
    [TestCase("[Network(Length = )] partial class Net { [Layer(Units = 3)] public partial Gru Output { get; } }")]
    [TestCase("[Network(Length = 3, Lengths = 1)] partial class Net { [Layer(Units = 3)] public partial Gru Output { get; } }")]
    [TestCase("[Network(Length = new[] { 3 }, Channels = typeof(int))] partial class Net { [Layer(Units = 3)] public partial Gru Output { get; } }")]
    [TestCase("[Network(Length = \"a + b\")] partial class Net { [Layer(Units = 3)] public partial Gru Output { get; } }")]
    [TestCase("[Network(Length = 9)] partial class Net { [Layer(Units = 3, From] public partial Gru Output { get; } }")]
    [TestCase("[Network(Length = 9)] partial class Net { [Layer(Units = 3, From =)] public partial Gru Output { get; } }")]
    [TestCase("[Network(Length = 9)] partial class Net { [Layer(Units = 3, From = nameof())] public partial Gru Output { get; } }")]
    [TestCase("[Network(Length = 9)] partial class Net { [Layer(Units = 3, From = nameof(Missing))] public partial Gru Output { get; } }")]
    [TestCase("[Network(Length = 9)] partial class Net { [Layer(Units = 3, From = new[] { nameof(Output), Missing })] public partial Gru Output { get; } }")]
    [TestCase("[Network(Length = 9)] partial class Net { [Layer(Units = 3, From = new[] { })] public partial Gru Output { get; } }")]
    [TestCase("[Network(Length = 9)] partial class Net { [Layer(Units = 3, From = [])] public partial Gru Output { get; } }")]
    [TestCase("[Network(Length = 9)] partial class Net { [Layer(Units = 3, From = new object[] { new[] { \"a\" } })] public partial Gru Output { get; } }")]
    [TestCase("[Network(Length = 9)] partial class Net { [Layer(Units = 3, From = new object[] { null, typeof(int), 3 })] public partial Gru Output { get; } }")]
    [TestCase("[Network(Length = 9)] partial class Net { [Layer(Units = 3, From = (string[])null)] public partial Gru Output { get; } }")]
    [TestCase("[Network(Length = 9)] partial class Net { [Layer(Units = 3, From = default)] public partial Gru Output { get; } }")]
    [TestCase("[Network(Length = 9)] partial class Net { [Layer(Units = 3, From = 1)] public partial Gru A { get; } [Layer(Units = 3, From = nameof(Output))] public partial Dense Output { get; } }")]
    [TestCase("[Network(Length = 9)] partial class Net { [Layer(Units = 3, From = nameof(B))] public partial Dense A { get; } [Layer(Units = 3, From = nameof(A))] public partial Dense B { get; } }")]
    [TestCase("[Network(Length = 9)] partial class Net { [Layer(Units = 3, From = \"input\")] public partial Dense A { get; } [Layer(Units = 3, From = \"input\")] public partial Dense input { get; } }")]
    [TestCase("[Network(Length = 9)] partial class Net { [Layer(Units = 3, StateFrom = nameof(B))] public partial Gru A { get; } [Layer(Units = 3, StateFrom = nameof(A))] public partial Gru B { get; } }")]
    [TestCase("[Network(Length = 9)] partial class Net { [Layer(Units = 3, StateFrom = 3)] public partial Gru A { get; } }")]
    [TestCase("[Network(Length = 9)] partial class Net { [Layer(From = new[] { \"A\", \"A\" })] public partial Add A { get; } [Layer(From = new[] { \"A\", \"B\" })] public partial Concat B { get; } }")]
    [TestCase("[Network(Length = 9)] partial class Net { [Layer] public partial Add A { get; } [Layer] public partial Concat B { get; } }")]
    [TestCase("[Network(Length = 9)] partial class Net { [Layer] public partial Custom Output { get; } }")]
    [TestCase("[Network(Length = 9)] partial class Net { [Layer] public partial Custom< Output { get; } }")]
    [TestCase("[Network(Length = 9)] partial class Net { [Layer] public partial Custom<> Output { get; } }")]
    [TestCase("[Network(Length = 9)] partial class Net { [Layer] public partial Custom<,> Output { get; } }")]
    [TestCase("[Network(Length = 9)] partial class Net { [Layer] public partial Custom<Missing> Output { get; } }")]
    [TestCase("[Network(Length = 9)] partial class Net { [Layer] public partial Custom<Missing.More<int>> Output { get; } }")]
    [TestCase("[Network(Length = 9)] partial class Net { [Layer] public partial Custom<System.Collections.Generic.List<Missing>> Output { get; } }")]
    [TestCase("[Network(Length = 9)] partial class Net { [Layer] public partial System.Collections.Generic.List<Missing> Output { get; } }")]
    [TestCase("[Network(Length = 9)] partial class Net { [Layer] public partial Custom<Custom<int>> Output { get; } }")]
    [TestCase("[Network(Length = 9)] partial class Net { [Layer] public partial Custom<int*> Output { get; } }")]
    [TestCase("[Network(Length = 9)] partial class Net { [Layer] public partial Custom<int[,]> Output { get; } }")]
    [TestCase("[Network(Length = 9)] partial class Net { [Layer] public partial Custom<dynamic> Output { get; } }")]
    [TestCase("[Network(Length = 9)] partial class Net { [Layer] public partial Custom<void> Output { get; } }")]
    [TestCase("[Network(Length = 9)] partial class Net { [Layer] public partial Custom<System.Math> Output { get; } }")]
    [TestCase("[Network(Length = 9)] partial class Net { [Layer] public partial System.Math Output { get; } }")]
    [TestCase("[Network(Length = 9)] partial class Net { [Layer] public partial Custom<System.Span<float>> Output { get; } }")]
    [TestCase("[Network(Length = 9)] partial class Net { [Layer] public partial Custom<Net> Output { get; } }")]
    [TestCase("[Network(Length = 9)] partial class Net<T> { [Layer] public partial Custom<T> Output { get; } }")]
    [TestCase("[Network(Length = 9)] public partial class Net { [Layer] public partial Custom<Inner> Output { get; } private class Inner { } }")]
    [TestCase("[Network(Length = 9)] public partial class Net { [Layer] public partial Custom<Hidden> Output { get; } } internal class Hidden { public static float Forward(float x) => x; public static float Derivative(float x) => 1; }")]
    [TestCase("[Network(Length = 9)] public partial class Net { [Layer] public partial Custom<I> Output { get; } } public interface I { static abstract float Forward(float x); static abstract float Derivative(float x); }")]
    [TestCase("[Network(Length = 9)] public partial class Net { [Layer] public partial Custom<I> Output { get; } } public interface I { static virtual float Forward(float x) => x; static virtual float Derivative(float x) => x; }")]
    [TestCase("[Network(Length = 9)] public partial class Net { [Layer] public partial Custom<E> Output { get; } } public enum E { Forward, Derivative, Backward }")]
    [TestCase("[Network(Length = 9)] public partial class Net { [Layer] public partial Custom<C> Output { get; } } public class C { public static float Forward => 1; public static float Derivative(float x) { } public static float Forward(float) }")]
    [TestCase("[Network(Length = 9)] partial class Net { [Layer(KernelSize = int.MaxValue, Filters = -1, Stride = int.MinValue, Dilation = -1)] public partial Conv1D Output { get; } }")]
    [TestCase("[Network(Length = 9)] partial class Net { [Layer(KernelSize = 1 / 0)] public partial MaxPool1D Output { get; } }")]
    [TestCase("[Network(Length = 9)] partial class Net { [Layer(KernelSize = 3.5, Padding = \"Same\")] public partial MaxPool1D Output { get; } }")]
    [TestCase("[Network(Length = 9)] partial class Net { [Layer(Units = 3, Truncate = null)] public partial Gru Output { get; } }")]
    [TestCase("[Network(Length = 9)] partial class Net { [Layer(Units = 3)] public partial Gru? Output { get; } [Layer] public partial Custom<Net>? More { get; } }")]
    [TestCase("namespace FastNets { class LayerAttribute : System.Attribute { public object Units, From, StateFrom, KernelSize, Loss; } [Network(Length = 9)] partial class Net { [Layer(Units = new[] { 1 }, From = 3, StateFrom = new[] { 2 })] public partial Gru Output { get; } } }")]
    [TestCase("namespace FastNets { class Custom { } class Lstm<T> { } [Network(Length = 9)] partial class Net { [Layer(Units = 3)] public partial Lstm<int> Output { get; } [Layer] public partial Custom Curve { get; } } }")]
    public void Code_that_is_half_typed_is_no_failure(string source) => BrokenCode.Check(source);

    [TestCase("Length = int.MaxValue", "Filters = int.MaxValue, KernelSize = 16777216, Padding = Padding.Same -> Conv1D A", "-> Flatten B", "Units = int.MaxValue -> Dense C")]
    [TestCase("Length = int.MaxValue, Channels = int.MaxValue", "Filters = int.MaxValue, KernelSize = 16777216, PaddingLeft = 16777216, PaddingRight = 16777216 -> Conv1D A", "KernelSize = 3, Padding = Padding.Same, Stride = 2 -> MaxPool1D B", "-> GlobalMaxPool1D C")]
    [TestCase("Length = int.MaxValue", "Units = int.MaxValue, Bidirectional = true, ReturnSequences = true -> Lstm A", "From = new[] { nameof(A), LayerAttribute.NetworkInput } -> Concat B", "Units = 3 -> Gru C")]
    [TestCase("Length = \"n\", Channels = int.MaxValue", "Filters = int.MaxValue, KernelSize = 16777216, Dilation = 16777216, Stride = 7 -> Conv1D A", "Filters = 5, KernelSize = 2, Stride = 3, PaddingLeft = 16777216 -> Conv1D B", "-> Flatten C")]
    [TestCase("Length = int.MaxValue, Loss = Loss.Huber", "Units = int.MaxValue -> Lstm A", "Steps = int.MaxValue, Units = int.MaxValue -> SequenceDecoder B")]
    [TestCase("Length = int.MaxValue", "Vocabulary = int.MaxValue, Units = int.MaxValue -> Embedding A", "Weights = int.MaxValue, Units = int.MaxValue -> Custom<Mix> B")]
    [TestCase("Length = int.MaxValue", "Features = 16777216, MaxDilations = 16777216 -> MiniRocketLayer A", "Units = int.MaxValue -> Dense B")]
    public void Sizes_beyond_all_memory_compile(string network, params string[] layers)
        => Verify.Clean(Networks.Declare(network, layers) + Mine);

    [TestCase(0, 100)]
    [TestCase(100, 200)]
    [TestCase(200, 300)]
    public void Mutations_of_valid_declarations_are_no_failure(int from, int to)
    {
        for (int number = from; number < to; number++) BrokenCode.Check(BrokenCode.Mutate(Valid[number % Valid.Length], number));
    }

    [Test]
    public void The_declarations_that_are_mutated_are_valid()
    {
        foreach (string source in Valid) Verify.Clean(source);
    }
}
