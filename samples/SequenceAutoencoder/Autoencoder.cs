using FastNets;

namespace SequenceAutoencoder;

/// <summary>An LSTM reads the sequence, another one writes it again from the state in which the first ended (Malhotra et al., 2016).</summary>
[Network(Length = IcewsSequence.Steps, Channels = IcewsSequence.Features, Loss = Loss.MeanSquaredError)]
public sealed partial class Autoencoder
{
    [Layer(Units = "hidden", Defaults = LayerDefaults.PyTorch)]
    public partial Lstm Encoder { get; }

    // Has the encoder's units, and makes as many steps and features as the input has. Each output is the next step's input.
    [Layer(Defaults = LayerDefaults.PyTorch)]
    public partial SequenceDecoder Decoder { get; }
}
