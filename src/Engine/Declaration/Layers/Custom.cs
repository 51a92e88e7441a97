namespace FastNets;

/// <summary>A function or a layer of the program's own: the static methods of a type, composed with the rest.</summary>
/// <remarks>
/// <para>A function of one number: <c>static float Forward(float x)</c> and <c>static float Derivative(float x)</c>, the derivative by the input. It goes into the pass of
/// the layer before it. Both may have forms for <c>Vector256&lt;float&gt;</c> and <c>Vector512&lt;float&gt;</c> too; without them lanes are computed one by one.</para>
/// <para>A layer: <c>static void Forward(ReadOnlySpan&lt;float&gt; x, ReadOnlySpan&lt;float&gt; weights, Span&lt;float&gt; y, int batch)</c>, x and y being [batch, length of a
/// sample], and <c>static void Backward(ReadOnlySpan&lt;float&gt; dY, ReadOnlySpan&lt;float&gt; x, ReadOnlySpan&lt;float&gt; weights, ReadOnlySpan&lt;float&gt; y, Span&lt;float&gt; dX,
/// Span&lt;float&gt; dWeights, int batch)</c>, which must set all of dX and dWeights. Settings: Units (the outputs of a sample; left out: as many as inputs) and Weights
/// (the numbers that it learns).</para>
/// <para>A type without the backward half is an error while compiling.</para>
/// </remarks>
/// <typeparam name="T">The type that has the static methods; it is never instantiated.</typeparam>
public sealed class Custom<T> : Layer
{
    /// <summary>Called by generated code.</summary>
    /// <param name="network">The network.</param>
    /// <param name="name">The property's name.</param>
    /// <param name="outputShape">What the layer gives for a sample.</param>
    /// <param name="weights">What it learns, or null.</param>
    public Custom(Network network, string name, SampleShape outputShape, Parameter? weights)
        : base(network, name, outputShape, weights) => Weights = weights;

    /// <summary>What it learns, shape [weights]; null where it learns nothing.</summary>
    public Parameter? Weights { get; }

    /// <inheritdoc/>
    public override string Description => $"Custom({typeof(T).Name})";
}
