using System.Globalization;
using System.Text;

namespace FastNets.Data;

/// <summary>Puts pieces of input into messages: short, and without characters that a terminal would obey.</summary>
internal static class MessageText
{
    private const int MaxLength = 40;

    /// <summary>A piece of a file for a message.</summary>
    /// <param name="text">The bytes; not valid UTF-8 perhaps.</param>
    public static string Show(ReadOnlySpan<byte> text)
        => Show(Encoding.UTF8.GetString(text[..Math.Min(text.Length, 4 * MaxLength)]));

    /// <summary>A piece of a file for a message.</summary>
    /// <param name="text">The text.</param>
    public static string Show(string text)
    {
        var shown = new StringBuilder();
        foreach (char c in text)
        {
            if (shown.Length >= MaxLength)
            {
                shown.Append("...");
                break;
            }

            if (char.IsControl(c)) shown.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}");
            else shown.Append(c);
        }

        return shown.ToString();
    }
}
