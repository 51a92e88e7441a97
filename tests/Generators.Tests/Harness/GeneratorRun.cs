using System.Collections.Immutable;
using FastNets.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FastNets.Generators.Tests.Harness;

/// <summary>A program compiled with generator and analyzer, as a user's build does it.</summary>
internal sealed class GeneratorRun
{
    /// <summary>Where the user's source stands.</summary>
    public const string SourcePath = "Source.cs";

    private static readonly string Runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    public static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest, DocumentationMode.Diagnose);

    public static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(p => p.StartsWith(Runtime, StringComparison.Ordinal))
            .Append(typeof(Network).Assembly.Location)
            .Select(p => MetadataReference.CreateFromFile(p)),
    ];

    private GeneratorRun(CSharpCompilation user, CSharpCompilation compilation, GeneratorDriverRunResult result, GeneratorDriver driver)
    {
        User = user;
        Compilation = compilation;
        Result = result;
        Driver = driver;
    }

    /// <summary>The program before generation.</summary>
    public CSharpCompilation User { get; }

    /// <summary>The program with what was generated.</summary>
    public CSharpCompilation Compilation { get; }

    public GeneratorDriverRunResult Result { get; }

    public GeneratorDriver Driver { get; }

    /// <summary>The text of the one generated file.</summary>
    public string Text => Result.GeneratedTrees.Single().GetText().ToString();

    public static CSharpCompilation Compile(string source, CSharpCompilationOptions? options = null) => CSharpCompilation.Create(
        "Declared",
        [Parse(source, SourcePath), Parse("global using FastNets;", "Usings.cs")],
        References,
        options ?? Options());

    public static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(source, ParseOptions, path);

    /// <summary>A library with nullable references and all warnings.</summary>
    public static CSharpCompilationOptions Options() => new(
        OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, warningLevel: 9999, deterministic: true,
        // The markup's subject is the declaration; that test classes have no documentation is not.
        specificDiagnosticOptions: new Dictionary<string, ReportDiagnostic> { ["CS1591"] = ReportDiagnostic.Suppress });

    public static GeneratorRun Of(string source, CSharpCompilationOptions? options = null) => Of(Compile(source, options));

    public static GeneratorRun Of(CSharpCompilation compilation, GeneratorDriver? driver = null)
    {
        driver ??= CSharpGeneratorDriver.Create(
            [new NetworkGenerator().AsSourceGenerator()],
            parseOptions: ParseOptions,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out _);
        return new GeneratorRun(compilation, (CSharpCompilation)updated, driver.GetRunResult(), driver);
    }

    /// <summary>Everything that a build would print: compiler, generator and analyzer, warnings and errors, in the order of the source.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics()
        => [.. Compilation.GetDiagnostics().Concat(Result.Diagnostics).Concat(AnalyzerDiagnostics())
            .Where(d => d.Severity >= DiagnosticSeverity.Warning && !d.IsSuppressed)
            .OrderBy(d => d.Location.SourceTree?.FilePath == SourcePath ? 0 : 1)
            .ThenBy(d => d.Location.SourceSpan.Start)
            .ThenBy(d => d.Id, StringComparer.Ordinal)];

    public ImmutableArray<Diagnostic> AnalyzerDiagnostics()
        => Compilation.WithAnalyzers([new NetworkAnalyzer()]).GetAnalyzerDiagnosticsAsync(CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Whether the generator itself failed: what users would see as CS8785.</summary>
    public Exception? Failure => Result.Results.Single().Exception;
}
