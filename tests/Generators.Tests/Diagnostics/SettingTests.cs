using FastNets.Generators.Tests.Harness;
using NUnit.Framework;

namespace FastNets.Generators.Tests.Diagnostics;

/// <summary>FN0006, FN0007, FN0008: what stands in the attribute.</summary>
public class SettingTests
{
    [TestCase("{|FN0006:Rate|} = 0.5f, Units = 3", "Dense", "Dense takes no setting 'Rate'; it takes Units, Inputs, Activation, UseBias, Defaults, KernelInitializer, BiasInitializer, L1, L2, From")]
    [TestCase("{|FN0006:Units|} = 3", "BatchNorm", "BatchNorm takes no setting 'Units'; it takes Activation, Defaults, Momentum, Epsilon, UnbiasedVariance, From")]
    [TestCase("Rate = 0.5f, {|FN0006:Activation|} = Activation.ReLU", "Dropout", "Dropout takes no setting 'Activation'; it takes Rate, From")]
    [TestCase("{|FN0006:L2|} = 1e-4f, Activation = Activation.ReLU", "ActivationLayer", "ActivationLayer takes no setting 'L2'; it takes Activation, From")]
    public void A_kind_takes_only_its_own_settings(string settings, string kind, string message)
        => Verify.Reports(Networks.Declare("Input = 4", $"{settings} -> {kind} Hidden", "Units = 3 -> Dense Output"), message);

    [TestCase("Dense", "Units", "Units = 64")]
    [TestCase("Dropout", "Rate", "Rate = 0.5f")]
    [TestCase("ActivationLayer", "Activation", "Activation = Activation.ReLU")]
    public void Some_settings_must_be_there(string kind, string setting, string example)
    {
        string source = Networks.Declare("Input = 4", $"SETTINGS -> {kind} Hidden", "Units = 3 -> Dense Output");
        Verify.Reports(source.Replace("Layer(SETTINGS)", "{|FN0007:Layer|}", StringComparison.Ordinal), $"{kind} 'Hidden' needs the setting '{setting}', as in '[Layer({example})]'");
        Verify.Clean(source.Replace("SETTINGS", example, StringComparison.Ordinal));
    }

    [TestCase("Units = 3, L1 = {|FN0008:-0.5f|} -> Dense", "L1 = -0.5 is not possible: a penalty's factor is a finite number, 0 or more")]
    [TestCase("Units = 3, L2 = {|FN0008:float.PositiveInfinity|} -> Dense", "L2 = Infinity is not possible: a penalty's factor is a finite number, 0 or more")]
    [TestCase("Units = 3, L2 = {|FN0008:float.NaN|} -> Dense", "L2 = NaN is not possible: a penalty's factor is a finite number, 0 or more")]
    [TestCase("Rate = {|FN0008:1|} -> Dropout", "Rate = 1 is not possible: a rate is at least 0 and below 1")]
    [TestCase("Rate = {|FN0008:-0.25f|} -> Dropout", "Rate = -0.25 is not possible: a rate is at least 0 and below 1")]
    [TestCase("Momentum = {|FN0008:1.5f|} -> BatchNorm", "Momentum = 1.5 is not possible: momentum lies between 0 and 1")]
    [TestCase("Epsilon = {|FN0008:0|} -> BatchNorm", "Epsilon = 0 is not possible: epsilon is a finite number above 0")]
    [TestCase("Activation = {|FN0008:Activation.Softmax|} -> BatchNorm", "Activation = Softmax is not possible: BatchNorm works on each feature alone; put softmax into an ActivationLayer after it")]
    [TestCase("Activation = {|FN0008:(Activation)99|} -> ActivationLayer", "Activation = 99 is not possible: Activation has no such value")]
    [TestCase("Units = 3, KernelInitializer = {|FN0008:(Initializer)(-1)|} -> Dense", "KernelInitializer = -1 is not possible: Initializer has no such value")]
    [TestCase("Defaults = {|FN0008:(LayerDefaults)2|} -> BatchNorm", "Defaults = 2 is not possible: LayerDefaults has no such value")]
    public void Values_have_ranges(string layer, string message)
        => Verify.Reports(Networks.Declare("Input = 4", layer + " Hidden", "Units = 3 -> Dense Output"), message);

    [TestCase("Units = 3, L1 = 0, L2 = 1e-30f -> Dense")]
    [TestCase("Rate = 0 -> Dropout")]
    [TestCase("Rate = 0.9999999f -> Dropout")]
    [TestCase("Momentum = 0, Epsilon = float.Epsilon -> BatchNorm")]
    [TestCase("Momentum = 1, Epsilon = 1e30f, UnbiasedVariance = true, Defaults = LayerDefaults.PyTorch -> BatchNorm")]
    public void Values_at_the_edges_of_their_ranges_are_fine(string layer)
        => Verify.Clean(Networks.Declare("Input = 4", layer + " Hidden", "Units = 3 -> Dense Output"));

    [TestCase("0f", "0")]
    [TestCase("-1f", "-1")]
    [TestCase("float.NaN", "NaN")]
    public void Hubers_delta_is_above_zero(string delta, string shown)
    {
        Verify.Reports(
            Networks.Declare($"Input = 4, Loss = Loss.Huber, HuberDelta = {{|FN0008:{delta}|}}", "Units = 3 -> Dense Output"),
            $"HuberDelta = {shown} is not possible: delta is a finite number above 0");
        Verify.Clean(Networks.Declare("Input = 4, Loss = Loss.Huber, HuberDelta = 0.5f", "Units = 3 -> Dense Output"));
    }

    [Test]
    public void Only_Hubers_loss_takes_its_delta()
        => Verify.Reports(
            Networks.Declare("Input = 4, Loss = Loss.MeanSquaredError, {|FN0006:HuberDelta|} = 0.5f", "Units = 3 -> Dense Output"),
            "The loss MeanSquaredError takes no setting 'HuberDelta'; it takes Reduction and IgnoreMissing");

    [TestCase("Input = 4, Loss = Loss.Huber, {|CS0643:Loss = Loss.MeanSquaredError|}")]
    [TestCase("Input = 4, Loss = Loss.{|CS1061:Hinge|}")]
    [TestCase("Input = {|CS0103:features|}")]
    [TestCase("Input = 4, {|CS0246:Losss|} = Loss.Huber")]
    [TestCase("Input = 4, Loss = {|CS0029:\"Huber\"|}")]
    [TestCase("Input = {|CS0182:System.Environment.ProcessorCount|}")]
    public void What_is_no_attribute_is_left_to_the_compiler(string attribute)
        => Verify.Reports(Networks.Declare(attribute, "Units = 3 -> Dense Output"));

    [TestCase("Units = 3, {|CS0643:Units = 4|}")]
    [TestCase("Units = 3, Activation = Activation.{|CS0117:Relu|}")]
    [TestCase("Units = 3, L2 = {|CS0664:0.1|}")]
    [TestCase("{|CS1729:Layer(3)|}")]
    public void What_is_no_setting_is_left_to_the_compiler(string settings)
        => Verify.Reports(Networks.Declare("Input = 4", $"{settings} -> Dense Output").Replace("[Layer({|CS1729:Layer(3)|})]", "[{|CS1729:Layer(3)|}]", StringComparison.Ordinal));
}
