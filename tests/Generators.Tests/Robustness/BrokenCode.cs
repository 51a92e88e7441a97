using FastNets.Generators.Tests.Harness;
using FastNets.Random;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Shouldly;

namespace FastNets.Generators.Tests.Robustness;

/// <summary>What holds of generator and analyzer whatever the source.</summary>
internal static class BrokenCode
{
    private const ulong Seed = 77;

    /// <summary>Asserts that nothing fails and that what is generated adds no errors of its own.</summary>
    public static void Check(string source)
    {
        GeneratorRun run = GeneratorRun.Of(source);
        run.Failure.ShouldBeNull(source);
        run.Result.Diagnostics.ShouldBeEmpty(source);
        IReadOnlyList<Diagnostic> analyzed = run.AnalyzerDiagnostics();
        analyzed.ShouldAllBe(d => d.Id.StartsWith("FN", StringComparison.Ordinal), source);
        run.Compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error && run.Result.GeneratedTrees.Contains(d.Location.SourceTree!)).ShouldBeEmpty(source);
        // Where nothing is wrong but that the generated half is missing, the whole must compile.
        if (analyzed.Count > 0 || Errors(run.User).Any(id => id != "CS9248")) return;
        Errors(run.Compilation).ShouldBeEmpty(source);
    }

    private static IEnumerable<string> Errors(Compilation compilation)
        => compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.Id);

    /// <summary>The source with one to three tokens deleted, doubled, swapped or put in place of others; each number is always the same mutation.</summary>
    public static string Mutate(string source, int number)
    {
        var random = new PhiloxStream(Seed, (ulong)number);
        List<string> tokens = [.. CSharpSyntaxTree.ParseText(source).GetRoot().DescendantTokens().Select(t => t.ToFullString())];
        int count = 1 + random.NextInt32(3);
        for (int i = 0; i < count; i++)
        {
            int at = random.NextInt32(tokens.Count - 1);
            switch (random.NextInt32(4))
            {
                case 0: tokens.RemoveAt(at); break;
                case 1: tokens.Insert(at, tokens[at]); break;
                case 2: (tokens[at], tokens[at + 1]) = (tokens[at + 1], tokens[at]); break;
                default: tokens[at] = tokens[random.NextInt32(tokens.Count)]; break;
            }
        }

        return string.Concat(tokens);
    }
}
