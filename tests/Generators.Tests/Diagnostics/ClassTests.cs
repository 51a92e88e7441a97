using FastNets.Generators.Tests.Harness;
using NUnit.Framework;

namespace FastNets.Generators.Tests.Diagnostics;

/// <summary>FN0001, FN0002, FN0003, FN0015: what the class itself must be.</summary>
public class ClassTests
{
    private const string Rule = "must be a top-level, non-generic class that is neither static nor abstract nor derived from another class; it ";

    [Test]
    public void A_class_must_be_partial()
    {
        // The compiler says the same of the property, in its own words.
        Verify.Reports(
            """
            [Network(Input = 4)]
            public sealed class {|FN0001:Net|}
            {
                [Layer(Units = 3)] public partial Dense {|CS0751,CS9248:Output|} { get; }
            }
            """,
            "Class 'Net' must be partial, because the rest of it is generated");
        Verify.Clean(
            """
            [Network(Input = 4)]
            public sealed partial class Net
            {
                [Layer(Units = 3)] public partial Dense Output { get; }
            }
            """);
    }

    [Test]
    public void A_network_lies_within_no_other_type()
        => Verify.Reports(
            """
            public partial class Outer<T>
            {
                public partial struct Middle
                {
                    [Network(Input = 4)]
                    public sealed partial class {|FN0002:Net|}
                    {
                        [Layer(Units = 3)] public partial Dense Output { get; }
                    }
                }
            }
            """,
            $"Class 'Net' {Rule}lies within Middle");

    [TestCase("sealed partial class {|FN0002:Net|}<T>", "is generic")]
    [TestCase("abstract partial class {|FN0002:Net|}", "is abstract")]
    [TestCase("sealed partial record {|FN0002:Net|}", "is a record")]
    [TestCase("sealed partial class {|FN0002:Net|}(int x)", "has a primary constructor, but the constructor is generated")]
    [TestCase("sealed partial class {|FN0002:Net|} : System.Text.EncoderFallback", "derives from EncoderFallback")]
    public void A_network_is_a_plain_class(string declaration, string reason)
    {
        string body = declaration.Contains("EncoderFallback", StringComparison.Ordinal)
            ? "public override int MaxCharCount => 0; public override System.Text.EncoderFallbackBuffer CreateFallbackBuffer() => null!;"
            : declaration.Contains("int x", StringComparison.Ordinal) ? "public int X => x;" : "";
        Verify.Reports(
            $$"""
            [Network(Input = 4)]
            public {{declaration}}
            {
                {{body}}
                [Layer(Units = 3)] public partial Dense Output { get; }
            }
            """,
            $"Class 'Net' {Rule}{reason}");
    }

    [Test]
    public void A_static_class_cannot_be_built()
        => Verify.Reports(
            """
            [Network(Input = 4)]
            public static partial class {|FN0002:Net|}
            {
                [Layer(Units = 3)] public partial Dense {|CS0708:Output|} { get; }
            }
            """,
            $"Class 'Net' {Rule}is static");

    [Test]
    public void A_class_of_one_file_cannot_get_a_second_part()
        => Verify.Reports(
            """
            [Network(Input = 4)]
            file sealed partial class {|FN0002:Net|}
            {
                [Layer(Units = 3)] public partial Dense {|CS9248:Output|} { get; }
            }
            """,
            $"Class 'Net' {Rule}is local to its file");

    [Test]
    public void A_plain_class_may_have_interfaces_attributes_and_members_of_its_own()
        => Verify.Clean(
            """
            using System;

            [Network(Input = 4), Serializable]
            internal partial class Net : IFormattable
            {
                private int _count = 1;

                [Layer(Units = 3)] public partial Dense Output { get; }

                public int Count => _count;

                public string ToString(string? format, IFormatProvider? provider) => "";
            }
            """);

    [Test]
    public void The_base_class_may_be_named()
        => Verify.Clean(
            """
            [Network(Input = 4)]
            public sealed partial class Net : Network
            {
                [Layer(Units = 3)] public partial Dense Output { get; }
            }
            """);

    [Test]
    public void A_network_needs_layers()
    {
        Verify.Reports(
            """
            [Network(Input = 4)]
            public sealed partial class {|FN0003:Net|}
            {
                public int Output => 3;
            }
            """,
            "Network 'Net' has no layers; declare at least one, as in '[Layer(Units = 10)] public partial Dense Output { get; }'");
        Verify.Clean(Networks.Declare("Input = 4", "Units = 10 -> Dense Output"));
    }

    [Test]
    public void Layers_stand_in_one_part_of_the_class()
    {
        Verify.Reports(
            """
            [Network(Input = 4)]
            public sealed partial class {|FN0015:Net|}
            {
                [Layer(Units = 5)] public partial Dense Hidden { get; }
            }

            public sealed partial class Net
            {
                [Layer(Units = 3)] public partial Dense Output { get; }
            }
            """,
            "The layers of 'Net' are declared in several parts of the class, so their order is not defined; move them into one part");
        Verify.Clean(
            """
            [Network(Input = 4)]
            public sealed partial class Net;

            public sealed partial class Net
            {
                [Layer(Units = 5)] public partial Dense Hidden { get; }
                [Layer(Units = 3)] public partial Dense Output { get; }
            }
            """);
    }

    [Test]
    public void What_is_wrong_with_attribute_or_base_class_is_left_to_the_compiler()
    {
        Verify.Reports(
            """
            [Network(Input = 4), {|CS0579:Network|}(Input = 5)]
            public sealed partial class Net
            {
                [Layer(Units = 3)] public partial Dense Output { get; }
            }
            """);
        Verify.Reports(
            """
            [Network(Input = 4)]
            public sealed partial class Net
            {
                [Layer(Units = 3)] public partial Dense Output { get; }
            }

            [{|CS0579:Network|}(Input = 5)]
            public sealed partial class Net;
            """);
        Verify.Reports(
            """
            [{|CS0592:Network|}(Input = 4)]
            public partial struct Net;
            """);
        Verify.Reports(
            """
            [Network(Input = 4)]
            public sealed partial class Net : {|CS0246:Missing|}
            {
                [Layer(Units = 3)] public partial Dense Output { get; }
            }
            """);
    }
}
