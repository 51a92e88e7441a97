using System.Globalization;
using FastNets.Generators.Diagnostics;
using FastNets.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FastNets.Generators.Parsing;

/// <summary>Reads the named arguments of one attribute, checking each against its range.</summary>
internal sealed class SettingReader(AttributeData attribute, IssueSink issues)
{
    /// <summary>Whether an argument was written.</summary>
    public bool Has(string name) => attribute.NamedArguments.Any(a => a.Key == name);

    /// <summary>A size, or null where none was written or it is wrong.</summary>
    public Size? Size(string name)
    {
        if (!TryGet(name, out TypedConstant constant)) return null;
        // An enum's value is a number too, an array has none: only what was written as a number or a text counts.
        object? value = constant.Kind == TypedConstantKind.Primitive ? constant.Value : null;
        if (value is string text && IsUsableName(text)) return Model.Size.Named(text);
        if (WholeNumber(value) is { } number) return Model.Size.Of(number);
        issues.Attribute(Descriptors.BadSize, attribute, name, false, name, constant.ToCSharpString());
        return null;
    }

    /// <summary>A number; <paramref name="allowed"/> says which are possible, <paramref name="rule"/> says it in words.</summary>
    public float Number(string name, float otherwise, Func<float, bool> allowed, string rule)
    {
        if (!TryGet(name, out TypedConstant constant) || constant.Value is not float value) return otherwise;
        if (allowed(value)) return value;
        issues.Attribute(Descriptors.OutOfRange, attribute, name, false, name, value.ToString("R", CultureInfo.InvariantCulture), rule);
        return otherwise;
    }

    public bool Flag(string name, bool otherwise)
        => TryGet(name, out TypedConstant constant) && constant.Value is bool value ? value : otherwise;

    /// <summary>An enum's value, by its place in the engine's enum, which is the generator's too.</summary>
    public TEnum Choice<TEnum>(string name, TEnum otherwise)
        where TEnum : struct, Enum
    {
        if (!TryGet(name, out TypedConstant constant) || constant.Value is not int value) return otherwise;
        if (Enum.IsDefined(typeof(TEnum), value)) return (TEnum)(object)value;
        NotAChoice(name, constant, value);
        return otherwise;
    }

    /// <summary>The name of an enum's value, for enums that are only passed on.</summary>
    public string ChoiceName(string name, string otherwise)
    {
        if (!TryGet(name, out TypedConstant constant) || constant.Value is not int value || constant.Type is null) return otherwise;
        IFieldSymbol? member = constant.Type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(f => f.HasConstantValue && f.ConstantValue is int v && v == value);
        if (member is not null) return member.Name;
        NotAChoice(name, constant, value);
        return otherwise;
    }

    private void NotAChoice(string name, TypedConstant constant, int value)
        => issues.Attribute(Descriptors.OutOfRange, attribute, name, false, name, value.ToString(CultureInfo.InvariantCulture), $"{constant.Type?.Name} has no such value");

    private bool TryGet(string name, out TypedConstant constant)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument.Key != name) continue;
            constant = argument.Value;
            if (constant.Kind != TypedConstantKind.Error) return true;
            issues.LeftToCompiler();
            return false;
        }

        constant = default;
        return false;
    }

    private static int? WholeNumber(object? value)
        => value is sbyte or byte or short or ushort or int or uint or long or ulong && Convert.ToDecimal(value, CultureInfo.InvariantCulture) is var number and >= 1 and <= int.MaxValue
            ? (int)number
            : null;

    private static bool IsUsableName(string text)
        => SyntaxFacts.IsValidIdentifier(text) && SyntaxFacts.GetKeywordKind(text) == SyntaxKind.None && text[0] != '_';
}
