using System.Collections.Concurrent;
using System.Text;

namespace FastNets.Cli.Input;

/// <summary>A line of text.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Text">The text without its end; null where it was too long, which is the last line then.</param>
internal sealed record TextLine(long Number, string? Text);

/// <summary>Reads lines on a thread of its own, so that waiting for the next one can be stopped.</summary>
internal sealed class LineSource : IDisposable
{
    private const int LinesAhead = 64;
    private const int BufferLength = 4096;

    private readonly BlockingCollection<TextLine> _lines = new(LinesAhead);
    private readonly CancellationTokenSource _closed = new();
    private readonly TextReader _reader;
    private readonly long _longest;
    private readonly string _name;
    private Exception? _failure;

    /// <summary>Begins to read.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="longest">The most characters of a line.</param>
    /// <param name="name">What the text is called in messages.</param>
    public LineSource(TextReader reader, long longest, string name)
    {
        _name = name;
        _reader = reader;
        _longest = longest;

        // In the background: a read that never returns must not keep the process alive.
        new Thread(ReadAll) { IsBackground = true, Name = "Line reader" }.Start();
    }

    /// <summary>Waits for the next line.</summary>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The line; null at the end of the text.</returns>
    /// <exception cref="OperationCanceledException">Waiting was stopped.</exception>
    /// <exception cref="IOException">The text cannot be read.</exception>
    public TextLine? Next(CancellationToken cancellation)
    {
        if (_lines.TryTake(out TextLine? line, Timeout.Infinite, cancellation)) return line;
        return _failure is null ? null : throw new IOException($"{_name} cannot be read: {_failure.Message}", _failure);
    }

    /// <summary>Stops reading.</summary>
    public void Dispose() => _closed.Cancel();

    private void ReadAll()
    {
        try
        {
            foreach (TextLine line in Lines()) _lines.Add(line, _closed.Token);
        }
        catch (OperationCanceledException)
        {
            // Nobody wants the rest.
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            _failure = e;
        }
        finally
        {
            _lines.CompleteAdding();
        }
    }

    private IEnumerable<TextLine> Lines()
    {
        char[] buffer = new char[BufferLength];
        var text = new StringBuilder();
        long number = 1;
        int read;
        while ((read = _reader.Read(buffer, 0, buffer.Length)) > 0)
        {
            int begin = 0;
            while (begin < read)
            {
                int end = Array.IndexOf(buffer, '\n', begin, read - begin);
                text.Append(buffer, begin, (end < 0 ? read : end) - begin);
                if (text.Length > _longest)
                {
                    yield return new TextLine(number, null);
                    yield break;
                }

                if (end < 0) break;
                yield return new TextLine(number++, text.ToString());
                text.Clear();
                begin = end + 1;
            }
        }

        if (text.Length > 0) yield return new TextLine(number, text.ToString());
    }
}
