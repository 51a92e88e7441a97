using System.Globalization;
using System.Text;

namespace FastNets.Data.Readers;

/// <summary>What the header of a <c>.ts</c> file says; what it leaves out is null.</summary>
internal sealed class TsHeader
{
    private TsHeader()
    {
    }

    /// <summary>Whether each series has one channel.</summary>
    public bool? Univariate { get; private set; }

    /// <summary>The number of channels.</summary>
    public int? Dimensions { get; private set; }

    /// <summary>Whether all series have one length.</summary>
    public bool? EqualLength { get; private set; }

    /// <summary>The length of all series.</summary>
    public int? SeriesLength { get; private set; }

    /// <summary>Whether each line ends with a class.</summary>
    public bool? ClassLabel { get; private set; }

    /// <summary>The names of the classes, normalised; null where they are not listed.</summary>
    public HashSet<string>? Classes { get; private set; }

    /// <summary>Reads the header up to and with the line <c>@data</c>.</summary>
    /// <param name="lines">The text.</param>
    /// <exception cref="DataFormatException">A line is not understood, or the file is of a kind that is not read here.</exception>
    public static TsHeader Read(LineReader lines)
    {
        var header = new TsHeader();
        while (lines.NextContent((byte)'#'))
        {
            if (lines.Line[0] != (byte)'@') throw lines.Bad($"'{MessageText.Show(lines.Line)}' stands before the line @data; a header line begins with '@'.");
            string[] words = Encoding.UTF8.GetString(lines.Line).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words[0].Equals("@data", StringComparison.OrdinalIgnoreCase)) return header;
            header.Take(lines, words);
        }

        throw lines.Bad("the file ends without a line @data.");
    }

    private void Take(LineReader lines, string[] words)
    {
        switch (words[0].ToUpperInvariant())
        {
            case "@TIMESTAMPS":
                if (Flag(lines, words)) throw lines.Bad("series with time stamps are not read; sample them at equal intervals and write @timestamps false.");
                break;
            case "@TARGETLABEL":
                if (Flag(lines, words)) throw lines.Bad("this is a regression problem (@targetlabel true); only classes are read as labels.");
                ClassLabel ??= false;
                break;
            case "@CLASSLABEL":
                ClassLabel = Flag(lines, words);
                if (ClassLabel == true && words.Length > 2) Classes = [.. words.Skip(2).Select(ClassNames.Normalize)];
                break;
            case "@UNIVARIATE":
                Univariate = Flag(lines, words);
                break;
            case "@EQUALLENGTH":
                EqualLength = Flag(lines, words);
                break;
            case "@DIMENSIONS" or "@DIMENSION":
                Dimensions = Number(lines, words);
                break;
            case "@SERIESLENGTH":
                SeriesLength = Number(lines, words);
                break;
            default:
                // @problemName, @missing and whatever another program adds do not change how the data are read.
                break;
        }
    }

    private static bool Flag(LineReader lines, string[] words)
    {
        if (words.Length > 1 && bool.TryParse(words[1], out bool flag)) return flag;
        throw lines.Bad($"{MessageText.Show(words[0])} needs 'true' or 'false' after it{Instead(words)}.");
    }

    private static int Number(LineReader lines, string[] words)
    {
        if (words.Length > 1 && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0) return number;
        throw lines.Bad($"{MessageText.Show(words[0])} needs a whole number above 0 after it{Instead(words)}.");
    }

    private static string Instead(string[] words) => words.Length > 1 ? $", not '{MessageText.Show(words[1])}'" : "";
}
