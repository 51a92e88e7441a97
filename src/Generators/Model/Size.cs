using System.Text.RegularExpressions;
using FastNets.Generators.Helpers;

namespace FastNets.Generators.Model;

/// <summary>
/// One dimension: a constant, or a name that is bound when the network is built plus a constant. The name may be an expression of names: what
/// follows from them, as in <c>(length - 6) * 8</c>. Equal sizes that can be known to be equal are equal values.
/// </summary>
internal readonly record struct Size(int Constant, string? Name)
{
    private static readonly Regex Word = new(@"[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]*", RegexOptions.CultureInvariant);

    public static readonly Size One = Of(1);

    public static Size Of(int value) => new(value, null);

    public static Size Named(string name) => new(0, name);

    public bool IsConstant => Name is null;

    public static Size operator +(Size a, int b) => new(Clamp((long)a.Constant + b), a.Name);

    public static Size operator +(Size a, Size b)
        => b.IsConstant ? a + b.Constant :
            a.IsConstant ? b + a.Constant :
            new(Clamp((long)a.Constant + b.Constant), $"{a.Name} + {b.Name}");

    public static Size operator *(Size a, Size b)
        => a.IsConstant && b.IsConstant ? Of(Clamp((long)a.Constant * b.Constant)) :
            a == One ? b :
            b == One ? a :
            new(0, $"{a.AsFactor} * {b.AsFactor}");

    public static Size operator *(int a, Size b) => Of(a) * b;

    /// <summary>The size divided, rounded down.</summary>
    public Size DividedBy(int divisor)
        => divisor == 1 ? this : IsConstant ? Of(Constant / divisor) : new(0, $"{AsFactor} / {Literals.Of(divisor)}");

    /// <summary>The size as C# in which each name stands for what <paramref name="name"/> makes of it.</summary>
    public string ToCode(Func<string, string> name)
        => Name is null ? Literals.Of(Constant) : WithConstant(Word.Replace(Name, match => name(match.Value)));

    /// <summary>The size as the generated constructor, messages and comments show it.</summary>
    public override string ToString() => ToCode(n => n);

    /// <summary>The size as it stands in a product.</summary>
    public string AsFactor => IsConstant || (Constant == 0 && !Name!.Contains(' ')) ? ToString() : $"({ToString()})";

    private string WithConstant(string name)
        => Constant == 0 ? name : Constant < 0 ? $"{name} - {Literals.Of(-Constant)}" : $"{name} + {Literals.Of(Constant)}";

    // Sizes beyond an array's are refused when the network is built; here they must not fail.
    private static int Clamp(long value) => (int)Math.Max(Math.Min(value, int.MaxValue), int.MinValue + 1);
}
