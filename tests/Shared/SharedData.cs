using NUnit.Framework;

namespace FastNets.Tests.Shared;

/// <summary>Finds the reference data that lies beside the checkout, or skips the test with the reason.</summary>
public static class SharedData
{
    private static readonly string? Root = Find();

    /// <summary>A file or folder of the reference data; the running test is skipped where it is absent.</summary>
    public static string Path(params string[] parts)
    {
        if (Root is null) Assert.Ignore("No reference data: no folder 'shared' beside the checkout and FASTNETS_SHARED is not set.");
        string path = System.IO.Path.Combine([Root!, .. parts]);
        if (!System.IO.Path.Exists(path)) Assert.Ignore($"No reference data: {path} does not exist.");
        return path;
    }

    /// <summary>A file or folder of the reference data, or null where it is absent.</summary>
    public static string? TryPath(params string[] parts)
    {
        if (Root is null) return null;
        string path = System.IO.Path.Combine([Root, .. parts]);
        return System.IO.Path.Exists(path) ? path : null;
    }

    private static string? Find()
    {
        string? configured = Environment.GetEnvironmentVariable("FASTNETS_SHARED");
        if (!string.IsNullOrEmpty(configured)) return Directory.Exists(configured) ? configured : null;
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(System.IO.Path.Combine(folder.FullName, "FastNets.sln"))) continue;
            string shared = System.IO.Path.Combine(folder.Parent?.FullName ?? folder.FullName, "shared");
            return Directory.Exists(shared) ? shared : null;
        }

        return null;
    }
}
