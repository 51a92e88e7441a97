namespace FastNets.Kernels.Recurrent;

/// <summary>The product of each step of a scan: a state, or a step's gradients, times the recurrent kernel.</summary>
internal unsafe struct RecurrentProduct
{
    /// <summary>U, [units, gates * units].</summary>
    public float* Kernel;

    /// <summary>[gates * units], or null; only where the kernel is not transposed.</summary>
    public float* Bias;

    /// <summary>U's blocks of columns.</summary>
    public int Gates;

    /// <summary>Rows of U.</summary>
    public int Units;

    /// <summary>Whether the product is with U^T: forward it is h U, backward dZ U^T.</summary>
    public bool Transposed;

    /// <summary>The length of the product's sums.</summary>
    public readonly int Depth => Transposed ? Gates * Units : Units;

    /// <summary>How many of the product's columns belong to a unit.</summary>
    public readonly int ColumnsPerUnit => Transposed ? 1 : Gates;
}
