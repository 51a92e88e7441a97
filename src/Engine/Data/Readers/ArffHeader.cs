using System.Text;

namespace FastNets.Data.Readers;

/// <summary>The attributes that the header of an <c>.arff</c> file declares.</summary>
internal sealed class ArffHeader
{
    private int? _relationalLength;
    private bool _inRelation;

    private ArffHeader()
    {
    }

    /// <summary>The number of attributes, a relational one counted as one.</summary>
    public int Attributes { get; private set; }

    /// <summary>The index of the nominal attribute, which is the class; -1 where there is none.</summary>
    public int ClassIndex { get; private set; } = -1;

    /// <summary>The index of the relational attribute, which holds the channels; -1 in a univariate file.</summary>
    public int RelationalIndex { get; private set; } = -1;

    /// <summary>The number of time steps that the relational attribute declares.</summary>
    public int RelationalLength => _relationalLength ?? 0;

    /// <summary>The names of the classes, normalised.</summary>
    public HashSet<string> Classes { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads the header up to and with the line <c>@data</c>.</summary>
    /// <param name="lines">The text.</param>
    /// <exception cref="DataFormatException">A line is not understood, or the file is of a kind that is not read here.</exception>
    public static ArffHeader Read(LineReader lines)
    {
        var header = new ArffHeader();
        while (lines.NextContent((byte)'%'))
        {
            string line = Encoding.UTF8.GetString(lines.Line);
            int end = line.AsSpan().IndexOfAny(' ', '\t');
            string keyword = (end < 0 ? line : line[..end]).ToUpperInvariant();
            string rest = end < 0 ? "" : line[end..].Trim();
            switch (keyword)
            {
                case "@RELATION":
                    break;
                case "@ATTRIBUTE":
                    header.TakeAttribute(lines, rest);
                    break;
                case "@END":
                    header._inRelation = false;
                    break;
                case "@DATA":
                    return header.Checked(lines);
                default:
                    throw lines.Bad($"'{MessageText.Show(line)}' is no header line of an ARFF file; expected are @relation, @attribute and @data.");
            }
        }

        throw lines.Bad("the file ends without a line @data.");
    }

    private void TakeAttribute(LineReader lines, string rest)
    {
        string name = ArffText.TakeToken(ref rest);
        if (name.Length == 0 || rest.Length == 0) throw lines.Bad("an attribute needs a name and a type.");
        if (rest[0] == '{')
        {
            TakeClasses(lines, rest);
            return;
        }

        string type = ArffText.TakeToken(ref rest).ToUpperInvariant();
        if (type == "RELATIONAL")
        {
            if (RelationalIndex >= 0) throw lines.Bad("there are two relational attributes; one holds all channels of a series.");
            RelationalIndex = Attributes++;
            _relationalLength = 0;
            _inRelation = true;
        }
        else if (type is not ("NUMERIC" or "REAL" or "INTEGER"))
        {
            throw lines.Bad($"attribute '{MessageText.Show(name)}' has the type '{MessageText.Show(type)}'; series are numeric, a class is a list in braces.");
        }
        else if (_inRelation)
        {
            _relationalLength++;
        }
        else if (name.ToUpperInvariant() is "CLASS" or "TARGET" or "LABEL")
        {
            throw lines.Bad($"attribute '{name}' is numeric: a regression problem; only classes (a list in braces) are read as labels.");
        }
        else
        {
            Attributes++;
        }
    }

    private void TakeClasses(LineReader lines, string text)
    {
        if (ClassIndex >= 0 || _inRelation) throw lines.Bad("a second list of classes: values must be numeric.");
        ClassIndex = Attributes++;
        int end = text.LastIndexOf('}');
        if (end < 0) throw lines.Bad("the list of classes does not end with '}'.");
        string rest = text[1..end].Trim();
        while (rest.Length > 0)
        {
            Classes.Add(ClassNames.Normalize(ArffText.TakeToken(ref rest, ',')));
            rest = rest.TrimStart(',', ' ', '\t');
        }
    }

    private ArffHeader Checked(LineReader lines)
    {
        int values = Attributes - (ClassIndex >= 0 ? 1 : 0);
        if (values == 0) throw lines.Bad("the header declares no attribute that holds values.");
        if (RelationalIndex >= 0 && (values > 1 || RelationalLength == 0))
            throw lines.Bad("a relational attribute holds all values of a series: it needs numeric attributes in it and none beside it.");
        return this;
    }
}
