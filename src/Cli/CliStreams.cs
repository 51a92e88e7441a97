using System.Text;

namespace FastNets.Cli;

/// <summary>What a run of the program reads and writes.</summary>
/// <param name="In">Standard input.</param>
/// <param name="Out">Standard output: results.</param>
/// <param name="Error">Standard error: progress and errors.</param>
/// <param name="OutIsTerminal">Whether a person sees standard output as it is written.</param>
/// <param name="ErrorIsTerminal">Whether a person sees standard error as it is written.</param>
internal sealed record CliStreams(TextReader In, TextWriter Out, TextWriter Error, bool OutIsTerminal, bool ErrorIsTerminal)
{
    /// <summary>The streams of this process, UTF-8 without a byte order mark whatever the console's code page is.</summary>
    public static CliStreams OfProcess()
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var standardInput = new StreamReader(Console.OpenStandardInput(), utf8);
        if (Console.IsOutputRedirected && Console.IsErrorRedirected)
            return new CliStreams(standardInput, Unbuffered(Console.OpenStandardOutput()), Unbuffered(Console.OpenStandardError()), false, false);

        // A console has to be told, or it would show line drawing as question marks.
        if (OperatingSystem.IsWindows()) Console.OutputEncoding = utf8;
        return new CliStreams(
            standardInput,
            Console.IsOutputRedirected ? Unbuffered(Console.OpenStandardOutput()) : Console.Out,
            Console.IsErrorRedirected ? Unbuffered(Console.OpenStandardError()) : Console.Error,
            !Console.IsOutputRedirected,
            !Console.IsErrorRedirected);

        StreamWriter Unbuffered(Stream stream) => new(stream, utf8) { AutoFlush = true };
    }
}
