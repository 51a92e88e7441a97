namespace FastNets.Generators.Helpers;

/// <summary>Metadata names of what the generator looks for, and prefixes of what it writes.</summary>
internal static class Names
{
    public const string NetworkAttribute = "FastNets.NetworkAttribute";
    public const string LayerAttribute = "FastNets.LayerAttribute";
    public const string Root = "global::FastNets";
    public const string Slot = "global::FastNets.Backends.Slot";
    public const string Arena = "global::FastNets.Backends.Arena";
    public const string BatchNormSettings = "global::FastNets.Kernels.Normalization.BatchNormSettings";
    public const string ConvolutionShape = "global::FastNets.Kernels.Convolution.ConvolutionShape";
    public const string PoolingShape = "global::FastNets.Kernels.Convolution.PoolingShape";
    public const string Activations = "global::FastNets.Kernels.Pointwise";
    public const string Losses = "global::FastNets.Kernels.Losses";
}
