namespace FastNets;

/// <summary>What one direction of a recurrent layer learns.</summary>
/// <param name="Kernel">W, shape [features, gates * units]: on the input. (PyTorch's <c>weight_ih</c> is its transpose.)</param>
/// <param name="RecurrentKernel">U, shape [units, gates * units]: on the state. (PyTorch's <c>weight_hh</c> is its transpose.)</param>
/// <param name="Bias">b, shape [gates * units]; null where there is none.</param>
/// <param name="RecurrentBias">A second bias, on the product with the state, shape [gates * units]; null where there is none.</param>
/// <remarks>The gates' order is PyTorch's: input, forget, candidate, output for an LSTM; reset, update, candidate for a GRU.</remarks>
public sealed record RecurrentWeights(Parameter Kernel, Parameter RecurrentKernel, Parameter? Bias, Parameter? RecurrentBias)
{
    internal Parameter?[] All => [Kernel, RecurrentKernel, Bias, RecurrentBias];
}
