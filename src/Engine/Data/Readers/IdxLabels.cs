using FastNets.Serialization;

namespace FastNets.Data.Readers;

/// <summary>The labels of an IDX file, read beside the series.</summary>
internal sealed class IdxLabels : IDisposable
{
    private readonly string _name;
    private readonly FileStream _file;
    private readonly PeekStream _content;
    private readonly byte _type;
    private readonly long _count;
    private long _left;

    private IdxLabels(string name, FileStream file, string seriesName, long series)
    {
        _name = name;
        _file = file;
        _content = PeekStream.Unpacked(file, name);
        (_type, long[] sizes) = IdxReader.ReadHeader(_content, name);
        if (sizes.Length != 1) throw Bad($"labels have one dimension, but the sizes are {TensorShape.Format(sizes)}; name the file with the labels");
        if (_type is 0x0D or 0x0E) throw Bad("labels are integers, but the file holds floating-point numbers");
        if (sizes[0] != series) throw Bad($"there are {sizes[0]} labels, but {series} series in {seriesName}");
        _count = _left = series;
    }

    /// <summary>Opens the file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="seriesName">What the series' file is called in messages.</param>
    /// <param name="series">The number of series.</param>
    public static IdxLabels Open(string path, string seriesName, long series)
    {
        FileStream file = InputFile.Open(path);
        try
        {
            return StreamErrors.Named(path, () => new IdxLabels(path, file, seriesName, series));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads the next labels.</summary>
    /// <param name="count">How many, at most as many as are left.</param>
    public float[] Read(int count) => StreamErrors.Named(_name, () =>
    {
        float[] labels = IdxReader.ReadElements(_content, _name, _type, count, _count);
        Advance(count);
        return labels;
    });

    /// <summary>Passes over labels.</summary>
    /// <param name="count">How many, at most as many as are left.</param>
    public void PassOver(long count) => StreamErrors.Named(_name, () =>
    {
        if (!StreamSkipping.TrySkip(_content, count * IdxReader.ItemSize(_type))) throw Bad(IdxReader.CutOff(_count));
        Advance(count);
        return true;
    });

    public void Dispose()
    {
        _content.Dispose();
        _file.Dispose();
    }

    private void Advance(long count)
    {
        _left -= count;
        if (_left == 0) IdxReader.CheckEnd(_content, _name, _count);
    }

    private DataFormatException Bad(string what) => DataFormatException.At(_name, 0, what + ".");
}
