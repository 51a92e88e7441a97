using System.Globalization;
using System.Text;

namespace FastNets.Data;

/// <summary>Reads single-precision numbers from UTF-8 text, rounded correctly.</summary>
internal static class NumberText
{
    // What a double holds exactly: integers up to 2^53 and powers of ten up to 10^22 (Clinger, "How to read floating point numbers accurately", 1990).
    private const ulong MaxExactInteger = 1UL << 53;
    private const int MaxDigits = 19;

    // The 29 bits that a double has more than a single; exactly this pattern lies halfway between two singles.
    private const ulong ExtraBits = (1UL << 29) - 1;
    private const ulong Halfway = 1UL << 28;
    private const double SmallestNormal = 1.17549435e-38;
    private const double LargestSingle = 3.4028234e38;

    private static readonly double[] PowersOfTen =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>Reads a number, or what stands for a missing or an infinite one.</summary>
    /// <param name="text">The whole field, without blanks around it.</param>
    /// <param name="value">The number; NaN for an empty field, <c>?</c>, <c>NaN</c>, <c>NA</c>, <c>N/A</c> or <c>null</c>.</param>
    /// <returns>Whether the field is one of these.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out float value)
    {
        if (TryParseFast(text, out value)) return true;
        if (IsMissing(text))
        {
            value = float.NaN;
            return true;
        }

        ReadOnlySpan<byte> unsigned = text[0] is (byte)'-' or (byte)'+' ? text[1..] : text;
        if (Ascii.EqualsIgnoreCase(unsigned, "inf"u8))
        {
            value = text[0] == (byte)'-' ? float.NegativeInfinity : float.PositiveInfinity;
            return true;
        }

        return float.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Whether a field stands for a value that is not known.</summary>
    /// <param name="text">The field, without blanks around it.</param>
    public static bool IsMissing(ReadOnlySpan<byte> text) => text.Length switch
    {
        0 => true,
        1 => text[0] == (byte)'?',
        2 => Ascii.EqualsIgnoreCase(text, "na"u8),
        3 => Ascii.EqualsIgnoreCase(text, "nan"u8) || Ascii.EqualsIgnoreCase(text, "n/a"u8),
        4 => Ascii.EqualsIgnoreCase(text, "null"u8) || Ascii.EqualsIgnoreCase(text, "-nan"u8),
        _ => false,
    };

    private static bool TryParseFast(ReadOnlySpan<byte> text, out float value)
    {
        value = 0;
        int i = 0;
        bool negative = false;
        if (text.Length > 0 && text[0] is (byte)'-' or (byte)'+')
        {
            negative = text[0] == (byte)'-';
            i = 1;
        }

        ulong digits = 0;
        int first = i;
        for (; i < text.Length && (uint)(text[i] - '0') <= 9; i++) digits = (digits * 10) + (uint)(text[i] - '0');
        int count = i - first;
        int exponent = 0;
        if (i < text.Length && text[i] == (byte)'.')
        {
            int point = ++i;
            for (; i < text.Length && (uint)(text[i] - '0') <= 9; i++) digits = (digits * 10) + (uint)(text[i] - '0');
            exponent = point - i;
            count += i - point;
        }

        // More digits may have overflowed; fewer than one is no number.
        if (count is 0 or > MaxDigits) return false;
        if (i < text.Length && !TryParseExponent(text[i..], ref exponent)) return false;
        if (digits > MaxExactInteger || exponent < -22 || exponent > 22) return false;

        double exact = exponent < 0 ? digits / PowersOfTen[-exponent] : digits * PowersOfTen[exponent];
        if ((BitConverter.DoubleToUInt64Bits(exact) & ExtraBits) == Halfway) return false;
        if (digits != 0 && exact is < SmallestNormal or > LargestSingle) return false;
        value = (float)(negative ? -exact : exact);
        return true;
    }

    private static bool TryParseExponent(ReadOnlySpan<byte> text, ref int exponent)
    {
        if (text[0] is not ((byte)'e' or (byte)'E') || text.Length < 2) return false;
        int i = 1;
        bool negative = text[1] == (byte)'-';
        if (negative || text[1] == (byte)'+') i++;
        const int MaxExponentDigits = 3;
        if (i == text.Length || text.Length - i > MaxExponentDigits) return false;
        int number = 0;
        for (; i < text.Length; i++)
        {
            if ((uint)(text[i] - '0') > 9) return false;
            number = (number * 10) + text[i] - '0';
        }

        exponent += negative ? -number : number;
        return true;
    }
}
