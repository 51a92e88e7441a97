using System.Text;

namespace FastNets.Data.Readers;

/// <summary>The quoting rules of <c>.arff</c> files: single or double quotes, a backslash before what is meant as it is.</summary>
internal static class ArffText
{
    /// <summary>Takes the first word of a header line, unquoted.</summary>
    /// <param name="text">The line; what follows the word afterwards.</param>
    /// <param name="end">What ends a word besides blanks.</param>
    public static string TakeToken(ref string text, char end = ' ')
    {
        string word;
        if (text.Length > 0 && text[0] is '\'' or '"')
        {
            int close = 1;
            while (close < text.Length && text[close] != text[0]) close += text[close] == '\\' ? 2 : 1;
            close = Math.Min(close, text.Length);
            word = Unescape(text[1..close]);
            text = text[Math.Min(close + 1, text.Length)..].TrimStart();
            return word;
        }

        // In a list of classes blanks belong to the name.
        int stop = end == ' ' ? text.AsSpan().IndexOfAny(' ', '\t') : text.IndexOf(end, StringComparison.Ordinal);
        word = (stop < 0 ? text : text[..stop]).Trim();
        text = stop < 0 ? "" : text[stop..].TrimStart();
        return word;
    }

    /// <summary>The length of the field at the beginning of a data line: up to a comma outside quotes.</summary>
    /// <param name="line">The rest of the line.</param>
    /// <returns>The length; -1 where a quoted field does not end.</returns>
    public static int FieldLength(ReadOnlySpan<byte> line)
    {
        int start = line.Length - line.TrimStart(" \t"u8).Length;
        if (start < line.Length && line[start] is (byte)'\'' or (byte)'"')
        {
            byte quote = line[start];
            int i = start + 1;
            while (i < line.Length && line[i] != quote) i += line[i] == (byte)'\\' ? 2 : 1;
            if (i >= line.Length) return -1;
            start = i + 1;
        }

        int comma = line[start..].IndexOf((byte)',');
        return comma < 0 ? line.Length : start + comma;
    }

    /// <summary>A field's text without quotes.</summary>
    /// <param name="field">The field, without blanks around it.</param>
    public static string Text(ReadOnlySpan<byte> field)
    {
        bool quoted = field.Length >= 2 && field[0] is (byte)'\'' or (byte)'"' && field[^1] == field[0];
        return quoted ? Unescape(Encoding.UTF8.GetString(field[1..^1])) : Encoding.UTF8.GetString(field);
    }

    private static string Unescape(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal)) return text;
        var plain = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length) i++;
            plain.Append(text[i]);
        }

        return plain.ToString();
    }
}
