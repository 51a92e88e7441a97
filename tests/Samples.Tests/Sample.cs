using System.Reflection;

namespace FastNets.Samples.Tests;

/// <summary>A sample's program and folders.</summary>
internal sealed class Sample(Type anyType)
{
    private static readonly string[] Output = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar);

    private readonly string _name = anyType.Assembly.GetName().Name!;

    private string Folder => Path.Combine(Root(), "samples", _name);

    /// <summary>The copies of generated files that are there to be read.</summary>
    public string Shown => Path.Combine(Folder, "Generated");

    /// <summary>What the generator wrote in the build that these tests belong to.</summary>
    public string Written
        => Path.Combine([Folder, "obj", Output[^2], Output[^1], "generated", "FastNets.Generators", "FastNets.Generators.NetworkGenerator"]);

    /// <summary>Runs the program and gives the lines that it prints.</summary>
    public string[] Run()
    {
        TextWriter console = Console.Out;
        using var printed = new StringWriter();
        Console.SetOut(printed);
        try
        {
            anyType.Assembly.EntryPoint!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [Array.Empty<string>()], null);
        }
        finally
        {
            Console.SetOut(console);
        }

        return printed.ToString().ReplaceLineEndings("\n").TrimEnd().Split('\n');
    }

    private static string Root()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "FastNets.sln"))) folder = folder.Parent ?? throw new DirectoryNotFoundException("No FastNets.sln above the tests.");
        return folder.FullName;
    }
}
