using System.Globalization;

namespace FastNets.Data;

/// <summary>How classes are named and ordered, whatever file they come from.</summary>
internal static class ClassNames
{
    private const double MaxExactInteger = 1L << 53;

    /// <summary>The name of the class that a label stands for: a number in its shortest form (<c>1.0000000e+00</c> is <c>1</c>), a text as it is.</summary>
    /// <param name="label">The label, without blanks around it.</param>
    public static string Normalize(string label)
    {
        if (!TryNumber(label, out double number)) return label;
        return FromNumber(number);
    }

    /// <summary>The name of the class that a number stands for.</summary>
    /// <param name="number">A finite number.</param>
    public static string FromNumber(double number)
        => Math.Abs(number) <= MaxExactInteger && Math.Floor(number) == number
            ? FromInteger((long)number)
            : number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The name of the class that an integer stands for.</summary>
    /// <param name="number">The integer.</param>
    public static string FromInteger(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Puts names in order: by value where all are numbers, else by their characters' codes.</summary>
    /// <param name="names">Different names.</param>
    public static string[] Sort(IEnumerable<string> names)
    {
        string[] sorted = [.. names];
        double[] numbers = new double[sorted.Length];
        bool numeric = true;
        for (int i = 0; i < sorted.Length && numeric; i++) numeric = TryNumber(sorted[i], out numbers[i]);
        if (numeric) Array.Sort(numbers, sorted);
        else Array.Sort(sorted, string.CompareOrdinal);
        return sorted;
    }

    private static bool TryNumber(string label, out double number)
        => double.TryParse(label, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number);
}
