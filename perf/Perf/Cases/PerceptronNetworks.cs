namespace FastNets.Perf.Cases;

// The networks of the perceptron cases. What ends in logits trains as the peers' do.

[Network(Input = 100)]
internal sealed partial class TinyNetwork
{
    [Layer(Units = 32, Activation = Activation.Sigmoid)]
    public partial Dense Hidden { get; }

    [Layer(Units = 2)]
    public partial Dense Scores { get; }
}

[Network(Input = 784)]
internal sealed partial class MnistNetwork
{
    [Layer(Units = 128, Activation = Activation.Sigmoid)]
    public partial Dense Wide { get; }

    [Layer(Units = 64, Activation = Activation.Sigmoid)]
    public partial Dense Narrow { get; }

    [Layer(Units = 10)]
    public partial Dense Scores { get; }
}

[Network(Input = 9996)]
internal sealed partial class RocketHeadNetwork
{
    [Layer(Defaults = LayerDefaults.PyTorch)]
    public partial BatchNorm Norm { get; }

    [Layer(Units = 64, Activation = Activation.Sigmoid)]
    public partial Dense Hidden { get; }

    [Layer(Units = 31)]
    public partial Dense Scores { get; }
}

[Network(Input = 9996)]
internal sealed partial class SoftmaxHeadNetwork
{
    [Layer(Units = 31)]
    public partial Dense Scores { get; }
}
