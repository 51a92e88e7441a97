namespace FastNets.Cli.Commands;

/// <summary>What the commands say of files of series.</summary>
internal static class SeriesFiles
{
    /// <summary>Which files can be read.</summary>
    public const string Description = "File of series: .ts, .tsv, .txt, .csv, .arff, .npy, .npz or IDX, plain or gzipped; told by its content";
}
