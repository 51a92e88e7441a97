namespace FastNets.Data;

/// <summary>What a reader does with missing values.</summary>
public enum MissingValues
{
    /// <summary>They become NaN; <see cref="SeriesSet.RequireFinite"/> refuses them by file, line and position.</summary>
    Keep,

    /// <summary>They are put on the line between their neighbours in time; see <see cref="SeriesSet.InterpolateMissing"/>.</summary>
    Interpolate,
}

/// <summary>The order of the dimensions of a three-dimensional array of series.</summary>
public enum ArrayLayout
{
    /// <summary>[series, channels, time steps].</summary>
    ChannelsFirst,

    /// <summary>[series, time steps, channels].</summary>
    ChannelsLast,
}

/// <summary>How files of series are read, where that is not told by the file.</summary>
public sealed record SeriesFileOptions
{
    /// <summary>How delimited text is read.</summary>
    public CsvOptions Csv { get; init; } = new();

    /// <summary>What becomes of missing values.</summary>
    public MissingValues Missing { get; init; }

    /// <summary>The order of the dimensions of three-dimensional arrays in <c>.npy</c> and <c>.npz</c> files.</summary>
    public ArrayLayout Layout { get; init; }

    /// <summary>The array of an <c>.npz</c> file that holds the series; null to find it by the usual names.</summary>
    public string? SeriesArray { get; init; }

    /// <summary>The array of an <c>.npz</c> file that holds the labels; null to find it by the usual names.</summary>
    public string? LabelArray { get; init; }

    /// <summary>
    /// The file with the labels of an IDX file; null to take the one beside it whose name has <c>labels</c> and <c>idx1</c>
    /// in the place of <c>images</c> and <c>idx3</c>, where there is one.
    /// </summary>
    public string? LabelFile { get; init; }
}
