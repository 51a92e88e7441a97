using FastNets.Backends;
using FastNets.Kernels.Optimizers;
using FastNets.Random;

namespace FastNets;

// Arenas and the places in them. The generated constructor reserves places in the order of the plan and then allocates once.
public abstract partial class Network
{
    // Places start on cache lines, so that no two parameters share a vector register's load.
    private const int Granule = 16;

    private readonly long[] _reserved = new long[Enum.GetValues<Arena>().Length];
    private readonly List<Parameter> _parameters = [];
    private readonly List<(Parameter Parameter, int[] Shape, Initializer Initializer, int FanIn, int FanOut, int Blocks)> _initial = [];
    private UpdateSegment[] _segments = [];
    private bool _foldIsStale = true;

    /// <summary>All parameters and running statistics, in the order of layers.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>The number of trainable numbers.</summary>
    public long ParameterCount => _parameters.Where(p => p.IsTrainable).Sum(p => (long)p.Length);

    /// <summary>The memory of layer outputs, their gradients and scratch, in bytes: the most that is in use at a time, as planned at compile time.</summary>
    public long ActivationBytes => _reserved[(int)Arena.Activations] * sizeof(float);

    /// <summary>Where the batch goes in, [batch, <see cref="InputLength"/>].</summary>
    protected Slot InputSlot { get; }

    /// <summary>Where the targets are.</summary>
    protected Slot TargetSlot { get; }

    private ReadOnlySpan<UpdateSegment> Segments => _segments;

    /// <summary>Checks a size that the user binds to a name.</summary>
    /// <param name="size">The size.</param>
    /// <param name="name">The parameter's name.</param>
    /// <returns>The size.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 1.</exception>
    protected static int RequireSize(int size, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1, name);
        return size;
    }

    /// <summary>Reserves a trainable parameter.</summary>
    /// <param name="name">Layer and part.</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="initializer">How it starts.</param>
    /// <param name="fanIn">The number of inputs that an output sums over, for the initializer.</param>
    /// <param name="fanOut">The number of outputs that an input goes to, for the initializer.</param>
    /// <param name="l1">The factor of its L1 penalty.</param>
    /// <param name="l2">The factor of its L2 penalty.</param>
    /// <param name="blocks">How many matrices lie side by side in its columns, for the initializer: the gates of a recurrent layer.</param>
    protected Parameter AddParameter(string name, int[] shape, Initializer initializer, int fanIn, int fanOut, float l1 = 0, float l2 = 0, int blocks = 1)
        => Add(Arena.Parameters, name, shape, initializer, fanIn, fanOut, l1, l2, blocks);

    /// <summary>Reserves a running statistic.</summary>
    /// <param name="name">Layer and part.</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="initializer">How it starts.</param>
    protected Parameter AddState(string name, int[] shape, Initializer initializer)
        => Add(Arena.State, name, shape, initializer, 1, 1, 0, 0, 1);

    /// <summary>Where a parameter or a running statistic lies.</summary>
    /// <param name="parameter">The parameter.</param>
    protected static Slot PlaceOf(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return parameter.Slot;
    }

    /// <summary>Where a parameter's gradient lies.</summary>
    /// <param name="parameter">The parameter.</param>
    protected static Slot GradientOf(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return parameter.Slot with { Arena = Arena.Gradients };
    }

    /// <summary>Reserves room in an arena.</summary>
    /// <param name="arena">The arena.</param>
    /// <param name="length">The number of elements.</param>
    /// <exception cref="ArgumentOutOfRangeException">The arena would be larger than 2^31 - 1 elements.</exception>
    protected Slot Reserve(Arena arena, long length)
    {
        long offset = _reserved[(int)arena];
        long end = offset + ((length + Granule - 1) / Granule * Granule);
        if (end > int.MaxValue)
            throw new ArgumentOutOfRangeException(nameof(length), $"{Name}: the network's {arena} take more than {int.MaxValue} numbers; use smaller layers or a smaller largest batch.");
        _reserved[(int)arena] = end;
        return new Slot(arena, (int)offset, (int)length);
    }

    /// <summary>Takes the memory for all that was reserved and sets initial values. The last call of a generated constructor.</summary>
    protected void Allocate()
    {
        _reserved[(int)Arena.Gradients] = _reserved[(int)Arena.Parameters];
        try
        {
            foreach (Arena arena in Enum.GetValues<Arena>())
            {
                if (_reserved[(int)arena] > 0) _device.Allocate(arena, (int)_reserved[(int)arena]);
            }
        }
        catch
        {
            // Nobody can dispose an object whose constructor has failed.
            Dispose();
            throw;
        }

        for (int i = 0; i < _initial.Count; i++)
        {
            (Parameter parameter, int[] shape, Initializer initializer, int fanIn, int fanOut, int blocks) = _initial[i];
            Initializers.Fill(initializer, parameter.Values, shape, fanIn, fanOut, Seed, (ulong)i, blocks);
        }

        _segments = [.. _parameters.Where(p => p.IsTrainable).Select(p => new UpdateSegment(p.Slot.Offset, p.Length, p.L1, p.L2))];
    }

    internal Span<float> Edit(Slot slot)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _device.Edit(slot, slot.Length);
    }

    internal ReadOnlySpan<float> View(Slot slot)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _device.View(slot, slot.Length);
    }

    internal void ParametersChanged() => _foldIsStale = true;

    private Parameter Add(Arena arena, string name, int[] shape, Initializer initializer, int fanIn, int fanOut, float l1, float l2, int blocks)
    {
        long length = 1;
        foreach (int size in shape) length *= size;
        var parameter = new Parameter(this, name, shape, Reserve(arena, length), l1, l2);
        _parameters.Add(parameter);
        _initial.Add((parameter, shape, initializer, fanIn, fanOut, blocks));
        return parameter;
    }
}
