using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using FastNets.Cli.Errors;

namespace FastNets.Cli.Options;

/// <summary>Makes options that check their value as it is parsed and name their default in the help.</summary>
/// <remarks>An option that was not given is null: what it stands for then is the library's own default, which the help names.</remarks>
internal static class OptionFactory
{
    /// <summary>An option that takes a whole number.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="least">The least number allowed.</param>
    /// <param name="most">The largest number allowed.</param>
    /// <param name="help">What it does.</param>
    /// <param name="standard">Its default, as a person reads it.</param>
    public static Option<int?> Integer(string name, int least, int most, string help, string standard)
        => Number<int>(name, NumberStyles.AllowLeadingSign, n => n >= least && n <= most, $"a whole number from {least} to {most}", help, standard);

    /// <summary>An option that takes a number with a fraction.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="allowed">Whether a number is allowed.</param>
    /// <param name="expected">What is allowed, in words.</param>
    /// <param name="help">What it does.</param>
    /// <param name="standard">Its default, as a person reads it.</param>
    public static Option<float?> Real(string name, Func<float, bool> allowed, string expected, string help, string standard)
        => Number(name, NumberStyles.Float, allowed, expected, help, standard);

    /// <summary>The option <c>--seed</c>.</summary>
    /// <param name="help">What is drawn at random.</param>
    public static Option<ulong?> Seed(string help)
        => Number<ulong>("--seed", NumberStyles.None, _ => true, $"a whole number from 0 to {ulong.MaxValue}", help, "0");

    /// <summary>An option that takes one of some words.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="words">The words, each with what it stands for.</param>
    /// <param name="help">What it does.</param>
    /// <param name="standard">Its default, as a person reads it.</param>
    public static Option<T?> Word<T>(string name, IReadOnlyList<(string Word, T Value)> words, string help, string standard)
        where T : struct
    {
        var option = new Option<T?>(name) { Description = WithDefault(help, standard), HelpName = Listed(words, "|") };
        option.CustomParser = result => ParseWord(result, name, words);
        option.CompletionSources.Add(_ => words.Select(w => new CompletionItem(w.Word)));
        return option;
    }

    /// <summary>An argument that takes one of some words.</summary>
    /// <param name="name">The argument's name.</param>
    /// <param name="words">The words, each with what it stands for.</param>
    /// <param name="help">What it does.</param>
    public static Argument<T?> WordArgument<T>(string name, IReadOnlyList<(string Word, T Value)> words, string help)
        where T : struct
    {
        var argument = new Argument<T?>(name) { Description = help, HelpName = Listed(words, "|"), Arity = ArgumentArity.ExactlyOne };
        argument.CustomParser = result => ParseWord(result, name, words);
        argument.CompletionSources.Add(_ => words.Select(w => new CompletionItem(w.Word)));
        return argument;
    }

    /// <summary>An option that takes a file's or folder's path.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="placeholder">What stands for the value in the help, such as <c>MODEL.safetensors</c>.</param>
    /// <param name="help">What it does.</param>
    /// <param name="standard">What happens without it; null where it must be given.</param>
    public static Option<string?> Path(string name, string placeholder, string help, string? standard = "none")
    {
        var option = new Option<string?>(name)
        {
            Description = standard is null ? help : WithDefault(help, standard),
            HelpName = placeholder,
            Required = standard is null,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && result.Tokens[0].Value.Length == 0) result.AddError($"{name}: the path is empty.");
        });
        return option;
    }

    /// <summary>An option that is given or not.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="help">What it does.</param>
    public static Option<bool> Switch(string name, string help) => new(name) { Description = WithDefault(help, "off"), Arity = ArgumentArity.Zero };

    /// <summary>The option <c>--quiet</c>.</summary>
    public static Option<bool> Quiet() => Switch("--quiet", "Print nothing but errors");

    /// <summary>Whether an option stands on the command line; a switch that does not has a result all the same.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="option">The option.</param>
    public static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    /// <summary>A help text that names a default.</summary>
    /// <param name="help">What the option does.</param>
    /// <param name="standard">Its default, as a person reads it.</param>
    public static string WithDefault(string help, string standard) => $"{help} [default: {standard}]";

    private static T? ParseWord<T>(ArgumentResult result, string name, IReadOnlyList<(string Word, T Value)> words)
        where T : struct
    {
        string text = result.Tokens[0].Value;
        foreach ((string word, T value) in words)
        {
            if (word.Equals(text, StringComparison.OrdinalIgnoreCase)) return value;
        }

        result.AddError($"{name}: '{text}' is not one of {Listed(words, ", ")}{Suggestion.Ending(text, words.Select(w => w.Word))}");
        return null;
    }

    private static string Listed<T>(IReadOnlyList<(string Word, T Value)> words, string separator) => string.Join(separator, words.Select(w => w.Word));

    private static Option<T?> Number<T>(string name, NumberStyles style, Func<T, bool> allowed, string expected, string help, string standard)
        where T : struct, INumber<T>
    {
        var option = new Option<T?>(name) { Description = WithDefault(help, standard), HelpName = "N" };
        if (typeof(T) == typeof(float)) option.HelpName = "X";
        option.CustomParser = result => Parse(result, name, style, allowed, expected);
        return option;
    }

    private static T? Parse<T>(ArgumentResult result, string name, NumberStyles style, Func<T, bool> allowed, string expected)
        where T : struct, INumber<T>
    {
        string text = result.Tokens[0].Value;
        if (T.TryParse(text, style, CultureInfo.InvariantCulture, out T number) && allowed(number)) return number;
        result.AddError($"{name}: '{text}' is not {expected}.");
        return null;
    }
}
