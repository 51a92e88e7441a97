using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Shouldly;

namespace FastNets.Generators.Tests.Harness;

/// <summary>Asserts what a build prints: no more and no less than a test names.</summary>
internal static class Verify
{
    /// <summary>The marked diagnostics are the only ones, and those of FastNets have these messages, in the order of the source.</summary>
    public static void Reports(string marked, params string[] messages)
    {
        string source = Markup.Parse(marked, out List<Expected> expected);
        GeneratorRun run = GeneratorRun.Of(source);
        run.Failure.ShouldBeNull();
        IReadOnlyList<Diagnostic> actual = run.Diagnostics();
        string[] found = [.. actual.Select(d => Describe(source, d.Id, InSource(d) ? d.Location.SourceSpan : null))];
        string[] wanted = [.. expected.OrderBy(e => e.Span.Start).ThenBy(e => e.Id, StringComparer.Ordinal).Select(e => Describe(source, e.Id, e.Span))];
        found.ShouldBe(wanted, found.SequenceEqual(wanted) ? null : Report(source, run, actual));
        actual.Where(d => d.Id.StartsWith("FN", StringComparison.Ordinal)).Select(d => d.GetMessage()).ShouldBe(messages);
    }

    /// <summary>The build prints nothing; gives the run.</summary>
    public static GeneratorRun Clean(string source)
    {
        GeneratorRun run = GeneratorRun.Of(source);
        run.Failure.ShouldBeNull();
        IReadOnlyList<Diagnostic> actual = run.Diagnostics();
        actual.ShouldBeEmpty(actual.Count == 0 ? null : Report(source, run, actual));
        return run;
    }

    private static bool InSource(Diagnostic diagnostic) => diagnostic.Location.SourceTree?.FilePath == GeneratorRun.SourcePath;

    private static string Describe(string source, string id, TextSpan? span)
        => span is { } s ? $"{id} at {s} '{source.Substring(s.Start, s.Length)}'" : $"{id} elsewhere";

    private static string Report(string source, GeneratorRun run, IEnumerable<Diagnostic> actual)
    {
        var text = new StringBuilder("What the build prints:\n");
        foreach (Diagnostic diagnostic in actual) text.Append("  ").Append(diagnostic).Append('\n');
        text.Append("In markup:\n");
        var marked = new StringBuilder(source);
        foreach (IGrouping<TextSpan, Diagnostic> group in actual.Where(InSource).GroupBy(d => d.Location.SourceSpan).OrderByDescending(g => g.Key.Start))
        {
            marked.Insert(group.Key.End, "|}");
            marked.Insert(group.Key.Start, $"{{|{string.Join(",", group.Select(d => d.Id))}:");
        }

        text.Append(marked);
        foreach (SyntaxTree tree in run.Result.GeneratedTrees) text.Append("\n--- ").Append(tree.FilePath).Append('\n').Append(tree.GetText());
        return text.ToString();
    }
}
