using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Networks;

[Network(Input = 40)]
public sealed partial class PlannedPerceptron
{
    [Layer(Units = 64, Activation = Activation.ReLU)]
    public partial Dense First { get; }

    [Layer(Units = 64, Activation = Activation.ReLU)]
    public partial Dense Second { get; }

    [Layer(Units = 32, Activation = Activation.ReLU)]
    public partial Dense Third { get; }

    [Layer(Units = 16)]
    public partial Dense Scores { get; }
}

[Network(Length = "steps", Channels = 4)]
public sealed partial class PlannedLstm
{
    [Layer(Units = 16, ReturnSequences = true)]
    public partial Lstm First { get; }

    [Layer(Units = 16)]
    public partial Lstm Second { get; }

    [Layer(Units = 16)]
    public partial Dense Scores { get; }
}

[Network(Length = 32)]
public sealed partial class PlannedConvolution
{
    [Layer(Filters = 16, KernelSize = 5, Padding = Padding.Same, Activation = Activation.ReLU)]
    public partial Conv1D First { get; }

    [Layer(KernelSize = 2)]
    public partial MaxPool1D Halved { get; }

    [Layer(Filters = 16, KernelSize = 3, Padding = Padding.Same, Activation = Activation.ReLU)]
    public partial Conv1D Second { get; }

    [Layer]
    public partial GlobalAveragePool1D Mean { get; }

    [Layer(Units = 16)]
    public partial Dense Scores { get; }
}

/// <summary>The memory of activations is what the plan says, and less than each buffer would take for itself.</summary>
public sealed class MemoryPlanTests
{
    // A whole number of cache lines for everything that is one number a sample.
    private const int Batch = 16;

    [Test]
    public void A_perceptron()
    {
        // Outputs of the first two layers (the second's shared with the first's gradient), the third with the second's gradient, then what is left alone.
        const int Planned = 64 + 64 + 64 + 32 + 16 + 16;
        const int Outputs = 64 + 64 + 32 + 16;
        using var network = new PlannedPerceptron(maxBatch: Batch);
        Check(network, Planned, each: Outputs + Outputs + (Outputs - 16));
    }

    [TestCase(1)]
    [TestCase(10)]
    public void A_stacked_lstm(int steps)
    {
        // Of each layer gates, states and cells are kept for the way back; the gradient by the first one's output lies where the second one's states were, and inference
        // runs both layers in the first one's memory.
        int layer = (64 * steps) + (2 * 16 * (steps + 1));
        int swapped = 4 * steps;
        int gradients = 16 + 16;
        using var network = new PlannedLstm(steps, maxBatch: Batch);
        Check(network, 16 + swapped + (2 * layer) + gradients, each: 16 + (2 * swapped) + (4 * layer) + gradients + (16 * steps));
    }

    [Test]
    public void A_convolution()
    {
        const int Outputs = (32 * 16) + (16 * 16) + (16 * 16) + 16 + 16;
        using var network = new PlannedConvolution(maxBatch: Batch);
        Check(network, 512 + 512 + 256 + 256 + 16 + 16, each: Outputs + Outputs + (Outputs - 16));
    }

    // Numbers a sample. Beside the plan's buffers there are each sample's loss and, on a cache line of its own, the batch's.
    private static void Check(Network network, int planned, int each)
    {
        network.ActivationBytes.ShouldBe(sizeof(float) * ((Batch * (planned + 1L)) + 16));
        network.ActivationBytes.ShouldBeLessThan(sizeof(float) * (Batch * (each + 1L)));
    }
}
