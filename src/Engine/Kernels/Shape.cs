namespace FastNets.Kernels;

/// <summary>Checks of spans against shapes at the edge of the kernels; inside nothing is checked any more.</summary>
internal static class Shape
{
    /// <summary>Throws where a span is too short for a matrix.</summary>
    public static void Require(int actual, int rows, int columns, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        if (actual < (long)rows * columns)
            throw new ArgumentException($"{name} has {actual} elements; [{rows}, {columns}] needs {(long)rows * columns}.", name);
    }

    /// <summary>Throws where a span is too short for a vector.</summary>
    public static void Require(int actual, int length, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (actual < length) throw new ArgumentException($"{name} has {actual} elements; {length} are needed.", name);
    }

    /// <summary>Throws where an operand that may be left out is there and too short.</summary>
    public static void RequireIfAny(int actual, int rows, int columns, string name)
    {
        if (actual != 0) Require(actual, rows, columns, name);
    }
}
