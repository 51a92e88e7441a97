using FastNets.Generators.Tests.Harness;
using NUnit.Framework;

namespace FastNets.Generators.Tests.Diagnostics;

/// <summary>FN0012: whether the loss fits the last layer.</summary>
public class LossTests
{
    [Test]
    public void Class_scores_are_not_squashed_one_by_one()
    {
        Verify.Reports(
            Networks.Declare("Input = 4", "Units = 3, Activation = {|FN0012:Activation.Sigmoid|} -> Dense Output"),
            "SoftmaxCrossEntropy does not fit the last layer 'Output': it wants class scores (Activation.Linear) or probabilities (Activation.Softmax), not Sigmoid");
        Verify.Clean(Networks.Declare("Input = 4", "Units = 3, Activation = Activation.Softmax -> Dense Output"));
        Verify.Clean(Networks.Declare("Input = 4", "Units = 3, Activation = Activation.Linear -> Dense Output"));
        Verify.Clean(Networks.Declare("Input = 4, Loss = Loss.MeanSquaredError", "Units = 3, Activation = Activation.Sigmoid -> Dense Output"));
    }

    [Test]
    public void Class_scores_are_not_dropped()
        => Verify.Reports(
            Networks.Declare("Input = 4", "Units = 3 -> Dense Output", "Rate = 0.5f -> Dropout Last").Replace("Layer(Rate = 0.5f)", "{|FN0012:Layer(Rate = 0.5f)|}", StringComparison.Ordinal),
            "SoftmaxCrossEntropy does not fit the last layer 'Last': dropout would set class scores to zero; put it before the last Dense layer");

    [TestCase("SoftmaxCrossEntropy", "Softmax")]
    [TestCase("BinaryCrossEntropy", "Sigmoid")]
    public void Scores_are_not_squashed_before_they_are_flattened(string loss, string function)
    {
        Verify.Reports(
            Networks.Declare($"Length = 4, Loss = Loss.{loss}", $"Units = 3, Activation = Activation.{function} -> Dense Each", " -> Flatten Flat").Replace("Layer()", "{|FN0012:Layer()|}", StringComparison.Ordinal),
            $"{loss} does not fit the last layer 'Flat': it wants scores, but 'Each' before it has gone through {function}; leave out the function, or put it into an ActivationLayer behind 'Flat'");
        Verify.Clean(Networks.Declare($"Length = 4, Loss = Loss.{loss}", "Units = 3 -> Dense Each", " -> Flatten Flat", $"Activation = Activation.{function} -> ActivationLayer Last"));
    }

    [Test]
    public void The_focal_loss_wants_class_scores_too()
    {
        Verify.Reports(
            Networks.Declare("Input = 4, Loss = Loss.Focal", "Units = 3, Activation = {|FN0012:Activation.Sigmoid|} -> Dense Output"),
            "Focal does not fit the last layer 'Output': it wants class scores (Activation.Linear) or probabilities (Activation.Softmax), not Sigmoid");
        Verify.Reports(
            Networks.Declare("Length = 9, Loss = Loss.Focal", "Filters = {|FN0012:1|}, KernelSize = 3 -> Conv1D Output"),
            "Focal does not fit the last layer 'Output': one class is no choice; use at least two units");
        Verify.Clean(Networks.Declare("Input = 4, Loss = Loss.Focal", "Units = 3, Activation = Activation.Softmax -> Dense Output"));
    }

    [Test]
    public void Binary_cross_entropy_wants_a_score_an_output()
    {
        Verify.Reports(
            Networks.Declare("Input = 4, Loss = Loss.BinaryCrossEntropy", "Units = 3, Activation = {|FN0012:Activation.Softmax|} -> Dense Output"),
            "BinaryCrossEntropy does not fit the last layer 'Output': it wants scores (Activation.Linear) or probabilities (Activation.Sigmoid), not Softmax");
        Verify.Reports(
            Networks.Declare("Input = 4, Loss = Loss.BinaryCrossEntropy", "Units = 3 -> Dense Output", "Rate = 0.5f -> Dropout Last").Replace("Layer(Rate = 0.5f)", "{|FN0012:Layer(Rate = 0.5f)|}", StringComparison.Ordinal),
            "BinaryCrossEntropy does not fit the last layer 'Last': dropout would set scores to zero; put it before the last Dense layer");
        Verify.Clean(Networks.Declare("Input = 4, Loss = Loss.BinaryCrossEntropy", "Units = 1, Activation = Activation.Sigmoid -> Dense Output"));
        Verify.Clean(Networks.Declare("Input = 4, Loss = Loss.BinaryCrossEntropy", "Units = 1 -> Dense Output"));
    }

    [Test]
    public void One_class_is_no_choice()
    {
        const string Message = "one class is no choice; use at least two units";
        Verify.Reports(Networks.Declare("Input = 4", "Units = {|FN0012:1|} -> Dense Output"), $"SoftmaxCrossEntropy does not fit the last layer 'Output': {Message}");
        Verify.Reports(
            Networks.Declare("Input = 1", "Activation = Activation.Softmax -> ActivationLayer Last").Replace("Layer(Activation = Activation.Softmax)", "{|FN0012:Layer(Activation = Activation.Softmax)|}", StringComparison.Ordinal),
            $"SoftmaxCrossEntropy does not fit the last layer 'Last': {Message}");
        Verify.Clean(Networks.Declare("Input = 4", "Units = 2 -> Dense Output"));
        Verify.Clean(Networks.Declare("Input = 4, Loss = Loss.MeanAbsoluteError", "Units = 1 -> Dense Output"));
    }
}
