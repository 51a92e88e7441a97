namespace FastNets.Data;

/// <summary>Input that cannot be used: a file that is missing, damaged or not what it says, or values that make no sense.</summary>
/// <remarks>The message names the file, the line and the value and says what to do; it is meant for the person who gave the input.</remarks>
public sealed class DataFormatException : Exception
{
    /// <summary>Makes the exception with the default text.</summary>
    public DataFormatException()
        : this("The input cannot be used.")
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What was wrong, where, and what to do.</param>
    public DataFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What was wrong, where, and what to do.</param>
    /// <param name="inner">What was thrown underneath.</param>
    public DataFormatException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Makes the exception for a place in a file: <c>FILE(LINE): what</c>, or <c>FILE: what</c> where lines have no meaning.</summary>
    /// <param name="source">The file's name, or what stands for it.</param>
    /// <param name="line">The line, from 1; 0 where there is none.</param>
    /// <param name="what">What was wrong, and what to do.</param>
    public static DataFormatException At(string source, long line, string what)
        => new(line > 0 ? $"{source}({line}): {what}" : $"{source}: {what}");
}
