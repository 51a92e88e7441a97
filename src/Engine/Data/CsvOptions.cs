namespace FastNets.Data;

/// <summary>Where a line of delimited text has its label.</summary>
public enum LabelColumn
{
    /// <summary>
    /// Found out: the first or last column where a header names it <c>label</c>, <c>class</c>, <c>target</c> or <c>y</c>; else the last column where its first
    /// entry is text and the first column's is a number; else the first column, as in the UCR archive.
    /// </summary>
    Auto,

    /// <summary>The first column.</summary>
    First,

    /// <summary>The last column.</summary>
    Last,

    /// <summary>There are no labels: every column is a value.</summary>
    None,
}

/// <summary>How delimited text (<c>.csv</c>, UCR <c>.txt</c> and <c>.tsv</c>) is read: one series a line.</summary>
public sealed record CsvOptions
{
    /// <summary>Where the label stands.</summary>
    public LabelColumn Label { get; init; }

    /// <summary>
    /// What stands between fields: a comma, semicolon, tab, or a space for runs of blanks; null to find it out from the first line
    /// (the first of tab, semicolon, comma that occurs; else blanks).
    /// </summary>
    public char? Delimiter { get; init; }

    /// <summary>Whether the first line names the columns; null to find it out: it does where every value is a name.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>The number of columns at the left that are passed over, such as a row number that another program wrote.</summary>
    public int SkipColumns { get; init; }

    /// <summary>The number of channels: a line holds all values of the first channel, then of the second, and so on.</summary>
    public int Channels { get; init; } = 1;

    /// <summary>Whether missing values at the end of a line are padding and removed (the UCR archive pads series of unequal length so), or are missing values.</summary>
    /// <remarks>The padding of a series with several channels is what is missing at the end of all of them.</remarks>
    public bool TrailingMissingIsPadding { get; init; } = true;
}
