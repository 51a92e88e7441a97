using FastNets.Data;
using FastNets.Memory;

namespace FastNets.Rocket;

/// <summary>MiniRocket over a stream of samples: the features of the latest window of time, at a small part of a transform's cost.</summary>
/// <remarks>
/// <para>When the window moves on by one step, each kernel's outputs change at 18 positions at most (2 without padding); the counts are brought up to date from those
/// alone. The features are the same, bit for bit, as <see cref="MiniRocket.Transform(ReadOnlySpan{float}, Span{float})"/> gives for the window.</para>
/// <para>Work is done when features are asked for. After many steps, or in the shortest windows, where a new transform costs less, that is made instead.
/// Allocates nothing after construction. Not thread-safe. Memory: the window twice or more, 9 bytes a feature, and for a padded kernel's feature as many bytes more as its
/// dilation is, up to 512.</para>
/// </remarks>
public sealed unsafe class MiniRocketStream : IDisposable
{
    // A step costs about as much as counting this many positions anew: from 11 to 18 measured at lengths 140 to 2048.
    private const int PositionsPerStep = 18;

    // Steps that the window can move before it is copied back to the begin of its memory.
    private const int LeastRoom = 1024;

    private readonly MiniRocketForm _form;
    private readonly MiniRocketParameters _parameters;
    private readonly AlignedBuffer _memory;
    private readonly AlignedBuffer _counting;
    private readonly int* _newCounts;
    private readonly float* _scratch;
    private readonly MiniRocketSlide _slide;
    private readonly float[] _waiting;
    private readonly int _margin;
    private readonly int _room;
    private readonly int _stride;
    private int _start;
    private int _waitingCount;
    private int _waitingFirst;
    private bool _counted;

    /// <summary>Starts with an empty window.</summary>
    /// <param name="transform">The transform.</param>
    /// <param name="windowLength">The number of time steps of the window; 0 for that of the series that the transform was fitted for. Another length only where all kernels are padded.</param>
    /// <exception cref="ArgumentException">The window is shorter than the longest kernel or has 2^31 values or so, or the transform takes another length.</exception>
    public MiniRocketStream(MiniRocket transform, int windowLength = 0)
    {
        ArgumentNullException.ThrowIfNull(transform);
        ArgumentOutOfRangeException.ThrowIfNegative(windowLength);
        _parameters = transform.Parameters;
        _form = transform.Form;
        WindowLength = windowLength == 0 ? _parameters.InputLength : windowLength;
        if (!_parameters.AlwaysPads && WindowLength != _parameters.InputLength)
            throw new ArgumentException($"A window of {WindowLength} time steps was asked for, but the transform was fitted for {_parameters.InputLength}.", nameof(windowLength));
        int longest = (2 * MiniRocketKernels.Reach(_parameters.LargestDilation)) + 1;
        if (WindowLength < longest)
            throw new ArgumentException($"A window of {WindowLength} time steps is shorter than the longest kernel, which spans {longest}; ask for a longer window, or fit the transform with a smaller ReferenceLength.", nameof(windowLength));

        if ((2L * WindowLength) + LeastRoom + (4L * longest) > int.MaxValue / Channels)
            throw new ArgumentException($"A window of {WindowLength} time steps and {Channels} channels is too large to be kept.", nameof(windowLength));

        _margin = (MiniRocketKernels.Reach(_parameters.LargestDilation) + PaddedSeries.WidestRegister) & -PaddedSeries.WidestRegister;
        _room = Math.Max(WindowLength, LeastRoom);
        _stride = checked(_margin + WindowLength + _room + _margin + (2 * PaddedSeries.WidestRegister)) & -PaddedSeries.WidestRegister;
        _memory = new AlignedBuffer((long)Channels * _stride);
        int newCounts = MiniRocketKernels.Count * MiniRocketForm.CountStride(_parameters.MostFeaturesPerDilation);
        _counting = new AlignedBuffer((long)newCounts + _form.ScratchLength);
        _newCounts = (int*)_counting.Pointer;
        _scratch = _counting.Pointer + newCounts;
        _waiting = new float[checked(WindowLength * Channels)];
        _slide = MiniRocketSlide.For(_parameters, transform.Isa, WindowLength);
    }

    /// <summary>The number of time steps of the window.</summary>
    public int WindowLength { get; }

    /// <summary>The number of channels of a sample.</summary>
    public int Channels => _parameters.Channels;

    /// <summary>The number of features.</summary>
    public int FeatureCount => _parameters.FeatureCount;

    /// <summary>The number of samples that were taken since the beginning, or since <see cref="Clear"/>.</summary>
    public long Count { get; private set; }

    /// <summary>Whether there were enough samples to fill the window, so that it has features.</summary>
    public bool IsFull => Count >= WindowLength;

    /// <summary>How many steps were counted one by one rather than by a new transform.</summary>
    internal long Slides { get; private set; }

    /// <summary>Takes the next sample.</summary>
    /// <param name="sample">A value of each channel, all finite.</param>
    /// <exception cref="ArgumentException">There is another number of values.</exception>
    /// <exception cref="DataFormatException">A value is missing or infinite; the sample was not taken.</exception>
    public void Push(ReadOnlySpan<float> sample)
    {
        CheckSample(sample, Channels, Count);

        // Of those that wait only a window's worth can still matter.
        if (_waitingCount == WindowLength) _waitingFirst = (_waitingFirst + 1) % WindowLength;
        else _waitingCount++;
        sample.CopyTo(_waiting.AsSpan(Slot(_waitingCount - 1) * Channels, Channels));
        Count++;
    }

    /// <summary>Takes the next sample of series with one channel.</summary>
    /// <param name="sample">The value, finite.</param>
    /// <exception cref="ArgumentException">There are several channels.</exception>
    /// <exception cref="DataFormatException">The value is missing or infinite; it was not taken.</exception>
    public void Push(float sample) => Push(new ReadOnlySpan<float>(ref sample));

    /// <summary>The features of the latest window.</summary>
    /// <param name="features">The features, shape [features]; overwritten.</param>
    /// <exception cref="InvalidOperationException">The window is not full yet.</exception>
    /// <exception cref="ArgumentException"><paramref name="features"/> has another length.</exception>
    public void Features(Span<float> features)
    {
        if (!IsFull) throw new InvalidOperationException($"The window of {WindowLength} time steps is not full: {Count} samples were taken so far.");
        if (features.Length != FeatureCount) throw new ArgumentException($"There is room for {features.Length} features, but there are {FeatureCount}.", nameof(features));
        Append();
        bool slides = _counted && (long)_waitingCount * PositionsPerStep < WindowLength;
        if (slides) Slides += _waitingCount;
        else DropOldest();
        int steps = slides ? _waitingCount : 0;
        bool usual = !slides && WindowIsUsual();
        fixed (float* row = features)
        {
            for (int i = 0; i < steps - 1; i++) Slide(i);
            if (steps > 0) _slide.Gather(At(0, _start + steps - 1), _stride);
            for (int d = 0; d < _parameters.Dilations.Length; d++)
            {
                if (steps > 0) _slide.Move(d);
                else if (!slides) CountAnew(d, usual);
                _slide.Write(d, row);
            }
        }

        DropOldest();
        _counted = true;
    }

    /// <summary>Begins anew with an empty window.</summary>
    public void Clear()
    {
        new Span<float>(_memory.Pointer, checked(Channels * _stride)).Clear();
        _start = 0;
        _waitingCount = _waitingFirst = 0;
        _counted = false;
        Count = 0;
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        _memory.Dispose();
        _counting.Dispose();
        _slide.Dispose();
    }

    /// <summary>Checks a sample.</summary>
    /// <param name="sample">The values.</param>
    /// <param name="channels">How many there must be.</param>
    /// <param name="count">The sample's number, from 0.</param>
    internal static void CheckSample(ReadOnlySpan<float> sample, int channels, long count)
    {
        if (sample.Length != channels) throw new ArgumentException($"The sample has {sample.Length} values, but there are {channels} channels.", nameof(sample));
        for (int channel = 0; channel < channels; channel++)
        {
            if (!float.IsFinite(sample[channel]))
                throw new DataFormatException($"Sample {count}, channel {channel}: the value is {(float.IsNaN(sample[channel]) ? "missing (NaN); fill it in" : "infinite; correct it")}.");
        }
    }

    private int Slot(int index) => (_waitingFirst + index) % WindowLength;

    private float* At(int channel, int step) => _memory.Pointer + ((long)channel * _stride) + _margin + step;

    /// <summary>Puts the samples that wait behind the window.</summary>
    private void Append()
    {
        if (_start + _waitingCount > _room) MoveBack();
        for (int i = 0; i < _waitingCount; i++)
        {
            ReadOnlySpan<float> sample = _waiting.AsSpan(Slot(i) * Channels, Channels);
            for (int channel = 0; channel < Channels; channel++) *At(channel, _start + WindowLength + i) = sample[channel];
        }
    }

    /// <summary>Moves the window on, zeros before it.</summary>
    private void DropOldest()
    {
        for (int channel = 0; channel < Channels; channel++) new Span<float>(At(channel, _start), _waitingCount).Clear();
        _start += _waitingCount;
        _waitingCount = _waitingFirst = 0;
    }

    private void MoveBack()
    {
        for (int channel = 0; channel < Channels; channel++)
        {
            var all = new Span<float>(At(channel, 0), WindowLength + _room);
            all.Slice(_start, WindowLength).CopyTo(all);
            all[WindowLength..].Clear();
        }

        _start = 0;
    }

    private void Slide(int step)
    {
        _slide.Gather(At(0, _start + step), _stride);
        for (int d = 0; d < _parameters.Dilations.Length; d++) _slide.Move(d);
    }

    private void CountAnew(int dilationIndex, bool usual)
    {
        _form.Count(new PaddedSeries((nint)At(0, _start), WindowLength, _stride, usual), dilationIndex, 0, MiniRocketKernels.Count, _scratch, _newCounts);
        _slide.Set(dilationIndex, _newCounts);
    }

    private bool WindowIsUsual()
    {
        bool usual = true;
        for (int channel = 0; channel < Channels; channel++) usual &= RocketMagnitudes.AreUsual(new ReadOnlySpan<float>(At(channel, _start), WindowLength));
        return usual;
    }
}
