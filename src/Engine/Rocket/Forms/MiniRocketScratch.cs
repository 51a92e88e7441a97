using FastNets.Memory;

namespace FastNets.Rocket;

/// <summary>Each thread's working memory: grows to the largest transform that the thread has run and is used again.</summary>
internal static unsafe class MiniRocketScratch
{
    [ThreadStatic]
    private static AlignedBuffer? _buffer;

    /// <summary>Memory for this thread until it asks again.</summary>
    /// <param name="length">The number of elements.</param>
    public static float* Take(long length)
    {
        if (_buffer is null || _buffer.Length < length)
        {
            _buffer?.Dispose();
            _buffer = new AlignedBuffer(length);
        }

        return _buffer.Pointer;
    }
}
