using FastNets.Generators.Diagnostics;
using FastNets.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Generators.Tests.Diagnostics;

/// <summary>Diagnostics are errors, and users may change that by the means they know.</summary>
public class SeverityTests
{
    private static readonly string Wrong = Networks.Declare("Input = 4", "Units = 0 -> Dense Output");

    [Test]
    public void All_are_errors_from_the_outset()
    {
        foreach (DiagnosticDescriptor descriptor in new NetworkAnalyzer().SupportedDiagnostics)
        {
            descriptor.DefaultSeverity.ShouldBe(DiagnosticSeverity.Error);
            descriptor.IsEnabledByDefault.ShouldBeTrue();
        }
    }

    [Test]
    public void A_pragma_silences_one()
    {
        GeneratorRun.Of(Wrong).Diagnostics().Select(d => d.Id).ShouldBe(["FN0009"]);
        GeneratorRun.Of($"#pragma warning disable FN0009\n{Wrong}").Diagnostics().ShouldBeEmpty();
    }

    [Test]
    public void The_project_file_silences_one()
    {
        CSharpCompilationOptions options = GeneratorRun.Options();
        GeneratorRun.Of(Wrong, options.WithSpecificDiagnosticOptions(options.SpecificDiagnosticOptions.Add("FN0009", ReportDiagnostic.Suppress))).Diagnostics().ShouldBeEmpty();
    }

    [TestCase("none", null)]
    [TestCase("warning", DiagnosticSeverity.Warning)]
    [TestCase("error", DiagnosticSeverity.Error)]
    public void An_editorconfig_sets_the_severity(string severity, DiagnosticSeverity? expected)
    {
        CSharpCompilationOptions options = GeneratorRun.Options().WithSyntaxTreeOptionsProvider(new EditorConfig($"is_global = true\ndotnet_diagnostic.FN0009.severity = {severity}\n"));
        GeneratorRun.Of(Wrong, options).Diagnostics().Select(d => (DiagnosticSeverity?)d.Severity).ShouldBe(expected is null ? [] : [expected]);
    }

    private sealed class EditorConfig(string text) : SyntaxTreeOptionsProvider
    {
        private readonly AnalyzerConfigOptionsResult _options = AnalyzerConfigSet.Create<List<AnalyzerConfig>>([AnalyzerConfig.Parse(text, "/.globalconfig")]).GlobalConfigOptions;

        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.Unknown;

        public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
            => TryGetGlobalDiagnosticValue(diagnosticId, cancellationToken, out severity);

        public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
            => _options.TreeOptions.TryGetValue(diagnosticId, out severity);
    }
}
