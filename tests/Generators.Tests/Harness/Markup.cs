using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Text;

namespace FastNets.Generators.Tests.Harness;

/// <summary>A diagnostic that a test expects: its id and the exact text that it underlines.</summary>
internal sealed record Expected(string Id, TextSpan Span);

/// <summary>Source in which expected diagnostics are marked, as in <c>{|FN0006:Units|}</c>; two on one token as in <c>{|FN0006,FN0008:Units|}</c>.</summary>
internal static partial class Markup
{
    public static string Parse(string marked, out List<Expected> expected)
    {
        expected = [];
        var source = new System.Text.StringBuilder();
        int last = 0;
        foreach (Match match in Mark().Matches(marked))
        {
            source.Append(marked, last, match.Index - last);
            var span = new TextSpan(source.Length, match.Groups["text"].Length);
            foreach (string id in match.Groups["id"].Value.Split(',')) expected.Add(new Expected(id, span));
            source.Append(match.Groups["text"].Value);
            last = match.Index + match.Length;
        }

        return source.Append(marked, last, marked.Length - last).ToString();
    }

    [GeneratedRegex(@"\{\|(?<id>[A-Z]+\d+(,[A-Z]+\d+)*):(?<text>.*?)\|\}", RegexOptions.Singleline)]
    private static partial Regex Mark();
}
