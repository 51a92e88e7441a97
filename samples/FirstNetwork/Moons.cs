using FastNets;

namespace FirstNetwork;

/// <summary>Tells the two moons apart. The compiler writes the rest of this class; read it in Generated/.</summary>
[Network(Input = 2, Loss = Loss.SoftmaxCrossEntropy)]
public sealed partial class Moons
{
    [Layer(Units = 16, Activation = Activation.Tanh)]
    public partial Dense Hidden { get; }

    [Layer(Units = 2, Activation = Activation.Softmax)]
    public partial Dense Output { get; }
}
