using System.CommandLine;
using System.CommandLine.Parsing;

namespace FastNets.Cli.Errors;

/// <summary>Puts what the parser found wrong into one message.</summary>
internal static class ParseErrors
{
    /// <summary>The first argument that looks like an option but is none; the parser would take it for a file's name.</summary>
    /// <param name="parsed">A command line.</param>
    /// <returns>The error; null where there is no such argument.</returns>
    public static UsageException? UnknownOption(ParseResult parsed)
    {
        foreach (Token token in parsed.Tokens)
        {
            if (token.Type == TokenType.DoubleDash) break;
            bool looksLikeOption = token.Value.StartsWith("--", StringComparison.Ordinal) || (token.Value.Length > 1 && token.Value[0] == '-' && char.IsLetter(token.Value[1]));
            if (token.Type != TokenType.Argument || !looksLikeOption) continue;
            string name = NameOf(parsed.CommandResult);
            return new UsageException(Unmatched(token.Value, parsed.CommandResult.Command, name), name);
        }

        return null;
    }

    /// <summary>The first thing that is wrong, with what was probably meant.</summary>
    /// <param name="parsed">A command line with errors.</param>
    public static UsageException ToException(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string name = NameOf(parsed.CommandResult);
        if (parsed.UnmatchedTokens.Count > 0) return new UsageException(Unmatched(parsed.UnmatchedTokens[0], command, name), name);
        if (command.Subcommands.Count > 0)
            return new UsageException($"name a command: {string.Join(", ", command.Subcommands.Select(c => c.Name))}.", name);
        return new UsageException(Sentence(parsed.Errors[0].Message), name);
    }

    /// <summary>A command's name as it is typed, such as <c>data make</c>; empty for the program itself.</summary>
    /// <param name="result">The command as parsed.</param>
    private static string NameOf(CommandResult result)
    {
        string name = result.Command is RootCommand ? "" : result.Command.Name;
        return result.Parent is CommandResult parent ? $"{NameOf(parent)} {name}".Trim() : name;
    }

    private static string Unmatched(string token, Command command, string name)
    {
        if (token.StartsWith('-') && token.Length > 1)
        {
            string option = token.Split('=')[0];
            return $"unknown option '{option}'{Suggestion.Ending(option, command.Options.Select(o => o.Name).Append("--help"))}";
        }

        if (command.Subcommands.Count > 0)
            return $"unknown command '{token}'{Suggestion.Ending(token, command.Subcommands.Select(c => c.Name))}";
        return $"'{token}' is one argument too many: {name} takes {Count(command.Arguments.Count)}.";
    }

    private static string Count(int arguments) => arguments == 0 ? "none" : $"{arguments}";

    // The parser's own messages begin with a capital letter; after "error: " ours don't.
    private static string Sentence(string message)
        => message.Length > 1 && char.IsUpper(message[0]) && char.IsLower(message[1]) ? char.ToLowerInvariant(message[0]) + message[1..] : message;
}
