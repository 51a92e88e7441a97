using System.Globalization;

namespace FastNets.Serialization;

/// <summary>Shapes of stored tensors: their size and how messages write them.</summary>
internal static class TensorShape
{
    /// <summary>The number of elements.</summary>
    /// <param name="shape">The dimensions; none is a scalar.</param>
    /// <param name="count">The product of the dimensions.</param>
    /// <returns>Whether no dimension is negative and the product fits 63 bits.</returns>
    public static bool TryCount(ReadOnlySpan<long> shape, out long count)
    {
        count = 1;
        bool empty = false;
        foreach (long dimension in shape)
        {
            if (dimension < 0) return false;
            if (dimension == 0) empty = true;
            else if (count > long.MaxValue / dimension) return false;
            else count *= dimension;
        }

        if (empty) count = 0;
        return true;
    }

    /// <summary>Throws where a shape does not fit the number of values.</summary>
    /// <param name="name">The tensor's name for the message.</param>
    /// <param name="shape">The dimensions.</param>
    /// <param name="values">The number of values there are.</param>
    /// <exception cref="ArgumentException">It does not fit.</exception>
    public static void CheckCount(string name, ReadOnlySpan<long> shape, long values)
    {
        if (!TryCount(shape, out long count) || count != values)
            throw new ArgumentException($"The shape {Format(shape)} of '{name}' does not fit {values} values.", nameof(shape));
    }

    /// <summary>The shape as text: <c>[3, 4]</c>.</summary>
    /// <param name="shape">The dimensions.</param>
    public static string Format(ReadOnlySpan<long> shape)
    {
        string[] parts = new string[shape.Length];
        for (int i = 0; i < parts.Length; i++) parts[i] = shape[i] < 0 ? "?" : shape[i].ToString(CultureInfo.InvariantCulture);
        return $"[{string.Join(", ", parts)}]";
    }
}
