using FastNets.Generators.Planning;
using FastNets.Generators.Tests.Harness;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Generators.Tests.Planning;

/// <summary>Which biases the backward pass computes a gradient for.</summary>
public class BiasGradientTests
{
    [TestCase("Units = 5 -> Dense Hidden; -> BatchNorm Norm;Units = 3 -> Dense Output", false)]
    [TestCase("Units = 5, Activation = Activation.ReLU -> Dense Hidden; -> BatchNorm Norm;Units = 3 -> Dense Output", true)]
    [TestCase("Units = 5 -> Dense Hidden;Rate = 0.5f -> Dropout Drop; -> BatchNorm Norm;Units = 3 -> Dense Output", true)]
    [TestCase("Units = 5 -> Dense Hidden; -> LayerNorm Norm;Units = 3 -> Dense Output", true)]
    public void None_right_before_a_batch_normalisation(string layers, bool computed)
    {
        NetworkPlan plan = Networks.Plan("Input = 4", layers.Split(';'));
        plan.Backward.Any(o => o.Operands.Contains(Operand.Place("Hidden.Bias.Gradient"))).ShouldBe(computed);
        plan.Backward.Any(o => o.Operands.Contains(Operand.Place("Hidden.Kernel.Gradient"))).ShouldBeTrue();
        plan.Backward.Any(o => o.Operands.Contains(Operand.Place("Output.Bias.Gradient"))).ShouldBeTrue();
    }
}
