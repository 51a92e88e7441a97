using System.Text;
using Spectre.Console;

namespace FastNets.Cli.Rendering;

/// <summary>A terminal behind a writer.</summary>
internal sealed class TerminalConsole : IAnsiConsoleOutput
{
    /// <summary>Shows the cursor again, which progress bars hide.</summary>
    public const string ShowCursor = "\u001b[?25h";

    private const int UsualWidth = 80;
    private const int UsualHeight = 25;

    private TerminalConsole(TextWriter writer) => Writer = writer;

    public TextWriter Writer { get; }

    public bool IsTerminal => true;

    public int Width => Measure(() => Console.WindowWidth, UsualWidth);

    public int Height => Measure(() => Console.WindowHeight, UsualHeight);

    /// <summary>The console of a terminal; what it can do is found out (<c>TERM</c>, <c>NO_COLOR</c>).</summary>
    /// <param name="writer">What the terminal shows.</param>
    public static IAnsiConsole Of(TextWriter writer)
        => AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new TerminalConsole(writer),
            Interactive = InteractionSupport.Yes,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });

    /// <summary>Writes an error to a terminal.</summary>
    /// <param name="writer">What the terminal shows.</param>
    /// <param name="message">The message.</param>
    public static void WriteError(TextWriter writer, string message)
    {
        Of(writer).Write(new Text("error: ", new Style(Color.Red, decoration: Decoration.Bold)));

        // As it is: wrapping would break paths that a person wants to copy.
        writer.WriteLine(message);
    }

    public void SetEncoding(Encoding encoding)
    {
        // The streams are UTF-8 from the start.
    }

    private static int Measure(Func<int> size, int usual)
    {
        try
        {
            int measured = size();
            return measured > 0 ? measured : usual;
        }
        catch (IOException)
        {
            return usual;
        }
    }
}
