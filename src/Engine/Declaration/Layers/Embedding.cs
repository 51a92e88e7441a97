using System.Globalization;

namespace FastNets;

/// <summary>A row of a table for each whole number of the network's input: a sample of n numbers in [0, vocabulary) becomes a sequence [n, units].</summary>
/// <remarks>The network's input are 32-bit integers then. Settings: Vocabulary and Units (required), Defaults, KernelInitializer (how the table starts).</remarks>
public sealed class Embedding : Layer
{
    /// <summary>Called by generated code.</summary>
    /// <param name="network">The network.</param>
    /// <param name="name">The property's name.</param>
    /// <param name="outputShape">What the layer gives for a sample.</param>
    /// <param name="table">The table.</param>
    public Embedding(Network network, string name, SampleShape outputShape, Parameter table)
        : base(network, name, outputShape, table ?? throw new ArgumentNullException(nameof(table))) => Table = table;

    /// <summary>The table, shape [vocabulary, units].</summary>
    public Parameter Table { get; }

    /// <inheritdoc/>
    public override string Description => string.Create(CultureInfo.InvariantCulture, $"Embedding({Table.Shape[0]} to {Table.Shape[1]})");
}
