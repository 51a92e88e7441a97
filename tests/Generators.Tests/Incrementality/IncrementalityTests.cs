using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using FastNets.Generators.Helpers;
using FastNets.Generators.Model;
using FastNets.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Generators.Tests.Incrementality;

/// <summary>What an edit costs: nothing is written again that would come out the same.</summary>
public class IncrementalityTests
{
    private const string Source =
        """
        namespace Mine;

        [Network(Input = "features")]
        public sealed partial class Net
        {
            [Layer] public partial BatchNorm Norm { get; }
            [Layer(Units = 64, Activation = Activation.Sigmoid, L2 = 1e-4f)] public partial Dense Hidden { get; }
            [Layer(Units = "classes")] public partial Dense Output { get; }
        }
        """;

    private const string AllKinds =
        """
        namespace Mine;

        public sealed class Square
        {
            public static float Forward(float x) => x * x;
            public static float Derivative(float x) => 2 * x;
        }

        public sealed class Cube
        {
            public static float Forward(float x) => x * x * x;
            public static float Derivative(float x) => 3 * x * x;
        }

        [Network(Length = "time", Channels = 2, Loss = Loss.Focal, LabelSmoothing = 0.1f)]
        public sealed partial class Wide
        {
            [Layer(Units = 8, ReturnSequences = true, Bidirectional = true)] public partial Lstm First { get; }
            [Layer(Units = 8, ReturnSequences = true, Truncate = 4)] public partial Gru Second { get; }
            [Layer(Units = 8, ReturnSequences = true, StateFrom = nameof(Second))] public partial Rnn Third { get; }
            [Layer(Filters = 8, KernelSize = 3, Padding = Padding.Same)] public partial Conv1D Branch { get; }
            [Layer(From = new[] { nameof(Branch), nameof(Third) }, Activation = Activation.ReLU)] public partial Add Merge { get; }
            [Layer(From = new[] { nameof(Branch), nameof(Merge) })] public partial Concat Side { get; }
            [Layer] public partial LayerNorm Norm { get; }
            [Layer] public partial Custom<Square> Own { get; }
            [Layer(KernelSize = 2)] public partial MaxPool1D Largest { get; }
            [Layer(KernelSize = 2, Padding = Padding.Same)] public partial AveragePool1D Mean { get; }
            [Layer(Rate = 0.5f)] public partial Dropout Drop { get; }
            [Layer] public partial GlobalMaxPool1D Pool { get; }
            [Layer(From = nameof(Merge))] public partial GlobalAveragePool1D Average { get; }
            [Layer(From = new[] { nameof(Pool), nameof(Average) })] public partial Concat Both { get; }
            [Layer] public partial BatchNorm Scaled { get; }
            [Layer] public partial Flatten Flat { get; }
            [Layer(Units = 3)] public partial Dense Output { get; }
        }

        [Network(Length = 10, Channels = 2, Loss = Loss.MeanSquaredError)]
        public sealed partial class Autoencoder
        {
            [Layer(Units = 8)] public partial Lstm Encoder { get; }
            [Layer(TeacherForcing = 0.5f, Reverse = true)] public partial SequenceDecoder Decoder { get; }
        }
        """;

    private static readonly IncrementalStepRunReason[] Nothing = [IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged];

    [TestCase("namespace Mine;", "namespace Mine; // a comment")]
    [TestCase("    [Layer] public", "    // a comment\n    [Layer] public")]
    [TestCase("namespace Mine;", "namespace Mine;\n\n\npublic sealed class Before;\n")]
    [TestCase("[Layer(Units = \"classes\")] public partial Dense Output { get; }", "[Layer(Units = \"classes\")]\n    public partial Dense Output\n    {\n        get;\n    }")]
    [TestCase("{ get; }\n}", "{ get; }\n\n    public int Twice(int x) => 2 * x;\n}")]
    [TestCase("Units = 64,", "Units = 60 + 4,")]
    public void Edits_that_change_no_declaration_write_nothing_again(string before, string after)
        => Reasons(Source.Replace("\r", "", StringComparison.Ordinal), before, after).ShouldBeSubsetOf(Nothing);

    [TestCase("namespace Mine;", "namespace Mine; // a comment")]
    [TestCase("    [Layer(Units = 8, ReturnSequences", "    // a comment\n    [Layer(Units = 8, ReturnSequences")]
    [TestCase("[Network(Length = \"time\"", "public sealed class Before;\n\n[Network(Length = \"time\"")]
    [TestCase("float Derivative(float x) => 2 * x", "float Derivative(float x) => x + x")]
    [TestCase("nameof(Merge)", "\"Merge\"")]
    public void Edits_that_change_no_declaration_of_any_kind_write_nothing_again(string before, string after)
        => Reasons(AllKinds.Replace("\r", "", StringComparison.Ordinal), before, after).ShouldBeSubsetOf(Nothing);

    [TestCase("ReturnSequences = true, Bidirectional", "ReturnSequences = true, UseRecurrentBias = true, Bidirectional")]
    [TestCase("KernelSize = 3", "KernelSize = 4")]
    [TestCase("nameof(Branch), nameof(Merge)", "nameof(Merge), nameof(Branch)")]
    [TestCase("TeacherForcing = 0.5f", "TeacherForcing = 0.25f")]
    [TestCase("Custom<Square>", "Custom<Cube>")]
    public void Edits_of_a_declaration_of_any_kind_write_one_network_again(string before, string after)
        => Reasons(AllKinds, before, after).Order().ShouldBe([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached], ignoreOrder: true);

    [Test]
    public void Of_fifty_networks_the_edited_one_alone_is_written_again()
    {
        const int Networks = 50;
        CSharpCompilation compilation = GeneratorRun.Compile("");
        compilation = compilation.AddSyntaxTrees(Enumerable.Range(0, Networks).Select(i => Tree(i, 4)));
        GeneratorRun first = GeneratorRun.Of(compilation);
        first.Result.GeneratedTrees.Length.ShouldBe(Networks);
        Reasons(first).Count(r => r == IncrementalStepRunReason.New).ShouldBe(Networks);

        SyntaxTree edited = compilation.SyntaxTrees.Single(t => t.FilePath == "Net17.cs");
        GeneratorRun second = GeneratorRun.Of(compilation.ReplaceSyntaxTree(edited, Tree(17, 5)), first.Driver);
        IncrementalStepRunReason[] reasons = [.. Reasons(second)];
        reasons.Length.ShouldBe(Networks);
        reasons.Count(r => !Nothing.Contains(r)).ShouldBe(1);
        reasons.ShouldContain(IncrementalStepRunReason.Modified);

        static SyntaxTree Tree(int number, int units) => GeneratorRun.Parse(
            $$"""
            [Network(Length = 20, Channels = 1)]
            public sealed partial class Net{{number}}
            {
                [Layer(Units = {{units}})] public partial Gru Memory { get; }
                [Layer(Units = 3)] public partial Dense Output { get; }
            }
            """,
            $"Net{number}.cs");
    }

    [Test]
    public void Edits_of_another_file_write_nothing_again()
    {
        CSharpCompilation compilation = GeneratorRun.Compile(Source).AddSyntaxTrees(GeneratorRun.Parse("class Other { int A() => 1; }", "Other.cs"));
        GeneratorRun first = GeneratorRun.Of(compilation);
        SyntaxTree other = compilation.SyntaxTrees.Single(t => t.FilePath == "Other.cs");
        GeneratorRun second = GeneratorRun.Of(compilation.ReplaceSyntaxTree(other, GeneratorRun.Parse("class Other { int A() => 2; string B => \"\"; }", "Other.cs")), first.Driver);
        Reasons(second).ShouldBeSubsetOf(Nothing);
    }

    [Test]
    public void A_second_network_leaves_the_first_alone()
    {
        CSharpCompilation compilation = GeneratorRun.Compile(Source);
        GeneratorRun first = GeneratorRun.Of(compilation);
        GeneratorRun second = GeneratorRun.Of(compilation.AddSyntaxTrees(GeneratorRun.Parse(Networks.Declare("Input = 4", "Units = 3 -> Dense Output"), "Second.cs")), first.Driver);
        Reasons(second).Order().ShouldBe([IncrementalStepRunReason.New, IncrementalStepRunReason.Cached], ignoreOrder: true);
    }

    [TestCase("Units = 64", "Units = 65")]
    [TestCase("Activation.Sigmoid", "Activation.Tanh")]
    [TestCase("Hidden", "Second")]
    [TestCase("1e-4f", "2e-4f")]
    public void Edits_of_the_declaration_write_it_again(string before, string after)
        => Reasons(Source, before, after).ShouldBe([IncrementalStepRunReason.Modified]);

    [Test]
    public void Equal_declarations_are_equal_models()
    {
        NetworkSpec first = Networks.Spec(Source);
        NetworkSpec second = Networks.Spec(Source.Replace("public sealed", "// elsewhere\n\npublic sealed", StringComparison.Ordinal));
        second.ShouldBe(first);
        second.GetHashCode().ShouldBe(first.GetHashCode());
        Networks.Spec(Source.Replace("64", "32", StringComparison.Ordinal)).ShouldNotBe(first);
        Networks.Spec(Source.Replace("\"classes\"", "\"labels\"", StringComparison.Ordinal)).ShouldNotBe(first);
    }

    [TestCase("Units = 64")]
    [TestCase("Units = 0")]
    public void Models_hold_nothing_of_the_compiler(string units)
    {
        GeneratorRun run = GeneratorRun.Of(Source.Replace("Units = 64", units, StringComparison.Ordinal));
        int seen = 0;
        foreach (string stage in new[] { TrackingNames.Spec, TrackingNames.Declared, TrackingNames.Text })
        {
            foreach (IncrementalGeneratorRunStep step in run.Result.Results[0].TrackedSteps[stage])
            {
                foreach ((object value, _) in step.Outputs) seen += Walk(value, []);
            }
        }

        seen.ShouldBeGreaterThan(30);
    }

    [Test]
    public void The_old_compilation_is_let_go()
    {
        (GeneratorDriver driver, WeakReference old) = TwoRuns();
        for (int i = 0; i < 5 && old.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        old.IsAlive.ShouldBeFalse();
        GC.KeepAlive(driver);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (GeneratorDriver, WeakReference) TwoRuns()
    {
        GeneratorRun first = GeneratorRun.Of(Source);
        GeneratorRun second = GeneratorRun.Of(GeneratorRun.Compile(Source + "// changed"), first.Driver);
        return (second.Driver, new WeakReference(first.User));
    }

    private static IEnumerable<IncrementalStepRunReason> Reasons(string source, string before, string after)
    {
        string edited = source.Replace(before, after, StringComparison.Ordinal);
        edited.ShouldNotBe(source);
        CSharpCompilation compilation = GeneratorRun.Compile(source);
        GeneratorRun first = GeneratorRun.Of(compilation);
        return Reasons(GeneratorRun.Of(compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[0], GeneratorRun.Parse(edited, GeneratorRun.SourcePath)), first.Driver));
    }

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorRun run)
        => run.Result.Results[0].TrackedSteps[TrackingNames.Text].SelectMany(s => s.Outputs).Select(o => o.Reason);

    // Visits every object that can be reached and gives how many there were.
    private static int Walk(object? value, HashSet<object> visited)
    {
        if (value is null || !visited.Add(value)) return 0;
        value.ShouldNotBeAssignableTo<ISymbol>();
        value.ShouldNotBeAssignableTo<SyntaxNode>();
        value.ShouldNotBeAssignableTo<SyntaxTree>();
        value.ShouldNotBeAssignableTo<Location>();
        value.ShouldNotBeAssignableTo<Compilation>();
        value.ShouldNotBeAssignableTo<AttributeData>();
        if (value is string || value.GetType().IsPrimitive || value.GetType().IsEnum) return 1;
        if (value is IEnumerable many) return 1 + many.Cast<object>().Sum(v => Walk(v, visited));
        return 1 + value.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Sum(f => Walk(f.GetValue(value), visited));
    }
}
