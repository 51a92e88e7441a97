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
    [TestCase("{|FN0006:Momentum|} = 0.5f", "LayerNorm", "LayerNorm takes no setting 'Momentum'; it takes Activation, Defaults, Epsilon, From")]
    [TestCase("{|FN0006:Units|} = 5", "Flatten", "Flatten takes no setting 'Units'; it takes From")]
    public void A_kind_takes_only_its_own_settings(string settings, string kind, string message)
        => Verify.Reports(Networks.Declare("Input = 4", $"{settings} -> {kind} Hidden", "Units = 3 -> Dense Output"), message);

    [TestCase("{|FN0006:Activation|} = Activation.ReLU, Units = 5", "Lstm", "Units, UseBias, UseRecurrentBias, ReturnSequences, Reverse, Bidirectional, Stateful, StateFrom, Truncate, Defaults, KernelInitializer, RecurrentInitializer, BiasInitializer, L1, L2, From")]
    [TestCase("{|FN0006:KernelSize|} = 5, Units = 5", "Rnn", "Units, UseBias, UseRecurrentBias, ReturnSequences, Reverse, Bidirectional, Stateful, StateFrom, Truncate, Defaults, KernelInitializer, RecurrentInitializer, BiasInitializer, L1, L2, Activation, From")]
    [TestCase("{|FN0006:Units|} = 5, Filters = 3, KernelSize = 3", "Conv1D", "Filters, KernelSize, Stride, Dilation, Padding, PaddingLeft, PaddingRight, Activation, UseBias, Defaults, KernelInitializer, BiasInitializer, L1, L2, From")]
    [TestCase("{|FN0006:Dilation|} = 2, KernelSize = 3", "MaxPool1D", "KernelSize, Stride, Padding, PaddingLeft, PaddingRight, From")]
    [TestCase("{|FN0006:KernelSize|} = 3", "GlobalAveragePool1D", "From")]
    [TestCase("{|FN0006:Steps|} = 3, Vocabulary = 5, Units = 2", "Embedding", "Vocabulary, Units, Defaults, KernelInitializer, From")]
    [TestCase("{|FN0006:Units|} = 3", "MiniRocketLayer", "Features, MaxDilations, From")]
    [TestCase("{|FN0006:UseBias|} = true, From = new[] { LayerAttribute.NetworkInput, LayerAttribute.NetworkInput }", "Add", "Activation, From")]
    [TestCase("{|FN0006:Activation|} = Activation.ReLU, From = new[] { LayerAttribute.NetworkInput, LayerAttribute.NetworkInput }", "Concat", "From")]
    [TestCase("{|FN0006:Rate|} = 0.5f", "SequenceDecoder", "Units, Steps, UseBias, UseRecurrentBias, Reverse, TeacherForcing, Defaults, KernelInitializer, RecurrentInitializer, BiasInitializer, L1, L2, From")]
    public void A_kind_for_series_takes_only_its_own_settings(string settings, string kind, string others)
    {
        string setting = settings.Split("{|FN0006:")[1].Split('|')[0];
        Verify.Reports(Networks.Declare("Length = 20", $"{settings} -> {kind} Hidden", "-> Flatten Flat", "Units = 3 -> Dense Output"), $"{kind} takes no setting '{setting}'; it takes {others}");
    }

    [TestCase("Conv1D", "KernelSize = 3", "Filters", "Filters = 64, KernelSize = 3")]
    [TestCase("Conv1D", "Filters = 8", "KernelSize", "Filters = 64, KernelSize = 3")]
    [TestCase("MaxPool1D", "Stride = 2", "KernelSize", "KernelSize = 3")]
    [TestCase("AveragePool1D", "Stride = 2", "KernelSize", "KernelSize = 3")]
    [TestCase("Embedding", "Units = 8", "Vocabulary", "Vocabulary = 1000, Units = 16")]
    [TestCase("Embedding", "Vocabulary = 8", "Units", "Vocabulary = 1000, Units = 16")]
    [TestCase("Rnn", "Stateful = true", "Units", "Units = 64")]
    [TestCase("Lstm", "Stateful = true", "Units", "Units = 64")]
    [TestCase("Gru", "Stateful = true", "Units", "Units = 64")]
    public void Some_settings_of_kinds_for_series_must_be_there(string kind, string settings, string setting, string example)
    {
        string source = Networks.Declare("Length = 20", $"SETTINGS -> {kind} Hidden", "-> Flatten Flat", "Units = 3 -> Dense Output");
        Verify.Reports(source.Replace("Layer(SETTINGS)", $"{{|FN0007:Layer({settings})|}}", StringComparison.Ordinal), $"{kind} 'Hidden' needs the setting '{setting}', as in '[Layer({example})]'");
        Verify.Clean(source.Replace("SETTINGS", example, StringComparison.Ordinal));
    }

    [TestCase("Units = 3, Truncate = {|FN0008:0|} -> Lstm", "Truncate = 0 is not possible: give a whole number from 1 to 16777216")]
    [TestCase("Units = 3, Truncate = {|FN0008:int.MaxValue|} -> Gru", "Truncate = 2147483647 is not possible: give a whole number from 1 to 16777216")]
    [TestCase("Filters = 3, KernelSize = {|FN0008:0|} -> Conv1D", "KernelSize = 0 is not possible: give a whole number from 1 to 16777216")]
    [TestCase("Filters = 3, KernelSize = 3, Stride = {|FN0008:-1|} -> Conv1D", "Stride = -1 is not possible: give a whole number from 1 to 16777216")]
    [TestCase("Filters = 3, KernelSize = 3, Dilation = {|FN0008:0|} -> Conv1D", "Dilation = 0 is not possible: give a whole number from 1 to 16777216")]
    [TestCase("Filters = 3, KernelSize = 3, PaddingLeft = {|FN0008:-1|} -> Conv1D", "PaddingLeft = -1 is not possible: give a whole number from 0 to 16777216")]
    [TestCase("Filters = 3, KernelSize = 3, PaddingRight = {|FN0008:20000000|} -> Conv1D", "PaddingRight = 20000000 is not possible: give a whole number from 0 to 16777216")]
    [TestCase("Filters = 3, KernelSize = 3, Padding = {|FN0008:(Padding)3|} -> Conv1D", "Padding = 3 is not possible: Padding has no such value")]
    [TestCase("KernelSize = {|FN0008:-5|}, PaddingLeft = 1 -> MaxPool1D", "KernelSize = -5 is not possible: give a whole number from 1 to 16777216")]
    [TestCase("KernelSize = 3, PaddingLeft = {|FN0008:3|} -> MaxPool1D", "PaddingLeft = 3 is not possible: a window must reach the series, so padding is smaller than KernelSize = 3")]
    [TestCase("KernelSize = 3, PaddingRight = {|FN0008:4|} -> AveragePool1D", "PaddingRight = 4 is not possible: a window must reach the series, so padding is smaller than KernelSize = 3")]
    [TestCase("KernelSize = 3, Padding = {|FN0008:Padding.Causal|} -> AveragePool1D", "Padding = Causal is not possible: a pooling layer's padding is Valid or Same")]
    [TestCase("Features = {|FN0008:83|} -> MiniRocketLayer", "Features = 83 is not possible: give a whole number from 84 to 16777216")]
    [TestCase("MaxDilations = {|FN0008:0|} -> MiniRocketLayer", "MaxDilations = 0 is not possible: give a whole number from 1 to 16777216")]
    [TestCase("Units = 3, Activation = {|FN0008:Activation.Sigmoid|} -> Rnn", "Activation = Sigmoid is not possible: an Rnn's function is Tanh or ReLU")]
    [TestCase("Units = 3, BiasInitializer = {|FN0008:Initializer.ForgetGateOnes|} -> Gru", "BiasInitializer = ForgetGateOnes is not possible: only the bias of an Lstm or a SequenceDecoder has a forget gate")]
    [TestCase("Units = 3, BiasInitializer = {|FN0008:Initializer.ForgetGateOnes|} -> Rnn", "BiasInitializer = ForgetGateOnes is not possible: only the bias of an Lstm or a SequenceDecoder has a forget gate")]
    [TestCase("Units = 3, BiasInitializer = {|FN0008:Initializer.ForgetGateOnes|} -> Dense", "BiasInitializer = ForgetGateOnes is not possible: only the bias of an Lstm or a SequenceDecoder has a forget gate")]
    [TestCase("Units = 3, KernelInitializer = {|FN0008:Initializer.ForgetGateOnes|} -> Lstm", "KernelInitializer = ForgetGateOnes is not possible: only the bias of an Lstm or a SequenceDecoder has a forget gate")]
    [TestCase("Units = 3, BiasInitializer = {|FN0008:Initializer.Orthogonal|} -> Dense", "BiasInitializer = Orthogonal is not possible: a bias is no matrix")]
    [TestCase("Filters = 3, KernelSize = 3, BiasInitializer = {|FN0008:Initializer.Orthogonal|} -> Conv1D", "BiasInitializer = Orthogonal is not possible: a bias is no matrix")]
    [TestCase("Units = 3, RecurrentInitializer = {|FN0008:(Initializer)99|} -> Lstm", "RecurrentInitializer = 99 is not possible: Initializer has no such value")]
    [TestCase("Epsilon = {|FN0008:-1f|} -> LayerNorm", "Epsilon = -1 is not possible: epsilon is a finite number above 0")]
    public void Values_of_kinds_for_series_have_ranges(string layer, string message)
        => Verify.Reports(Networks.Declare("Length = 20", layer + " Hidden", "-> Flatten Flat", "Units = 3 -> Dense Output"), message);

    [TestCase("Units = 3, Truncate = 1, Activation = Activation.ReLU -> Rnn")]
    [TestCase("Units = 3, Truncate = 16777216, BiasInitializer = Initializer.ForgetGateOnes -> Lstm")]
    [TestCase("Filters = 3, KernelSize = 1, Stride = 16777216, Dilation = 16777216, PaddingLeft = 0, PaddingRight = 16777216 -> Conv1D")]
    [TestCase("Filters = 3, KernelSize = 16777216, Dilation = 16777216, Padding = Padding.Causal -> Conv1D")]
    [TestCase("Filters = 3, KernelSize = 16777216, Stride = 3, Padding = Padding.Same -> Conv1D")]
    [TestCase("KernelSize = 3, PaddingLeft = 2, PaddingRight = 2 -> MaxPool1D")]
    [TestCase("Features = 84, MaxDilations = 1 -> MiniRocketLayer")]
    public void Values_of_kinds_for_series_at_the_edges_are_fine(string layer)
        => Verify.Clean(Networks.Declare("Length = 20", layer + " Hidden", "-> Flatten Flat", "Units = 3 -> Dense Output"));

    [TestCase("TeacherForcing = {|FN0008:1.5f|}", "TeacherForcing = 1.5 is not possible: the probability that a training step is teacher forced lies in [0, 1]")]
    [TestCase("TeacherForcing = {|FN0008:float.NaN|}", "TeacherForcing = NaN is not possible: the probability that a training step is teacher forced lies in [0, 1]")]
    public void Teacher_forcing_is_a_probability(string settings, string message)
    {
        Verify.Reports(Networks.Declare("Length = 20, Loss = Loss.MeanSquaredError", "Units = 4 -> Lstm Encoder", settings + " -> SequenceDecoder Decoder"), message);
        Verify.Clean(Networks.Declare("Length = 20, Loss = Loss.MeanSquaredError", "Units = 4 -> Lstm Encoder", "TeacherForcing = 1 -> SequenceDecoder Decoder"));
    }

    [Test]
    public void Only_the_last_layer_is_teacher_forced()
        => Verify.Reports(
            Networks.Declare("Length = 20, Loss = Loss.MeanSquaredError", "Units = 4 -> Lstm Encoder", "TeacherForcing = {|FN0008:0.25f|} -> SequenceDecoder Decoder", "Units = 1 -> Dense Output"),
            "TeacherForcing = 0.25 is not possible: the targets are known for the last layer only");

    [TestCase("Length = 20, Channels = 3", "with the loss SoftmaxCrossEntropy the targets are classes, which cannot be fed to the decoder")]
    [TestCase("Length = 20, Loss = Loss.Huber, IgnoreMissing = true", "with IgnoreMissing a target may be missing, and then there is nothing to feed to the decoder")]
    public void What_is_fed_to_a_decoder_must_be_there(string network, string why)
        => Verify.Reports(
            Networks.Declare(network, "Units = 4 -> Lstm Encoder", "TeacherForcing = {|FN0008:1|} -> SequenceDecoder Decoder"), $"TeacherForcing = 1 is not possible: {why}");

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
            "The loss MeanSquaredError takes no setting 'HuberDelta'; it takes Reduction, IgnoreMissing");

    [TestCase("Loss = Loss.Huber, {|FN0006:LabelSmoothing|} = 0.1f", "Huber", "LabelSmoothing", "HuberDelta, Reduction, IgnoreMissing")]
    [TestCase("Loss = Loss.SoftmaxCrossEntropy, {|FN0006:FocalGamma|} = 1f", "SoftmaxCrossEntropy", "FocalGamma", "LabelSmoothing, Reduction, IgnoreMissing")]
    [TestCase("Loss = Loss.Focal, {|FN0006:HuberDelta|} = 1f", "Focal", "HuberDelta", "LabelSmoothing, FocalGamma, Reduction, IgnoreMissing")]
    [TestCase("Loss = Loss.BinaryCrossEntropy, {|FN0006:LabelSmoothing|} = 0f", "BinaryCrossEntropy", "LabelSmoothing", "Reduction, IgnoreMissing")]
    public void A_loss_takes_only_its_own_settings(string settings, string loss, string setting, string others)
        => Verify.Reports(Networks.Declare("Input = 4, " + settings, "Units = 3 -> Dense Output"), $"The loss {loss} takes no setting '{setting}'; it takes {others}");

    [TestCase("Loss = Loss.Focal, FocalGamma = {|FN0008:0|}", "FocalGamma = 0 is not possible: gamma is a finite number above 0")]
    [TestCase("Loss = Loss.Focal, FocalGamma = {|FN0008:float.PositiveInfinity|}", "FocalGamma = Infinity is not possible: gamma is a finite number above 0")]
    [TestCase("LabelSmoothing = {|FN0008:1|}", "LabelSmoothing = 1 is not possible: label smoothing is at least 0 and below 1")]
    [TestCase("LabelSmoothing = {|FN0008:-0.1f|}", "LabelSmoothing = -0.1 is not possible: label smoothing is at least 0 and below 1")]
    [TestCase("Reduction = {|FN0008:(Reduction)2|}", "Reduction = 2 is not possible: Reduction has no such value")]
    [TestCase("Loss = {|FN0008:(Loss)6|}", "Loss = 6 is not possible: Loss has no such value")]
    public void Settings_of_losses_have_ranges(string settings, string message)
        => Verify.Reports(Networks.Declare("Input = 4, " + settings, "Units = 3 -> Dense Output"), message);

    [TestCase("Loss = Loss.Focal, FocalGamma = 0.5f, LabelSmoothing = 0.99f, Reduction = Reduction.Sum, IgnoreMissing = true")]
    [TestCase("LabelSmoothing = 0")]
    [TestCase("Loss = Loss.BinaryCrossEntropy, IgnoreMissing = true")]
    public void Settings_of_losses_that_are_fine(string settings)
        => Verify.Clean(Networks.Declare("Input = 4, " + settings, "Units = 3 -> Dense Output"));

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
