namespace FastNets.Cli.Tests.Support;

/// <summary>A text of one line that never ends.</summary>
internal sealed class EndlessReader : TextReader
{
    public override int Read(char[] buffer, int index, int count)
    {
        buffer.AsSpan(index, count).Fill('1');
        return count;
    }
}
