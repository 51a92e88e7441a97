using System.Globalization;
using System.Text;
using System.Xml;

namespace FastNets.Cli.Reports;

/// <summary>Writes a page for a browser that is well-formed XML too: every text is escaped, every element closed.</summary>
internal sealed class PageWriter : IDisposable
{
    private readonly XmlWriter _xml;

    /// <summary>Begins a page.</summary>
    /// <param name="stream">Where it goes; left open.</param>
    public PageWriter(Stream stream)
    {
        _xml = XmlWriter.Create(stream, new XmlWriterSettings { OmitXmlDeclaration = true, Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false) });
        _xml.WriteRaw("<!DOCTYPE html>\n");
    }

    /// <summary>A coordinate or size in the shortest form that a screen can tell apart.</summary>
    /// <param name="value">The number.</param>
    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>Opens an element.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="attributes">Names and values in turn.</param>
    /// <returns>Closes it when disposed.</returns>
    public Element Open(string name, params ReadOnlySpan<string> attributes)
    {
        _xml.WriteStartElement(name);
        for (int i = 0; i < attributes.Length; i += 2) _xml.WriteAttributeString(attributes[i], Clean(attributes[i + 1]));
        return new Element(_xml);
    }

    /// <summary>Writes an element without content.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="attributes">Names and values in turn.</param>
    public void Empty(string name, params ReadOnlySpan<string> attributes) => Open(name, attributes).Dispose();

    /// <summary>Writes an element that holds a text.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="text">The text.</param>
    /// <param name="attributes">Names and values in turn.</param>
    public void Text(string name, string text, params ReadOnlySpan<string> attributes)
    {
        using (Open(name, attributes)) _xml.WriteString(Clean(text));
    }

    /// <summary>Opens a drawing that fills the page's width and says to those who cannot see it what it shows.</summary>
    /// <param name="width">Its width in its own units.</param>
    /// <param name="height">Its height.</param>
    /// <param name="title">What it shows, in some words.</param>
    /// <returns>Closes it when disposed.</returns>
    public Element Drawing(double width, double height, string title)
    {
        Element drawing = Open("svg", "viewBox", $"0 0 {Number(width)} {Number(height)}", "role", "img");
        Text("title", title);
        return drawing;
    }

    /// <summary>Writes a line of text in a drawing.</summary>
    /// <param name="text">The text.</param>
    /// <param name="x">Where it begins, ends or has its middle.</param>
    /// <param name="y">Its base line.</param>
    /// <param name="style">The class of its style.</param>
    public void Label(string text, double x, double y, string style) => Text("text", text, "x", Number(x), "y", Number(y), "class", style);

    /// <summary>Writes a straight line in a drawing.</summary>
    /// <param name="x1">Its beginning.</param>
    /// <param name="y1">Its beginning.</param>
    /// <param name="x2">Its end.</param>
    /// <param name="y2">Its end.</param>
    /// <param name="style">The class of its style.</param>
    public void Line(double x1, double y1, double x2, double y2, string style)
        => Empty("line", "x1", Number(x1), "y1", Number(y1), "x2", Number(x2), "y2", Number(y2), "class", style);

    /// <inheritdoc/>
    public void Dispose() => _xml.Dispose();

    // Names of classes and files may hold what no page may.
    private static string Clean(string text)
    {
        StringBuilder? clean = null;
        for (int i = 0; i < text.Length; i++)
        {
            bool pair = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]);
            if (!pair && !XmlConvert.IsXmlChar(text[i])) (clean ??= new StringBuilder(text))[i] = '\uFFFD';
            if (pair) i++;
        }

        return clean?.ToString() ?? text;
    }

    /// <summary>An element that is open.</summary>
    /// <param name="xml">Where it is written.</param>
    public readonly struct Element(XmlWriter xml) : IDisposable
    {
        /// <summary>Closes it.</summary>
        public void Dispose() => xml.WriteEndElement();
    }
}
