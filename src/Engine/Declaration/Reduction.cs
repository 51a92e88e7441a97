namespace FastNets;

/// <summary>How the losses of a batch become the one number that training makes small. Each sample's own loss is in <see cref="Network.SampleLosses"/> whatever the reduction.</summary>
public enum Reduction
{
    /// <summary>Their mean: over samples for class losses (divided by the sum of the classes' weights where there are any), over all elements that count for the others.</summary>
    Mean,

    /// <summary>Their sum. Gradients grow with the batch.</summary>
    Sum,
}
