using System.CommandLine;
using System.Globalization;

namespace FastNets.Cli.Options;

/// <summary>The option <c>--max-memory</c>.</summary>
internal static class MemoryOption
{
    private const string Name = "--max-memory";
    private const string Units = "KMGT";
    private const int BitsPerUnit = 10;

    /// <summary>Makes the option.</summary>
    public static Option<long?> Create()
    {
        var option = new Option<long?>(Name)
        {
            Description = OptionFactory.WithDefault(
                "Most memory for the features of MiniRocket, such as 500M or 2G; where they take more, a network's are computed anew for each step, and ridge is refused", "half of the memory"),
            HelpName = "SIZE",
        };
        option.CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (Parse(text) is { } bytes) return bytes;
            result.AddError($"{Name}: '{text}' is not a size: a number of bytes from 1 on, or one with K, M, G or T behind it, such as 500M or 1.5G.");
            return null;
        };
        return option;
    }

    private static long? Parse(string text)
    {
        int unit = text.Length == 0 ? -1 : Units.IndexOf(char.ToUpperInvariant(text[^1]));
        ReadOnlySpan<char> number = unit < 0 ? text : text.AsSpan(0, text.Length - 1);
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double size)) return null;
        double bytes = Math.Floor(size * (1L << (BitsPerUnit * (unit + 1))));
        return bytes is >= 1 and < long.MaxValue ? (long)bytes : null;
    }
}
