namespace FastNets.Cli.Errors;

/// <summary>A command line that makes no sense.</summary>
/// <param name="message">What is wrong, and what would be right.</param>
/// <param name="command">The command to ask for help, such as <c>data make</c>; empty for the program itself.</param>
internal sealed class UsageException(string message, string command = "") : Exception(message)
{
    /// <summary>The command to ask for help; empty for the program itself.</summary>
    public string Command { get; } = command;
}
