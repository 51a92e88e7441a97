namespace FastNets.Serialization;

/// <summary>What a file says about one of its tensors.</summary>
public sealed class TensorEntry
{
    private readonly long[] _shape;

    internal TensorEntry(string name, TensorType type, long[] shape, long begin, long end)
    {
        Name = name;
        Type = type;
        _shape = shape;
        Begin = begin;
        End = end;
    }

    /// <summary>The tensor's name.</summary>
    public string Name { get; }

    /// <summary>Its elements' type.</summary>
    public TensorType Type { get; }

    /// <summary>Its dimensions, row-major; none is a scalar.</summary>
    public ReadOnlySpan<long> Shape => _shape;

    /// <summary>The number of elements.</summary>
    public long Count => (End - Begin) / Type.SizeOf();

    /// <summary>Where its bytes begin, counted from the end of the header.</summary>
    internal long Begin { get; }

    /// <summary>Where its bytes end, counted from the end of the header.</summary>
    internal long End { get; }

    /// <summary>The tensor's name, type and shape.</summary>
    public override string ToString() => $"{Name}: {Type} {TensorShape.Format(_shape)}";
}
