using System.Globalization;
using FastNets.Generators.Diagnostics;
using FastNets.Generators.Helpers;
using FastNets.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FastNets.Generators.Parsing;

/// <summary>Reads the named arguments of one attribute, checking each against its range.</summary>
internal sealed class SettingReader(AttributeData attribute, IssueSink issues)
{
    // Far beyond any layer, and small enough that products of two of them are whole numbers still.
    private const int LargestWhole = 1 << 24;

    // Asked for by several settings, reported once.
    private DefaultsKind? _defaults;

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
        if (!TryGet(name, out TypedConstant constant) || ValueOf(constant) is not float value) return otherwise;
        if (allowed(value)) return value;
        issues.Attribute(Descriptors.OutOfRange, attribute, name, false, name, value.ToString("R", CultureInfo.InvariantCulture), rule);
        return otherwise;
    }

    public bool Flag(string name, bool otherwise)
        => TryGet(name, out TypedConstant constant) && ValueOf(constant) is bool value ? value : otherwise;

    /// <summary>An enum's value, by its place in the engine's enum, which is the generator's too.</summary>
    public TEnum Choice<TEnum>(string name, TEnum otherwise)
        where TEnum : struct, Enum
    {
        if (!TryGet(name, out TypedConstant constant) || ValueOf(constant) is not int value) return otherwise;
        if (Enum.IsDefined(typeof(TEnum), value)) return (TEnum)(object)value;
        NotAChoice(name, constant, value);
        return otherwise;
    }

    /// <summary>The name of an enum's value, for enums that are only passed on.</summary>
    private string ChoiceName(string name, string otherwise)
    {
        if (!TryGet(name, out TypedConstant constant) || ValueOf(constant) is not int value || constant.Type is null) return otherwise;
        IFieldSymbol? member = constant.Type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(f => f.HasConstantValue && f.ConstantValue is int v && v == value);
        if (member is not null) return member.Name;
        NotAChoice(name, constant, value);
        return otherwise;
    }

    /// <summary>How a kernel or a bias starts; <paramref name="hasForgetGate"/> says whether the bias is one of four gates.</summary>
    public string Initializer(string name, string otherwise, bool hasForgetGate = false)
    {
        string initializer = ChoiceName(name, otherwise);
        bool isBias = name == "BiasInitializer";
        string? why =
            initializer == "Orthogonal" && isBias ? "a bias is no matrix" :
            initializer == "ForgetGateOnes" && !(isBias && hasForgetGate) ? "only the bias of an Lstm or a SequenceDecoder has a forget gate" :
            null;
        if (why is null) return initializer;
        OutOfRange(name, initializer, why);
        return otherwise;
    }

    /// <summary>Whether the layer takes PyTorch's default settings, not Keras's.</summary>
    public bool IsPyTorch => (_defaults ??= Choice("Defaults", DefaultsKind.Keras)) == DefaultsKind.PyTorch;

    /// <summary>What a normalisation adds to the variance.</summary>
    public float Epsilon() => Number("Epsilon", IsPyTorch ? 1e-5f : 1e-3f, v => v > 0 && !float.IsInfinity(v), "epsilon is a finite number above 0");

    /// <summary>The settings with the kernel's penalties.</summary>
    public LayerSettings WithPenalties(LayerSettings settings)
    {
        const string Rule = "a penalty's factor is a finite number, 0 or more";
        return settings with { L1 = Number("L1", 0, IsFactor, Rule), L2 = Number("L2", 0, IsFactor, Rule) };
        static bool IsFactor(float value) => value >= 0 && !float.IsInfinity(value);
    }

    /// <summary>A whole number from a smallest one on.</summary>
    public int Whole(string name, int otherwise, int smallest)
    {
        if (!TryGet(name, out TypedConstant constant) || ValueOf(constant) is not int value) return otherwise;
        if (value >= smallest && value <= LargestWhole) return value;
        OutOfRange(name, Literals.Of(value), $"give a whole number from {Literals.Of(smallest)} to {Literals.Of(LargestWhole)}");
        return otherwise;
    }

    /// <summary>A text; empty where none was written.</summary>
    public string Text(string name) => TryGet(name, out TypedConstant constant) && ValueOf(constant) is string value ? value : "";

    /// <summary>One name or several; none where none was written.</summary>
    public string[] Texts(string name)
    {
        if (!TryGet(name, out TypedConstant constant) || constant.IsNull) return [];
        if (constant.Kind == TypedConstantKind.Array)
        {
            string?[] texts = [.. constant.Values.Select(v => v.Kind == TypedConstantKind.Primitive ? v.Value as string : null)];
            if (texts.Length > 0 && !texts.Contains(null)) return texts!;
        }
        else if (constant.Value is string text)
        {
            return [text];
        }

        OutOfRange(name, constant.ToCSharpString(), "give the name of a layer, as in 'From = nameof(Hidden)', or an array of names");
        return [];
    }

    /// <summary>Reports a value that is not possible.</summary>
    public void OutOfRange(string name, string value, string rule) => issues.Attribute(Descriptors.OutOfRange, attribute, name, false, name, value, rule);

    /// <summary>Reports two settings that exclude each other.</summary>
    public void Conflict(string name, string other, string why) => issues.Attribute(Descriptors.SettingsConflict, attribute, name, true, name, other, why);

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

    // An array has no one value.
    private static object? ValueOf(TypedConstant constant) => constant.Kind == TypedConstantKind.Array ? null : constant.Value;

    private static int? WholeNumber(object? value)
        => value is sbyte or byte or short or ushort or int or uint or long or ulong && Convert.ToDecimal(value, CultureInfo.InvariantCulture) is var number and >= 1 and <= int.MaxValue
            ? (int)number
            : null;

    // The compiler ignores formatting characters in names, so that two texts could be one name.
    private static bool IsUsableName(string text)
        => SyntaxFacts.IsValidIdentifier(text) && SyntaxFacts.GetKeywordKind(text) == SyntaxKind.None && text[0] != '_'
            && !text.Any(c => char.GetUnicodeCategory(c) == UnicodeCategory.Format);
}
