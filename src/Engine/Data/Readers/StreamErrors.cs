namespace FastNets.Data.Readers;

/// <summary>Puts what streams throw into the words of this library.</summary>
internal static class StreamErrors
{
    /// <summary>Runs what reads a file.</summary>
    /// <param name="name">The file's name for messages.</param>
    /// <param name="read">Reads.</param>
    /// <exception cref="DataFormatException">The file is damaged or cannot be read.</exception>
    public static T Named<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new DataFormatException($"{name}: the compressed data are damaged or cut off; copy the file again. ({e.Message})", e);
        }
        catch (IOException e)
        {
            throw new DataFormatException($"{name}: the file cannot be read: {e.Message}", e);
        }
    }
}
