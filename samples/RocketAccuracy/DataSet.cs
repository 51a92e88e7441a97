using FastNets.Data;

namespace RocketAccuracy;

/// <summary>A data set as archives keep it: a folder NAME with the files NAME_TRAIN and NAME_TEST, of any format.</summary>
/// <param name="Name">The folder's name.</param>
/// <param name="Train">What is learnt from.</param>
/// <param name="Test">What is measured on.</param>
public sealed record DataSet(string Name, SeriesSet Train, SeriesSet Test)
{
    /// <summary>Reads both files. Missing values are interpolated.</summary>
    /// <param name="folder">The folder.</param>
    public static DataSet Read(string folder)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        return new DataSet(name, Part(folder, $"{name}_TRAIN"), Part(folder, $"{name}_TEST"));
    }

    private static SeriesSet Part(string folder, string name)
    {
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, $"{name}.*") : [];
        if (files.Length != 1) throw new FileNotFoundException($"there are {files.Length} files {name}.*, but one is needed.");
        return SeriesFile.Read(files[0], new SeriesFileOptions { Missing = MissingValues.Interpolate });
    }
}
