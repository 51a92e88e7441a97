namespace FastNets.Serialization;

/// <summary>The names that go with a file that is written over several runs.</summary>
internal static class PartialFile
{
    /// <summary>What is put after the file's name while it is not whole.</summary>
    public const string Ending = ".partial";

    /// <summary>What is put after that for the file that says what it holds.</summary>
    public const string StateEnding = ".json";

    /// <summary>What to do about a partial file that does not fit.</summary>
    public const string StartAnew = "start from the beginning (without --resume; TransformStreamOptions.Resume)";
}
