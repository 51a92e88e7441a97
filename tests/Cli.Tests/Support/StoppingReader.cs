namespace FastNets.Cli.Tests.Support;

/// <summary>A text behind which the run is stopped, or, where nothing is to be stopped, reading fails.</summary>
internal sealed class StoppingReader(string text, CancellationTokenSource? stop) : TextReader
{
    // The reading thread is ahead of the answers by a number of lines that is bounded.
    private const int WaitMilliseconds = 500;

    private readonly StringReader _text = new(text);

    public override int Read(char[] buffer, int index, int count)
    {
        int read = _text.Read(buffer, index, count);
        if (read > 0) return read;
        if (stop is null) throw new IOException("broken");
        Thread.Sleep(WaitMilliseconds);
        stop.Cancel();
        Thread.Sleep(WaitMilliseconds);
        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _text.Dispose();
        base.Dispose(disposing);
    }
}
