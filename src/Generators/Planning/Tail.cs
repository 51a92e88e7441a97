using FastNets.Generators.Helpers;

namespace FastNets.Generators.Planning;

/// <summary>A function as a type argument.</summary>
/// <param name="Name">What comments call it.</param>
/// <param name="TypeName">The C# type.</param>
/// <param name="DerivativeOfInput">Whether its derivative is computed from its input and not from its output.</param>
internal sealed record TailFunction(string Name, string TypeName, bool DerivativeOfInput)
{
    public static TailFunction Of(string name) => new(name, $"{Names.Activations}.{name}", Activations.DerivativeOfInput(name));
}

/// <summary>What follows an operation in the same pass: a chain of functions, then a dropout.</summary>
/// <param name="Functions">The functions in order; identities are left out.</param>
/// <param name="Rate">The dropout's rate; 0 for none.</param>
/// <param name="DropoutLayer">The number of the dropout's layer, part of its counter.</param>
internal sealed record Tail(EquatableArray<TailFunction> Functions, float Rate, int DropoutLayer)
{
    public static readonly Tail Empty = new(EquatableArray<TailFunction>.Empty, 0, 0);

    /// <summary>Whether the functions leave their input as it is.</summary>
    public bool IsIdentity => Functions.Count == 0;

    /// <summary>Whether nothing happens at all.</summary>
    public bool IsEmpty => IsIdentity && Rate == 0;

    /// <summary>Whether the backward pass wants the functions' input (rather than the output).</summary>
    public bool DerivativeOfInput => Functions.Count > 1 || (Functions.Count == 1 && Functions[0].DerivativeOfInput);

    /// <summary>The type argument for the chain of functions.</summary>
    public string Function
    {
        get
        {
            if (Functions.Count == 0) return Names.Activations + ".Identity";
            string text = Functions[0].TypeName;
            for (int i = 1; i < Functions.Count; i++) text = $"{Names.Activations}.Chain<{text}, {Functions[i].TypeName}>";
            return text;
        }
    }

    /// <summary>The mask of the dropout in a training step.</summary>
    public Operand Mask => Rate > 0 ? Operand.Of($"Mask({Literals.Of(Rate)}, {Literals.Of(DropoutLayer)}, step)") : Operand.NoMask;

    /// <summary>The functions and the dropout as comments name them.</summary>
    public string Description
    {
        get
        {
            string text = string.Concat(Functions.Select(f => ", " + f.Name));
            return Rate > 0 ? text + ", dropout " + Literals.Of(Rate).TrimEnd('f') : text;
        }
    }

    public Tail With(TailFunction function) => this with { Functions = Functions.Append(function).ToEquatableArray() };

    public Tail WithoutDropout => this with { Rate = 0 };
}
