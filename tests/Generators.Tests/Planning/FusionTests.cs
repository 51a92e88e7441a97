using FastNets.Generators.Planning;
using FastNets.Generators.Tests.Harness;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Generators.Tests.Planning;

/// <summary>Which operations a network becomes, read from the plan.</summary>
public class FusionTests
{
    private const string P = "global::FastNets.Kernels.Pointwise.";

    [Test]
    public void Dense_activation_and_dropout_are_one_operation()
    {
        NetworkPlan plan = Networks.Plan("Input = 4", "Units = 5, Activation = Activation.Sigmoid -> Dense Hidden", "Rate = 0.5f -> Dropout Drop", "Units = 3 -> Dense Output");
        Methods(plan.Forward).ShouldBe(["Dense", "Dense"]);
        plan.Forward[0].Function.ShouldBe(P + "Sigmoid");
        plan.Forward[0].Operands[8].Text.ShouldBe("Mask(0.5f, 1, step)");
        plan.Forward[1].Operands[8].Text.ShouldBe("NoMask");
    }

    [Test]
    public void The_gradients_of_activation_dropout_and_bias_are_one_pass()
    {
        NetworkPlan plan = Networks.Plan("Input = 4", "Units = 5, Activation = Activation.Sigmoid -> Dense Hidden", "Rate = 0.5f -> Dropout Drop", "Units = 3 -> Dense Output");
        Methods(plan.Backward).ShouldBe(["PointwiseBackward", "DenseWeightGradient", "DenseInputGradient", "PointwiseBackward", "DenseWeightGradient"]);
        Operation hidden = plan.Backward[3];
        hidden.Function.ShouldBe(P + "Sigmoid");
        hidden.Operands[3].ShouldBe(Operand.Place("Hidden.Bias.Gradient"));
        hidden.Operands[6].Text.ShouldBe("Mask(0.5f, 1, step)");
    }

    [Test]
    public void Neighbouring_functions_are_one_loop()
    {
        NetworkPlan plan = Networks.Plan(
            "Input = 4", "Rate = 0.25f -> Dropout Drop", "Activation = Activation.ReLU -> ActivationLayer A", "Activation = Activation.Linear -> ActivationLayer B", "Activation = Activation.Tanh -> ActivationLayer C", "Units = 3 -> Dense Output");
        Methods(plan.Forward).ShouldBe(["Pointwise", "Pointwise", "Dense"]);
        plan.Forward[1].Function.ShouldBe($"{P}Chain<{P}Relu, {P}Tanh>");
        Methods(plan.Infer).ShouldBe(["Pointwise", "Dense"]);
    }

    [Test]
    public void Functions_behind_a_dense_layer_go_into_its_epilogue()
    {
        NetworkPlan plan = Networks.Plan("Input = 4", "Units = 5, Activation = Activation.ReLU -> Dense Hidden", "Activation = Activation.Gelu -> ActivationLayer A", "Units = 3 -> Dense Output");
        Methods(plan.Forward).ShouldBe(["Dense", "Dense"]);
        plan.Forward[0].Function.ShouldBe($"{P}Chain<{P}Relu, {P}Gelu>");
        // Of a chain the derivative wants the input, so the product's result is kept.
        plan.Forward[0].Operands[3].Kind.ShouldBe(OperandKind.Write);
        plan.Backward[3].Operands[1].ShouldBe(plan.Forward[0].Operands[3] with { Kind = OperandKind.Read });
    }

    [Test]
    public void Only_functions_whose_derivative_wants_it_keep_their_input()
    {
        Kept("Sigmoid").ShouldBe(Operand.None);
        Kept("Gelu").Kind.ShouldBe(OperandKind.Write);

        static Operand Kept(string function)
            => Networks.Plan("Input = 4", $"Units = 5, Activation = Activation.{function} -> Dense Hidden", "Units = 3 -> Dense Output").Forward[0].Operands[3];
    }

    [Test]
    public void Batch_normalisation_before_a_dense_layer_goes_into_its_kernel_for_inference()
    {
        NetworkPlan plan = Networks.Plan("Input = 4", " -> BatchNorm Norm", "Rate = 0.5f -> Dropout Drop", "Units = 3 -> Dense Output");
        Methods(plan.Forward).ShouldBe(["BatchNorm", "Dense"]);
        Methods(plan.Fold).ShouldBe(["BatchNormAffine", "FoldBefore"]);
        Methods(plan.Infer).ShouldBe(["Dense"]);
        plan.Infer[0].Operands[1].ShouldBe(Operand.Place("Output.Kernel.Folded"));
        plan.Infer[0].Operands[8].Text.ShouldBe("NoMask");
    }

    [Test]
    public void Batch_normalisation_after_a_dense_layer_goes_into_its_kernel_for_inference()
    {
        NetworkPlan plan = Networks.Plan("Input = 4", "Units = 5, UseBias = false -> Dense Hidden", "Activation = Activation.ReLU -> BatchNorm Norm", "Units = 3 -> Dense Output");
        Methods(plan.Fold).ShouldBe(["BatchNormAffine", "FoldAfter"]);
        Methods(plan.Infer).ShouldBe(["Dense", "Dense"]);
        plan.Infer[0].Function.ShouldBe(P + "Relu");
        plan.Infer[0].Operands[2].ShouldBe(Operand.Place("Hidden.Bias.Folded"));
    }

    [Test]
    public void Batch_normalisation_on_both_sides_goes_into_one_kernel()
    {
        NetworkPlan plan = Networks.Plan("Input = 4", " -> BatchNorm Before", "Units = 5 -> Dense Hidden", " -> BatchNorm After", "Units = 3 -> Dense Output");
        Methods(plan.Fold).ShouldBe(["BatchNormAffine", "FoldBefore", "BatchNormAffine", "FoldAfter"]);
        plan.Fold[3].Operands[0].ShouldBe(Operand.Place("Hidden.Kernel.Folded"));
        Methods(plan.Infer).ShouldBe(["Dense", "Dense"]);
    }

    [Test]
    public void Batch_normalisation_behind_a_function_stays_an_affine_map()
    {
        NetworkPlan plan = Networks.Plan("Input = 4", "Units = 5, Activation = Activation.ReLU -> Dense Hidden", "Activation = Activation.Tanh -> BatchNorm Norm", "Units = 3 -> Dense Output");
        Methods(plan.Fold).ShouldBe(["BatchNormAffine"]);
        Methods(plan.Infer).ShouldBe(["Dense", "Affine", "Dense"]);
        plan.Infer[1].Function.ShouldBe(P + "Tanh");
    }

    [Test]
    public void Without_batch_normalisation_nothing_is_folded()
    {
        NetworkPlan plan = Networks.Plan("Input = 4", "Units = 3 -> Dense Output");
        plan.Fold.Count.ShouldBe(0);
        plan.Folded.Count.ShouldBe(0);
        plan.Infer[0].Operands[1].ShouldBe(Operand.Place("Output.Kernel"));
    }

    [Test]
    public void Softmax_and_cross_entropy_are_one_operation()
    {
        NetworkPlan plan = Networks.Plan("Input = 4", "Units = 3, Activation = Activation.Softmax -> Dense Output");
        Methods(plan.Forward).ShouldBe(["Dense"]);
        plan.Loss.Single().Method.ShouldBe("CrossEntropy");
        plan.Loss.Single().Operands[8].ShouldBe(Operand.Write(plan.Output));
        Methods(plan.Backward).ShouldBe(["PointwiseBackward", "DenseWeightGradient"]);
        Methods(plan.Infer).ShouldBe(["Dense", "Softmax"]);
    }

    [Test]
    public void Without_softmax_the_network_gives_the_scores()
    {
        NetworkPlan plan = Networks.Plan("Input = 4", "Units = 3 -> Dense Output");
        plan.Loss.Single().Operands[8].ShouldBe(Operand.None);
        plan.Loss.Single().Operands[0].ShouldBe(Operand.Read(plan.Output));
        Methods(plan.Infer).ShouldBe(["Dense"]);
    }

    [Test]
    public void Softmax_elsewhere_is_an_operation_of_its_own()
    {
        NetworkPlan plan = Networks.Plan("Input = 4, Loss = Loss.MeanSquaredError", "Units = 5, Activation = Activation.Softmax -> Dense Attention", "Units = 3, Activation = Activation.Softmax -> Dense Output");
        Methods(plan.Forward).ShouldBe(["Dense", "Softmax", "Dense", "Softmax"]);
        Methods(plan.Backward).ShouldBe(["SoftmaxBackward", "PointwiseBackward", "DenseWeightGradient", "DenseInputGradient", "SoftmaxBackward", "PointwiseBackward", "DenseWeightGradient"]);
        plan.Loss.Single().Method.ShouldBe("ElementLoss");
    }

    [Test]
    public void The_first_layer_that_learns_computes_no_gradient_of_its_input()
    {
        NetworkPlan dense = Networks.Plan("Input = 4", "Activation = Activation.Tanh -> ActivationLayer First", "Rate = 0.5f -> Dropout Drop", "Units = 3, UseBias = false -> Dense Output");
        Methods(dense.Backward).ShouldBe(["DenseWeightGradient"]);
        NetworkPlan norm = Networks.Plan("Input = 4", " -> BatchNorm Norm", "Units = 3, UseBias = false -> Dense Output");
        Methods(norm.Backward).ShouldBe(["DenseWeightGradient", "DenseInputGradient", "BatchNormBackward"]);
        norm.Backward[2].Operands[6].ShouldBe(Operand.None);
    }

    [Test]
    public void A_network_of_nothing_copies()
    {
        NetworkPlan plan = Networks.Plan("Input = 4, Loss = Loss.MeanSquaredError", "Rate = 0 -> Dropout Drop");
        Methods(plan.Forward).ShouldBe(["Pointwise"]);
        Methods(plan.Infer).ShouldBe(["Pointwise"]);
        plan.Backward.Count.ShouldBe(0);
    }

    private static IEnumerable<string> Methods(IEnumerable<Operation> operations) => operations.Select(o => o.Method);
}
