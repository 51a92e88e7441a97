using System.Collections.Immutable;
using FastNets.Generators.Helpers;
using FastNets.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FastNets.Generators.Diagnostics;

/// <summary>Reports what is wrong with a declaration, on the user's own token.</summary>
/// <remarks>Apart from the generator so that locations don't enter its model: moving code generates nothing anew, and <c>#pragma</c> works.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class NetworkAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        Descriptors.NotPartial, Descriptors.UnsupportedClass, Descriptors.NoLayers, Descriptors.NotAPartialProperty,
        Descriptors.UnknownKind, Descriptors.SettingNotTaken, Descriptors.SettingMissing, Descriptors.OutOfRange,
        Descriptors.BadSize, Descriptors.DuplicateName, Descriptors.InputMissing, Descriptors.LossDoesNotFit,
        Descriptors.SizesDoNotMeet, Descriptors.LayerOutsideNetwork, Descriptors.SeveralParts,
        Descriptors.UnknownSource, Descriptors.SourceCount, Descriptors.WrongShape, Descriptors.InputsDoNotMatch, Descriptors.WindowTooLong,
        Descriptors.UnusedOutput, Descriptors.NotTheInput, Descriptors.NoEncoder, Descriptors.StateDoesNotFit, Descriptors.LengthsGoWrong,
        Descriptors.SettingsConflict, Descriptors.CustomIncomplete,
    ];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            INamedTypeSymbol? network = start.Compilation.GetTypeByMetadataName(Names.NetworkAttribute);
            INamedTypeSymbol? layer = start.Compilation.GetTypeByMetadataName(Names.LayerAttribute);
            if (network is null || layer is null) return;
            start.RegisterSymbolAction(symbol => Analyze(symbol, network, layer), SymbolKind.NamedType);
        });
    }

    private static void Analyze(SymbolAnalysisContext context, INamedTypeSymbol network, INamedTypeSymbol layer)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        var sink = new Reporter(context);
        AttributeData? attribute = type.GetAttributes().FirstOrDefault(a => SymbolEqualityComparer.Default.Equals(a.AttributeClass, network));
        if (attribute is not null)
        {
            // On what is no class the attribute is the compiler's to report.
            if (type.TypeKind == TypeKind.Class) NetworkParser.Parse(type, attribute, sink, context.CancellationToken);
            return;
        }

        foreach (IPropertySymbol property in type.GetMembers().OfType<IPropertySymbol>())
        {
            if (property.GetAttributes().Any(a => SymbolEqualityComparer.Default.Equals(a.AttributeClass, layer)))
                sink.Symbol(Descriptors.LayerOutsideNetwork, property, property.Name, type.Name);
        }
    }

    private sealed class Reporter(SymbolAnalysisContext context) : IssueSink
    {
        protected override void OnSymbol(DiagnosticDescriptor descriptor, ISymbol symbol, object[] arguments)
        {
            Location? location = symbol.Locations.FirstOrDefault(l => l.IsInSource);
            context.ReportDiagnostic(Diagnostic.Create(descriptor, location ?? Location.None, arguments));
        }

        protected override void OnAttribute(DiagnosticDescriptor descriptor, AttributeData attribute, string? argument, bool atName, object[] arguments)
        {
            AttributeArgumentSyntax? written = Written(attribute, argument);
            Report(descriptor, written is null ? Syntax(attribute) : atName ? written.NameEquals!.Name : written.Expression, arguments);
        }

        protected override void OnElement(DiagnosticDescriptor descriptor, AttributeData attribute, string? argument, int element, object[] arguments)
        {
            ExpressionSyntax? written = Written(attribute, argument)?.Expression;
            InitializerExpressionSyntax? values = written switch
            {
                ImplicitArrayCreationExpressionSyntax array => array.Initializer,
                ArrayCreationExpressionSyntax array => array.Initializer,
                _ => null,
            };
            Report(descriptor, values?.Expressions.ElementAtOrDefault(element) ?? (SyntaxNode?)written ?? Syntax(attribute), arguments);
        }

        private void Report(DiagnosticDescriptor descriptor, SyntaxNode? node, object[] arguments)
            => context.ReportDiagnostic(Diagnostic.Create(descriptor, node?.GetLocation() ?? Location.None, arguments));

        private AttributeSyntax? Syntax(AttributeData attribute)
            => attribute.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken) as AttributeSyntax;

        private AttributeArgumentSyntax? Written(AttributeData attribute, string? argument)
            => Syntax(attribute)?.ArgumentList?.Arguments.FirstOrDefault(a => a.NameEquals?.Name.Identifier.ValueText == argument);
    }
}
