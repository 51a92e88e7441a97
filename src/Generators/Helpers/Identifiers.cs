using Microsoft.CodeAnalysis.CSharp;

namespace FastNets.Generators.Helpers;

/// <summary>Names as C# text.</summary>
internal static class Identifiers
{
    /// <summary>The name with an @ where the language has a use of its own for it.</summary>
    public static string Of(string name)
        => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    /// <summary>The name, with the first number from 2 on behind it that makes it new; it is taken from then on.</summary>
    public static string Unique(HashSet<string> taken, string name)
    {
        string unique = name;
        for (int number = 2; !taken.Add(unique); number++) unique = name + Literals.Of(number);
        return unique;
    }
}
