using System.Text;

namespace FastNets.Generators.Emission;

/// <summary>Writes indented lines that end with \n, whatever the machine.</summary>
internal sealed class CodeWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public void Line(string line = "")
    {
        if (line.Length > 0) _text.Append(' ', 4 * _depth).Append(line);
        _text.Append('\n');
    }

    public void Comment(string text) => Line(text.Length == 0 ? "//" : "// " + text);

    /// <summary>A line, if there is one, and a block under it; disposing closes the block.</summary>
    public Scope Block(string line = "")
    {
        if (line.Length > 0) Line(line);
        Line("{");
        _depth++;
        return new Scope(this);
    }

    /// <summary>Lines that belong to the one before.</summary>
    public void Continued(string line)
    {
        _depth++;
        Line(line);
        _depth--;
    }

    public override string ToString() => _text.ToString();

    internal readonly struct Scope(CodeWriter writer) : IDisposable
    {
        public void Dispose()
        {
            writer._depth--;
            writer.Line("}");
        }
    }
}
