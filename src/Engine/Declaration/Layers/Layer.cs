namespace FastNets;

/// <summary>A layer of a built network: its name, its output's shape, its parameters.</summary>
/// <remarks>Generated properties give these; they are views into the network and live as long as it.</remarks>
public abstract class Layer
{
    private protected Layer(Network network, string name, SampleShape outputShape, params Parameter?[] parameters)
    {
        Name = name;
        OutputShape = outputShape;
        Parameters = [.. parameters.OfType<Parameter>()];
        network.AddLayer(this);
    }

    /// <summary>The property's name in the declaration.</summary>
    public string Name { get; }

    /// <summary>What the layer gives for a sample.</summary>
    public SampleShape OutputShape { get; }

    /// <summary>The number of outputs of a sample.</summary>
    public int OutputLength => OutputShape.Length;

    /// <summary>What the layer learns, trainable parameters first, running statistics after them.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The kind and settings in one line, as in <c>Dense(64, sigmoid)</c>.</summary>
    public abstract string Description { get; }
}
