namespace FastNets.Generators.Tests.Harness;

/// <summary>Files of the repository that tests read.</summary>
internal static class Checkout
{
    private static readonly string Root = Find();

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "FastNets.sln"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No FastNets.sln above {AppContext.BaseDirectory}.");
    }
}
