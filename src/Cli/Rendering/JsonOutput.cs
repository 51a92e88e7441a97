using System.Text.Encodings.Web;
using System.Text.Json;
using FastNets.Cli.Options;
using FastNets.Serialization;

namespace FastNets.Cli.Rendering;

/// <summary>Writes one JSON object to a file or to standard output.</summary>
internal static class JsonOutput
{
    // Class names in other scripts stay readable: the text goes to files and terminals, not into a page.
    private static readonly JsonWriterOptions Layout = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the object.</summary>
    /// <param name="path">The file's path; <c>-</c> for standard output. The file appears when it is whole.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="write">Writes the object's properties.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, TextWriter output, Action<Utf8JsonWriter> write)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, Layout))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        text.WriteByte((byte)'\n');
        if (path == OutputPaths.Standard) output.Write(System.Text.Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length));
        else AtomicFile.Write(path, stream => stream.Write(text.GetBuffer(), 0, (int)text.Length));
    }
}
