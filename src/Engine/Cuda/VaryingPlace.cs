namespace FastNets.Cuda;

/// <summary>The values that differ from step to step and reach kernels through device memory.</summary>
internal enum VaryingPlace
{
    /// <summary>The number of the training step.</summary>
    Step,

    /// <summary>The optimizer's settings of this step.</summary>
    Update,
}
