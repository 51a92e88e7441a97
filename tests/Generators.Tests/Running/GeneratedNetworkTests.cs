using FastNets.Generators.Tests.Harness;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Generators.Tests.Running;

/// <summary>What a generated constructor asks for.</summary>
public sealed class GeneratedNetworkTests
{
    [Test]
    public void Sizes_are_asked_for_by_name_and_checked()
    {
        using var program = new LoadedProgram(Verify.Clean(Networks.Declare("Input = \"features\"", "Units = \"classes\" -> Dense Output")));
        using Network net = program.New("Net", 7, 3, 1UL, 4);
        net.InputLength.ShouldBe(7);
        net.OutputLength.ShouldBe(3);
        net.MaxBatch.ShouldBe(4);
        net.Layers.Single().Name.ShouldBe("Output");
        net.Parameters.Select(p => p.ToString()).ShouldBe(["Output.kernel [7, 3]", "Output.bias [3]"]);
        Exception? inner = Should.Throw<System.Reflection.TargetInvocationException>(() => program.New("Net", 7, 0, 1UL, 4)).InnerException;
        inner.ShouldBeOfType<ArgumentOutOfRangeException>().ParamName.ShouldBe("classes");
    }
}
