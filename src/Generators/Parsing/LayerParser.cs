using FastNets.Generators.Diagnostics;
using FastNets.Generators.Model;
using Microsoft.CodeAnalysis;

namespace FastNets.Generators.Parsing;

/// <summary>Turns a property with its [Layer] attribute into a <see cref="LayerSpec"/>.</summary>
internal static class LayerParser
{
    private const string SizeOfRate = "a rate is at least 0 and below 1";
    private const string NotNegative = "a penalty's factor is a finite number, 0 or more";

    public static LayerSpec? Parse(IPropertySymbol property, AttributeData attribute, IssueSink issues)
    {
        if (attribute.AttributeConstructor is null || PropertyParts.IsBroken(property))
        {
            issues.LeftToCompiler();
            return null;
        }

        LayerKinds.Entry? entry = LayerKinds.All.FirstOrDefault(e => e.TypeName == property.Type.Name && property.Type.ContainingNamespace?.ToDisplayString() == "FastNets");
        if (entry is null)
        {
            issues.Symbol(Descriptors.UnknownKind, property, property.Name, property.Type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat), LayerKinds.Names);
            return null;
        }

        if (!IsPlainPartialProperty(property))
        {
            issues.Symbol(Descriptors.NotAPartialProperty, property, property.Name, entry.TypeName);
            return null;
        }

        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (!entry.Settings.Contains(argument.Key))
                issues.Attribute(Descriptors.SettingNotTaken, attribute, argument.Key, true, entry.TypeName, argument.Key, string.Join(", ", entry.Settings));
        }

        var reader = new SettingReader(attribute, issues);
        if (entry.Required is { } required && !reader.Has(required.Name))
        {
            issues.Attribute(Descriptors.SettingMissing, attribute, null, false, entry.TypeName, property.Name, required.Name, required.Example);
            return null;
        }

        LayerSettings? settings = entry.Kind switch
        {
            LayerKind.Dense => Dense(reader),
            LayerKind.BatchNorm => BatchNorm(reader, attribute, issues),
            LayerKind.Dropout => new LayerSettings { Rate = reader.Number("Rate", 0, v => v is >= 0 and < 1, SizeOfRate) },
            _ => new LayerSettings { Activation = reader.Choice("Activation", ActivationKind.Linear) },
        };
        return settings is null ? null : new LayerSpec(property.Name, PropertyParts.Modifiers(property), entry.Kind, settings);
    }

    private static LayerSettings? Dense(SettingReader reader)
    {
        Size? units = reader.Size("Units");
        Size? inputs = reader.Size("Inputs");
        return units is null ? null : new LayerSettings
        {
            Units = units.Value,
            Inputs = inputs,
            Activation = reader.Choice("Activation", ActivationKind.Linear),
            UseBias = reader.Flag("UseBias", true),
            KernelInitializer = reader.ChoiceName("KernelInitializer", "GlorotUniform"),
            BiasInitializer = reader.ChoiceName("BiasInitializer", "Zeros"),
            L1 = reader.Number("L1", 0, IsFactor, NotNegative),
            L2 = reader.Number("L2", 0, IsFactor, NotNegative),
        };
    }

    private static LayerSettings BatchNorm(SettingReader reader, AttributeData attribute, IssueSink issues)
    {
        bool pyTorch = reader.ChoiceName("Defaults", "Keras") == "PyTorch";
        ActivationKind activation = reader.Choice("Activation", ActivationKind.Linear);
        if (activation == ActivationKind.Softmax)
            issues.Attribute(Descriptors.OutOfRange, attribute, "Activation", false, "Activation", "Softmax", "BatchNorm works on each feature alone; put softmax into an ActivationLayer after it");
        return new LayerSettings
        {
            Activation = activation,
            Momentum = reader.Number("Momentum", pyTorch ? 0.9f : 0.99f, v => v is >= 0 and <= 1, "momentum lies between 0 and 1"),
            Epsilon = reader.Number("Epsilon", pyTorch ? 1e-5f : 1e-3f, v => v > 0 && !float.IsInfinity(v), "epsilon is a finite number above 0"),
            UnbiasedVariance = reader.Flag("UnbiasedVariance", pyTorch),
        };
    }

    private static bool IsFactor(float value) => value >= 0 && !float.IsInfinity(value);

    private static bool IsPlainPartialProperty(IPropertySymbol property)
        => property is { IsStatic: false, IsVirtual: false, IsAbstract: false, IsOverride: false, IsRequired: false, IsIndexer: false, SetMethod: null, IsPartialDefinition: true, RefKind: RefKind.None, NullableAnnotation: not NullableAnnotation.Annotated };
}
