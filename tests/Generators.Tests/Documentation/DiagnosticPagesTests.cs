using FastNets.Generators.Diagnostics;
using FastNets.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Generators.Tests.Documentation;

/// <summary>Each diagnostic has a page that says the same as the code.</summary>
public class DiagnosticPagesTests
{
    private static readonly DiagnosticDescriptor[] Descriptors = [.. new NetworkAnalyzer().SupportedDiagnostics];

    [Test]
    public void Numbers_are_given_without_gaps()
        => Descriptors.Select(d => d.Id).ShouldBe(Enumerable.Range(1, Descriptors.Length).Select(i => $"FN{i:0000}"));

    [TestCaseSource(nameof(Descriptors))]
    public void Each_has_a_page_with_its_title(DiagnosticDescriptor descriptor)
    {
        string[] page = File.ReadAllLines(Page(descriptor.Id));
        page[0].ShouldBe($"# {descriptor.Id}: {descriptor.Title}");
        page.ShouldContain("## What it means");
        page.ShouldContain("## Example");
        page.ShouldContain("## How to fix it");
    }

    [TestCaseSource(nameof(Descriptors))]
    public void The_page_provokes_it_and_fixes_it(DiagnosticDescriptor descriptor)
    {
        string[] code = CodeBlocks(descriptor.Id);
        code.Length.ShouldBe(2);
        GeneratorRun.Of(code[0]).AnalyzerDiagnostics().Select(d => d.Id).ShouldBe([descriptor.Id]);
        Verify.Clean(code[1]);
    }

    [TestCaseSource(nameof(Descriptors))]
    public void The_page_quotes_the_message(DiagnosticDescriptor descriptor)
    {
        string message = GeneratorRun.Of(CodeBlocks(descriptor.Id)[0]).AnalyzerDiagnostics().Single().GetMessage();
        File.ReadAllText(Page(descriptor.Id)).ShouldContain($"> {message}");
    }

    [Test]
    public void The_index_lists_all()
    {
        string[] rows = [.. File.ReadAllLines(Page("README")).Where(l => l.StartsWith("| [FN", StringComparison.Ordinal))];
        rows.ShouldBe(Descriptors.Select(d => $"| [{d.Id}]({d.Id}.md) | {d.Category} | {d.Title} |"));
    }

    [Test]
    public void The_release_notes_of_the_analyzer_list_all()
    {
        string[] rows = [.. new[] { "Shipped", "Unshipped" }
            .SelectMany(f => File.ReadAllLines(Checkout.Path("src", "Generators", $"AnalyzerReleases.{f}.md")))
            .Where(l => l.StartsWith("FN", StringComparison.Ordinal))];
        rows.ShouldBe(Descriptors.Select(d => $"{d.Id} | {d.Category} | {d.DefaultSeverity} | {d.Title}"));
    }

    private static string Page(string name) => Checkout.Path("docs", "diagnostics", $"{name}.md");

    private static string[] CodeBlocks(string id)
        => [.. File.ReadAllText(Page(id)).Split("```").Where(b => b.StartsWith("csharp\n", StringComparison.Ordinal)).Select(b => b["csharp\n".Length..])];
}
