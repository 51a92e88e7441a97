using Microsoft.CodeAnalysis;

namespace FastNets.Generators.Diagnostics;

/// <summary>Where the parser says what is wrong. The generator only counts; the analyzer, which may keep locations, reports.</summary>
internal abstract class IssueSink
{
    /// <summary>Whether anything was said.</summary>
    public bool Any { get; private set; }

    /// <summary>Something is wrong with a symbol's name.</summary>
    public void Symbol(DiagnosticDescriptor descriptor, ISymbol symbol, params object[] arguments)
    {
        Any = true;
        OnSymbol(descriptor, symbol, arguments);
    }

    /// <summary>Something is wrong with an attribute, or with one of its arguments.</summary>
    public void Attribute(DiagnosticDescriptor descriptor, AttributeData attribute, string? argument, bool atName, params object[] arguments)
    {
        Any = true;
        OnAttribute(descriptor, attribute, argument, atName, arguments);
    }

    /// <summary>Something is wrong with one of the values of an attribute's argument.</summary>
    public void Element(DiagnosticDescriptor descriptor, AttributeData attribute, string? argument, int element, params object[] arguments)
    {
        Any = true;
        OnElement(descriptor, attribute, argument, element, arguments);
    }

    /// <summary>Something is wrong that the compiler itself reports.</summary>
    public void LeftToCompiler() => Any = true;

    protected abstract void OnSymbol(DiagnosticDescriptor descriptor, ISymbol symbol, object[] arguments);

    protected abstract void OnAttribute(DiagnosticDescriptor descriptor, AttributeData attribute, string? argument, bool atName, object[] arguments);

    protected abstract void OnElement(DiagnosticDescriptor descriptor, AttributeData attribute, string? argument, int element, object[] arguments);

    /// <summary>Counts only.</summary>
    internal sealed class Silent : IssueSink
    {
        protected override void OnSymbol(DiagnosticDescriptor descriptor, ISymbol symbol, object[] arguments)
        {
        }

        protected override void OnAttribute(DiagnosticDescriptor descriptor, AttributeData attribute, string? argument, bool atName, object[] arguments)
        {
        }

        protected override void OnElement(DiagnosticDescriptor descriptor, AttributeData attribute, string? argument, int element, object[] arguments)
        {
        }
    }
}
