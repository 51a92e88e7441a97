namespace FastNets.Serialization;

/// <summary>The type of a stored tensor's elements, named as in the safetensors format.</summary>
public enum TensorType
{
    /// <summary>One byte, 0 or 1.</summary>
    Bool,

    /// <summary>Unsigned 8-bit integer.</summary>
    U8,

    /// <summary>Signed 8-bit integer.</summary>
    I8,

    /// <summary>Unsigned 16-bit integer.</summary>
    U16,

    /// <summary>Signed 16-bit integer.</summary>
    I16,

    /// <summary>IEEE half precision.</summary>
    F16,

    /// <summary>The upper half of single precision (bfloat16).</summary>
    BF16,

    /// <summary>Unsigned 32-bit integer.</summary>
    U32,

    /// <summary>Signed 32-bit integer.</summary>
    I32,

    /// <summary>IEEE single precision.</summary>
    F32,

    /// <summary>Unsigned 64-bit integer.</summary>
    U64,

    /// <summary>Signed 64-bit integer.</summary>
    I64,

    /// <summary>IEEE double precision.</summary>
    F64,
}

/// <summary>Facts about element types.</summary>
public static class TensorTypes
{
    /// <summary>The size of an element in bytes.</summary>
    /// <param name="type">The element type.</param>
    public static int SizeOf(this TensorType type) => type switch
    {
        TensorType.Bool or TensorType.U8 or TensorType.I8 => 1,
        TensorType.U16 or TensorType.I16 or TensorType.F16 or TensorType.BF16 => 2,
        TensorType.U32 or TensorType.I32 or TensorType.F32 => 4,
        _ => 8,
    };

    /// <summary>The type's name in a safetensors header.</summary>
    /// <param name="type">The element type.</param>
    internal static string SafetensorsName(this TensorType type) => type == TensorType.Bool ? "BOOL" : type.ToString();

    /// <summary>The type of a name in a safetensors header.</summary>
    /// <param name="name">The name, such as <c>F32</c>.</param>
    /// <param name="type">The type.</param>
    internal static bool TryParseSafetensorsName(string name, out TensorType type)
    {
        foreach (TensorType candidate in All)
        {
            if (candidate.SafetensorsName() != name) continue;
            type = candidate;
            return true;
        }

        type = default;
        return false;
    }

    private static readonly TensorType[] All = Enum.GetValues<TensorType>();
}
