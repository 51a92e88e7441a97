using System.Reflection;
using Shouldly;

namespace FastNets.Samples.Tests;

/// <summary>A sample's program and folders.</summary>
internal sealed class Sample(Type anyType)
{
    private static readonly string[] Output = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar);

    private readonly string _name = anyType.Assembly.GetName().Name!;

    private string Folder => Path.Combine(Root(), "samples", _name);

    // The copies of generated files that are there to be read.
    private string Shown => Path.Combine(Folder, "Generated");

    // What the generator wrote in the build that these tests belong to.
    private string Written
        => Path.Combine([Folder, "obj", Output[^2], Output[^1], "generated", "FastNets.Generators", "FastNets.Generators.NetworkGenerator"]);

    /// <summary>Runs the program and gives the lines that it prints.</summary>
    /// <param name="arguments">Its command line.</param>
    public string[] Run(params string[] arguments)
    {
        TextWriter console = Console.Out;
        using var printed = new StringWriter();
        Console.SetOut(printed);
        try
        {
            anyType.Assembly.EntryPoint!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [arguments], null);
        }
        finally
        {
            Console.SetOut(console);
        }

        return printed.ToString().ReplaceLineEndings("\n").TrimEnd().Split('\n');
    }

    /// <summary>Fails where the generated files that the sample shows are not those that are written now. FASTNETS_UPDATE_SNAPSHOTS=1 accepts what is written now.</summary>
    public void ShouldShowWhatIsWritten()
    {
        if (Environment.GetEnvironmentVariable("FASTNETS_UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Shown);
            foreach (string file in Directory.GetFiles(Written)) File.Copy(file, Path.Combine(Shown, Path.GetFileName(file)), overwrite: true);
        }

        Names(Shown).ShouldBe(Names(Written), ignoreOrder: true);
        foreach (string name in Names(Written))
        {
            File.ReadAllText(Path.Combine(Shown, name)).ShouldBe(
                File.ReadAllText(Path.Combine(Written, name)),
                $"{_name}/Generated/{name} is out of date; refresh it with FASTNETS_UPDATE_SNAPSHOTS=1 dotnet test tests/Samples.Tests");
        }
    }

    private static IEnumerable<string> Names(string folder) => Directory.GetFiles(folder).Select(file => Path.GetFileName(file));

    private static string Root()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "FastNets.sln"))) folder = folder.Parent ?? throw new DirectoryNotFoundException("No FastNets.sln above the tests.");
        return folder.FullName;
    }
}
