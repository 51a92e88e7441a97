using FastNets.Engine.Tests.Training;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Networks;

public sealed class SummaryTests
{
    [Test]
    public void The_table_shows_layers_shapes_and_parameters()
    {
        using var network = new SmallResidual(maxBatch: 2);
        string[] lines = network.Summary().Split('\n');
        lines[..9].ShouldBe([
            "SmallResidual: [12, 2] -> [3], SoftmaxCrossEntropy",
            "Layer   Kind                                            Output  Parameters",
            "Conv    Conv1D(2, width 3, padding 1+1)                [12, 2]          14",
            "Norm    BatchNorm(momentum 0.99, epsilon 0.001, ReLU)  [12, 2]           4",
            "Sum     Add(ReLU)                                      [12, 2]           0",
            "Pool    MaxPool1D(2, stride 2)                          [6, 2]           0",
            "Each    LayerNorm(epsilon 0.001)                        [6, 2]           4",
            "Flat    Flatten                                           [12]           0",
            "Scores  Dense(3, Linear)                                   [3]          39",
        ], ignoreOrder: false, customMessage: network.Summary());
        lines[9].ShouldStartWith("61 trainable parameters (0.2 KiB), 4 running statistics; activations and gradients ");
        lines[9].ShouldEndWith(" for batches of up to 2");
        lines.Length.ShouldBe(11);
    }

    [Test]
    public void Layers_give_their_shapes()
    {
        using var network = new SmallResidual();
        network.Conv.OutputShape.ShouldBe(SampleShape.Sequence(12, 2));
        network.Flat.OutputShape.ShouldBe(SampleShape.Vector(12));
        network.InputShape.ToString().ShouldBe("[12, 2]");
        network.ParameterCount.ShouldBe(14 + 4 + 4 + 39);
    }
}
