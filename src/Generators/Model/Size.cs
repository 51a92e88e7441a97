using FastNets.Generators.Helpers;

namespace FastNets.Generators.Model;

/// <summary>One dimension: a constant, or a name that is bound when the network is built.</summary>
internal readonly record struct Size(int Constant, string? Name)
{
    public static Size Of(int value) => new(value, null);

    public static Size Named(string name) => new(0, name);

    public bool IsConstant => Name is null;

    /// <summary>The size as the generated constructor, messages and comments show it.</summary>
    public override string ToString() => Name ?? Literals.Of(Constant);
}
