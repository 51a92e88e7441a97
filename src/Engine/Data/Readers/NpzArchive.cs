using System.IO.Compression;
using FastNets.Serialization;

namespace FastNets.Data.Readers;

/// <summary>Reads series from NumPy's <c>.npz</c> archives of named arrays.</summary>
internal static class NpzArchive
{
    private const string Extension = ".npy";

    // Lower case; pairs in the order in which they are looked for.
    private static readonly (string Series, string Label)[] UsualNames =
    [
        ("x", "y"), ("data", "labels"), ("data", "label"), ("data", "y"), ("series", "labels"), ("x_train", "y_train"), ("x_test", "y_test"),
        ("x_val", "y_val"), ("arr_0", "arr_1"),
    ];

    /// <summary>Reads an <c>.npz</c> archive.</summary>
    /// <param name="stream">The archive.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="options">The names of the arrays and the order of three dimensions.</param>
    public static SeriesSet Read(Stream stream, string name, SeriesFileOptions options)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        var arrays = new OrderedDictionary<string, ZipArchiveEntry>(StringComparer.Ordinal);
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            if (!entry.FullName.EndsWith(Extension, StringComparison.Ordinal)) continue;
            if (!arrays.TryAdd(entry.FullName[..^Extension.Length], entry))
                throw DataFormatException.At(name, 0, $"the archive holds two arrays '{MessageText.Show(entry.FullName)}'.");
        }

        (string seriesName, string? labelName) = Choose(arrays.Keys, name, options);
        SeriesSet series = ReadEntry(arrays[seriesName], reader => new ArraySeries(reader, name, options.Layout).ReadAll());
        return labelName is null ? series : ReadEntry(arrays[labelName], reader => ArraySeries.AddLabels(reader, series));

        SeriesSet ReadEntry(ZipArchiveEntry entry, Func<NpyReader, SeriesSet> read)
        {
            using Stream content = entry.Open();
            var reader = new NpyReader(content, name);
            if (!reader.Next()) throw DataFormatException.At(name, 0, $"the array '{MessageText.Show(entry.FullName)}' is empty.");
            return read(reader);
        }
    }

    private static (string Series, string? Label) Choose(IList<string> names, string file, SeriesFileOptions options)
    {
        string? givenLabel = options.LabelArray is null ? null : Given(names, file, options.LabelArray);
        if (options.SeriesArray is not null) return (Given(names, file, options.SeriesArray), givenLabel ?? PartnerOf(names, options.SeriesArray));
        if (names.Count == 1) return (names[0], givenLabel);

        List<string> found = [];
        foreach ((string usual, _) in UsualNames)
        {
            string? match = Find(names, usual);
            if (match is not null && !found.Contains(match)) found.Add(match);
        }

        if (found.Count == 1) return (found[0], givenLabel ?? PartnerOf(names, found[0]));
        string what = found.Count == 0 ? "none of the arrays has a usual name for series (x, data, x_train)" : $"{string.Join(" and ", found)} may both be the series";
        throw DataFormatException.At(file, 0, $"{what}; the archive holds {Listed(names)}; say which one by SeriesFileOptions.SeriesArray.");
    }

    private static string? PartnerOf(IList<string> names, string series)
        => UsualNames.Where(pair => pair.Series.Equals(series, StringComparison.OrdinalIgnoreCase)).Select(pair => Find(names, pair.Label)).FirstOrDefault(n => n is not null);

    private static string? Find(IList<string> names, string usual) => names.FirstOrDefault(n => n.Equals(usual, StringComparison.OrdinalIgnoreCase));

    private static string Given(IList<string> names, string file, string given)
        => names.Contains(given) ? given : throw DataFormatException.At(file, 0, $"there is no array '{given}'; the archive holds {Listed(names)}.");

    private static string Listed(IList<string> names)
    {
        const int Shown = 20;
        if (names.Count == 0) return "no array";
        return string.Join(", ", names.Take(Shown).Select(MessageText.Show)) + (names.Count > Shown ? $" and {names.Count - Shown} more" : "");
    }
}
