using FastNets.Generators.Planning;
using FastNets.Generators.Tests.Harness;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Generators.Tests.Planning;

/// <summary>Which operations networks of sequences become, read from the plan.</summary>
public class SequenceFusionTests
{
    private const string P = "global::FastNets.Kernels.Pointwise.";

    private static readonly string[] Stack = ["Units = 8, ReturnSequences = true -> Lstm A", "Units = 6 -> Lstm B", "Units = 3 -> Dense Output"];

    [Test]
    public void The_input_products_of_all_steps_are_one_product()
    {
        NetworkPlan plan = Networks.Plan("Length = 10, Channels = 2", Stack);
        Methods(plan.Forward).ShouldBe(["SwapAxes", "Dense", "LstmForward", "Dense", "LstmForward", "Dense"]);
        plan.Forward[1].Operands[5].ShouldBe(Operand.Rows(Model.Size.Of(10)));
    }

    [Test]
    public void Each_recurrent_weight_has_one_gradient_product_behind_the_scan()
    {
        NetworkPlan plan = Networks.Plan("Length = 10, Channels = 2", Stack);
        Methods(plan.Backward).ShouldBe([
            "PointwiseBackward", "DenseWeightGradient", "DenseInputGradient",
            "LstmBackward", "DenseWeightGradient", "DenseWeightGradient", "PointwiseBackward", "DenseInputGradient",
            "LstmBackward", "DenseWeightGradient", "DenseWeightGradient", "PointwiseBackward"]);
    }

    [Test]
    public void A_stack_swaps_its_input_once_and_its_output_once()
    {
        NetworkPlan plan = Networks.Plan("Length = 10, Channels = 2", "Units = 8, ReturnSequences = true -> Gru A", "Units = 6, ReturnSequences = true -> Gru B", "Units = 3 -> Dense Output");
        Methods(plan.Forward).ShouldBe(["SwapAxes", "Dense", "GruForward", "Dense", "GruForward", "Dense", "SwapAxes"]);
        Methods(plan.Infer).ShouldBe(Methods(plan.Forward));
        plan.Backward.Count(o => o.Method == "SwapAxes").ShouldBe(1);
    }

    [Test]
    public void All_who_want_the_other_order_share_one_swap()
    {
        NetworkPlan plan = Networks.Plan(
            "Length = 10, Channels = 2", "Units = 8 -> Gru A", "From = \"input\", Units = 8 -> Rnn B", "From = new[] { \"A\", \"B\" } -> Add Sum", "Units = 3 -> Dense Output");
        plan.Forward.Count(o => o.Method == "SwapAxes").ShouldBe(1);
    }

    [Test]
    public void A_residual_sum_and_its_function_are_one_operation()
    {
        NetworkPlan plan = Networks.Plan("Input = 4, Loss = Loss.MeanSquaredError", "Units = 4 -> Dense A", "From = new[] { \"A\", \"input\" }, Activation = Activation.ReLU -> Add Sum");
        Methods(plan.Forward).ShouldBe(["Dense", "Add"]);
        plan.Forward[1].Function.ShouldBe(P + "Relu");
    }

    [Test]
    public void A_function_whose_derivative_wants_the_sum_is_a_pass_of_its_own()
    {
        NetworkPlan plan = Networks.Plan("Input = 4, Loss = Loss.MeanSquaredError", "Units = 4 -> Dense A", "From = new[] { \"A\", \"input\" }, Activation = Activation.Gelu -> Add Sum");
        Methods(plan.Forward).ShouldBe(["Dense", "Add", "Pointwise"]);
    }

    [Test]
    public void Batch_normalisation_behind_a_convolution_goes_into_its_kernel_for_inference()
    {
        NetworkPlan plan = Networks.Plan("Length = 10, Channels = 2", "Filters = 4, KernelSize = 3 -> Conv1D A", "Activation = Activation.ReLU -> BatchNorm Norm", " -> GlobalMaxPool1D Pool", "Units = 3 -> Dense Output");
        Methods(plan.Fold).ShouldBe(["BatchNormAffine", "FoldAfter"]);
        Methods(plan.Infer).ShouldBe(["Conv1D", "GlobalMaxPool1D", "Dense"]);
        plan.Infer[0].Function.ShouldBe(P + "Relu");
    }

    [TestCase(" -> BatchNorm Norm; -> Flatten Flat;Units = 3 -> Dense Output")]
    [TestCase("Units = 3 -> Dense Hidden; -> Flatten Flat; -> BatchNorm Norm;Units = 3, Activation = Activation.Tanh -> Dense Hidden2;Units = 3 -> Dense Output")]
    public void Batch_normalisation_does_not_go_through_a_flatten(string layers)
    {
        NetworkPlan plan = Networks.Plan("Length = 10, Channels = 2", layers.Split(';'));
        plan.Fold.Where(o => o.Method is "FoldBefore" or "FoldAfter").ShouldAllBe(o => o.Operands[2].Text != "Norm.Scale" || o.Operands[0].Text.StartsWith("Hidden2", StringComparison.Ordinal));
    }

    [Test]
    public void Softmax_of_each_step_is_not_that_of_a_flattened_sample()
    {
        NetworkPlan plan = Networks.Plan("Length = 10, Channels = 2", "Units = 3, Activation = Activation.Softmax -> Dense A", " -> Flatten Flat");
        plan.Forward.Select(o => o.Method).ShouldContain("Softmax");
        Methods(plan.Infer).ShouldBe(Methods(plan.Forward));
    }

    [Test]
    public void The_gradients_of_two_users_are_added_up()
    {
        NetworkPlan plan = Networks.Plan(
            "Input = 4, Loss = Loss.MeanSquaredError", "Units = 4 -> Dense A", "Units = 4 -> Dense B", "From = \"A\", Units = 4 -> Dense C", "From = new[] { \"B\", \"C\" } -> Concat Both");
        Operation[] shares = [.. plan.Backward.Where(o => o.Method == "DenseInputGradient")];
        shares.Length.ShouldBe(2);
        shares[1].Operands[2].ShouldBe(shares[0].Operands[2]);
        shares[0].Operands[6].ShouldBe(Operand.Of(false));
        shares[1].Operands[6].ShouldBe(Operand.Of(true));
    }

    [Test]
    public void A_decoders_kernel_is_folded_ahead_of_inference()
    {
        NetworkPlan plan = Networks.Plan("Length = 10, Channels = 2, Loss = Loss.MeanSquaredError", "Units = 4 -> Lstm Encoder", " -> SequenceDecoder Decoder");
        Methods(plan.Fold).ShouldBe(["Dense", "Add", "Dense"]);
        Methods(plan.Infer).ShouldBe(["SwapAxes", "Dense", "LstmForward", "BroadcastRow", "LstmForward", "Dense", "SwapAxes"]);
        plan.Infer[4].Operands[1].ShouldBe(Operand.Place("Decoder.RecurrentKernel.Folded"));
    }

    [Test]
    public void A_carried_states_place_is_named_after_the_layer_whatever_the_others_are_called()
    {
        string source = Networks.Declare(
            "Length = 10, Channels = 2", "Units = 3 -> Dense A", "Activation = Activation.Tanh -> ActivationLayer B", "Units = 4, Stateful = true -> Lstm AB", "Units = 3 -> Dense Output");
        Verify.Clean(source);
    }

    private static IEnumerable<string> Methods(IEnumerable<Operation> operations) => operations.Select(o => o.Method);
}
