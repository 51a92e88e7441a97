namespace FastNets.Cli.Errors;

/// <summary>A command that was stopped and left something to go on with.</summary>
/// <param name="message">What was done, what is kept, and how to go on.</param>
internal sealed class StoppedException(string message) : OperationCanceledException(message);
