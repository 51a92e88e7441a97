using FastNets.Generators.Diagnostics;
using FastNets.Generators.Model;
using Microsoft.CodeAnalysis;

namespace FastNets.Generators.Parsing;

/// <summary>Reads what a sample is: a vector (Input), or a sequence (Length and Channels).</summary>
internal static class InputParser
{
    public static Shape? Parse(AttributeData attribute, SettingReader reader, string network, IssueSink issues)
    {
        if (attribute.AttributeConstructor is null)
        {
            issues.LeftToCompiler();
            return null;
        }

        bool isVector = reader.Has("Input");
        bool isSequence = reader.Has("Length");
        if (isVector && isSequence) reader.Conflict("Length", "Input", "a sample is a vector (Input) or a sequence (Length and Channels)");
        if (reader.Has("Channels") && !isSequence)
        {
            if (isVector) reader.Conflict("Channels", "Input", "only a sequence has channels; give its Length instead of Input");
            else issues.Attribute(Descriptors.InputMissing, attribute, null, false, network);
            return null;
        }

        if (isVector) return reader.Size("Input") is { } input ? Shape.Vector(input) : null;
        if (!isSequence)
        {
            issues.Attribute(Descriptors.InputMissing, attribute, null, false, network);
            return null;
        }

        Size? channels = reader.Has("Channels") ? reader.Size("Channels") : Size.One;
        return reader.Size("Length") is { } length && channels is not null ? Shape.Sequence(length, channels.Value) : null;
    }
}
