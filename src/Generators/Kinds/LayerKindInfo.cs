using FastNets.Generators.Model;
using FastNets.Generators.Parsing;
using FastNets.Generators.Planning;
using FastNets.Generators.Shapes;

namespace FastNets.Generators.Kinds;

/// <summary>All that the generator knows of a kind of layer: its settings, its shapes, what it learns, how it runs. A new kind is one such class.</summary>
internal abstract class LayerKindInfo
{
    public abstract LayerKind Kind { get; }

    /// <summary>The engine's class, also what messages call the kind.</summary>
    public virtual string TypeName => Kind.ToString();

    /// <summary>The settings that it takes, besides <c>From</c>.</summary>
    public abstract string[] Settings { get; }

    /// <summary>The settings that it needs, each with an example.</summary>
    public virtual (string Name, string Example)[] Required => [];

    /// <summary>Whether it puts several inputs together.</summary>
    public virtual bool TakesSeveral => false;

    /// <summary>Whether its input must be a sequence.</summary>
    public virtual bool NeedsSequence => false;

    /// <summary>Whether a step of its output depends on other steps without regard to lengths.</summary>
    public virtual bool MixesSteps => false;

    /// <summary>The settings; null where one that is needed is wrong.</summary>
    public abstract LayerSettings? Parse(SettingReader reader);

    /// <summary>Why the layer cannot take what it is given; null where it can.</summary>
    public virtual ShapeProblem? Problem(ShapeContext context) => null;

    /// <summary>What comes out.</summary>
    public virtual Shape Output(ShapeContext context) => context.Input;

    /// <summary>The layer with what its settings take from where it stands.</summary>
    public virtual LayerSpec Complete(ShapeContext context) => context.Spec;

    /// <summary>What it learns.</summary>
    public virtual IEnumerable<LayerPart> Parts(ShapedLayer layer) => [];

    /// <summary>Fields that its operations need: key, C# type, and the value as the constructor makes it.</summary>
    public virtual IEnumerable<LayerField> Fields(ShapedLayer layer) => [];

    /// <summary>What the view's constructor takes after the network, the name and the output's shape.</summary>
    public abstract IEnumerable<string> Arguments(ShapedLayer layer, ViewNames names);

    /// <summary>Adds the blocks; gives the layer's output.</summary>
    public abstract Port AddTo(GraphBuilder graph, ShapedLayer layer);

    /// <summary>The article before a kind's name, in messages.</summary>
    protected static string Article(string kind) => kind is "Lstm" or "Rnn" || kind[0] is 'A' or 'E' ? "an" : "a";

    protected static string Function(ActivationKind kind) => $"{Helpers.Names.Root}.Activation.{kind}";
}

/// <summary>A field that a layer's operations or its view need.</summary>
/// <param name="Key">The key by which operands know it.</param>
/// <param name="Type">The C# type.</param>
/// <param name="Value">The value, in the constructor's terms.</param>
internal sealed record LayerField(string Key, string Type, string Value);

/// <summary>The names of what a view's constructor is given.</summary>
/// <param name="Parameter">The local of a parameter, by its key.</param>
/// <param name="Field">The field of a place, a buffer or a setting, by its key.</param>
internal sealed record ViewNames(Func<string, string> Parameter, Func<string, string> Field);
