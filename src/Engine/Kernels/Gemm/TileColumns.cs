namespace FastNets.Kernels.Gemm;

/// <summary>The columns of a tile, for use as a type argument.</summary>
internal interface ITileColumns
{
    /// <summary>Whether there are two registers of columns and not one.</summary>
    static abstract bool Two { get; }

    /// <summary>Whether the last register is used in part.</summary>
    static abstract bool Masked { get; }
}

internal readonly struct OneRegister : ITileColumns
{
    public static bool Two => false;

    public static bool Masked => false;
}

internal readonly struct OneRegisterInPart : ITileColumns
{
    public static bool Two => false;

    public static bool Masked => true;
}

internal readonly struct TwoRegisters : ITileColumns
{
    public static bool Two => true;

    public static bool Masked => false;
}

internal readonly struct TwoRegistersInPart : ITileColumns
{
    public static bool Two => true;

    public static bool Masked => true;
}
