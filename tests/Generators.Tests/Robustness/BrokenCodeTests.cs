using FastNets.Generators.Tests.Harness;
using NUnit.Framework;

namespace FastNets.Generators.Tests.Robustness;

/// <summary>Code is broken most of the time while it is typed. Generator and analyzer never fail on it.</summary>
public class BrokenCodeTests
{
    private static readonly string[] Valid =
    [
        """
        namespace A.B;
        [Network(Input = "features", Loss = Loss.SoftmaxCrossEntropy)]
        public sealed partial class RocketHead
        {
            [Layer] public partial BatchNorm Norm { get; }
            [Layer(Units = 64, Activation = Activation.Sigmoid, L2 = 1e-4f)] public partial Dense Hidden { get; }
            [Layer(Rate = 0.5f)] public partial Dropout Drop { get; }
            [Layer(Units = "classes")] public partial Dense Output { get; }
        }
        """,
        """
        using F = FastNets;
        namespace Nested
        {
            partial class Outer { [F.Network(Input = 3)] partial class Inner<T> { [F.Layer(Units = 2)] partial F.Dense X { get; set; } } }
            [Network(Input = 10, Loss = Loss.Huber, HuberDelta = 0.5f)]
            internal partial class Net
            {
                private const int Size = 4;
                [Layer(Units = Size, Inputs = 10, UseBias = false)] internal partial Dense Hidden { get; }
                [Layer(Activation = Activation.Gelu)] private partial ActivationLayer Curve { get; }
                [Layer(Units = 1)] public partial Dense Output { get; }
            }
        }
        """,
        """
        [Network(Input = 5)] public partial class First { [Layer(Units = 5, Activation = Activation.Softmax)] public partial Dense Output { get; } }
        [Network(Input = "n")] public partial class Second { [Layer(Units = "n", Inputs = "n")] public partial Dense Output { get; } public void Step(float x) { } }
        public partial class Second { public int More => 3; }
        """,
    ];

    [TestCase("")]
    [TestCase("[")]
    [TestCase("[Network")]
    [TestCase("[Network]")]
    [TestCase("[Network] class")]
    [TestCase("[Network] partial class")]
    [TestCase("[Network] partial class {")]
    [TestCase("[Network] partial class Net")]
    [TestCase("[Network(] partial class Net { }")]
    [TestCase("[Network(Input] partial class Net { }")]
    [TestCase("[Network(Input =)] partial class Net { }")]
    [TestCase("[Network(Input = )] partial class Net { [Layer(Units = 3)] public partial Dense Output { get; } }")]
    [TestCase("[Network(Input = \"a)] partial class Net { }")]
    [TestCase("[Network(Input: 3)] partial class Net { [Layer(Units: 3)] public partial Dense Output { get; } }")]
    [TestCase("[Network(3)] partial class Net { [Layer(3)] public partial Dense Output { get; } }")]
    [TestCase("[Network(Input = new object[] { null })] partial class Net { }")]
    [TestCase("[Network(Input = default)] partial class Net { [Layer(Units = default)] public partial Dense Output { get; } }")]
    [TestCase("[Network(Input = typeof(Missing))] partial class Net { [Layer(Units = typeof(void))] public partial Dense Output { get; } }")]
    [TestCase("[Network(Input = nameof(Missing))] partial class Net { }")]
    [TestCase("[Network(Input = 1 / 0)] partial class Net { }")]
    [TestCase("[Network(Input = int.MaxValue + 1)] partial class Net { }")]
    [TestCase("[Network(Loss = (Loss)(-1))] partial class Net { [Layer(Units = 3)] public partial Dense Output { get; } }")]
    [TestCase("[Network(Loss = null)] partial class Net { [Layer(Units = 3)] public partial Dense Output { get; } }")]
    [TestCase("[Network(Input = 3), Network, Network(Input = 4)] partial class Net { [Layer, Layer(Units = 3)] public partial Dense Output { get; } }")]
    [TestCase("[Network(Input = 3, Input = 4, Input)] partial class Net { [Layer(Units = 3, Units, Units = 3)] public partial Dense Output { get; } }")]
    [TestCase("[Network(Input = 3)] partial class Net { [Layer }")]
    [TestCase("[Network(Input = 3)] partial class Net { [Layer] }")]
    [TestCase("[Network(Input = 3)] partial class Net { [Layer] public }")]
    [TestCase("[Network(Input = 3)] partial class Net { [Layer] public partial }")]
    [TestCase("[Network(Input = 3)] partial class Net { [Layer] public partial Dense }")]
    [TestCase("[Network(Input = 3)] partial class Net { [Layer] public partial Dense Output }")]
    [TestCase("[Network(Input = 3)] partial class Net { [Layer] public partial Dense Output { }")]
    [TestCase("[Network(Input = 3)] partial class Net { [Layer] public partial Dense Output { get }")]
    [TestCase("[Network(Input = 3)] partial class Net { [Layer(Units = 3)] public partial Dense Output { get; } = null!; }")]
    [TestCase("[Network(Input = 3)] partial class Net { [Layer(Units = 3)] public partial Dense Output { get; get; set; } }")]
    [TestCase("[Network(Input = 3)] partial class Net { [Layer(Units = 3)] public partial Dense Output => this[0]; [Layer(Units = 3)] public partial Dense this[int i] { get; } }")]
    [TestCase("[Network(Input = 3)] partial class Net { [Layer(Units = 3)] public partial Dense Output(int x); }")]
    [TestCase("[Network(Input = 3)] partial class Net { [Layer(Units = 3)] public partial ref readonly Dense Output { get; } }")]
    [TestCase("[Network(Input = 3)] partial class Net { [Layer(Units = 3)] public partial Dense* Output { get; } }")]
    [TestCase("[Network(Input = 3)] partial class Net { [Layer(Units = 3)] public partial Dense[] Output { get; } }")]
    [TestCase("[Network(Input = 3)] partial class Net { [Layer(Units = 3)] public partial dynamic Output { get; } }")]
    [TestCase("[Network(Input = 3)] partial class Net { [Layer(Units = 3)] public partial void Output { get; } }")]
    [TestCase("[Network(Input = 3)] partial class Net { [Layer(Units = 3)] public partial delegate*<int, void> Output { get; } }")]
    [TestCase("[Network(Input = 3)] partial class Net { [Layer(Units = 3)] public partial Net.Dense Output { get; } }")]
    [TestCase("[Network(Input = 3)] partial class Net { [Layer(Units = 3)] Dense IThing.Output { get; } }")]
    [TestCase("[Network(Input = 3)] partial class Net<T, T> where T : Net<T> { [Layer(Units = 3)] public partial T Output { get; } }")]
    [TestCase("[Network(Input = 3)] partial class Net : Net { [Layer(Units = 3)] public partial Dense Output { get; } }")]
    [TestCase("[Network(Input = 3)] partial class Net : Other; [Network(Input = 3)] partial class Other : Net;")]
    [TestCase("[Network(Input = 3)] partial class Net; [Network(Input = 3)] partial class Net; [Network(Input = 3)] class Net;")]
    [TestCase("namespace Net { [Network(Input = 3)] partial class A; } [Network(Input = 3)] partial class Net { [Network(Input = 3)] partial class A; }")]
    [TestCase("[Network(Input = 3)] partial struct Net; [Network(Input = 3)] partial interface I; [Network] enum E; [Network] delegate void D();")]
    [TestCase("[Network(Input = 3)] partial record Net(int X); [Network(Input = 3)] partial record struct R;")]
    [TestCase("[Network(Input = 3)] partial class Network { [Layer(Units = 3)] public partial Dense Output { get; } }")]
    [TestCase("[Network(Input = 3)] partial class Net { [Layer(Units = 3)] public partial Dense Net { get; } }")]
    [TestCase("[assembly: Network] [module: Layer] [Network(Input = 3)] extern partial class Net { }")]
    [TestCase("class Layer : System.Attribute; [Network(Input = 3)] partial class Net { [Layer] public partial Dense Output { get; } }")]
    [TestCase("namespace FastNets { class NetworkAttribute : System.Attribute; [Network] partial class Net; }")]
    [TestCase("#if\n[Network(Input = 3)] partial class Net {\n#region\n#pragma warning disable\n[Layer(Units = 3)] public partial Dense Output { get; }")]
    [TestCase("[Network(Input = 3)] partial class \\u004eet { [Layer(Units = \"\\u0061\")] public partial Dense \\u0041 { get; } }")]
    public void Code_that_is_half_typed_is_no_failure(string source) => BrokenCode.Check(source);

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
        foreach (string source in (string[])[Valid[0], Valid[2]]) Verify.Clean(source);
    }
}
