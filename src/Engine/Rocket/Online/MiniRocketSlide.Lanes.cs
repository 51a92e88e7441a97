using System.Runtime.CompilerServices;
using FastNets.Memory;

namespace FastNets.Rocket;

/// <summary>The counts with kernels in the lanes.</summary>
/// <remarks>
/// With a dilation the kernels of even index, and those of odd index, are alike: padded or not. Pairs of an even and an odd kernel are cut into groups, a pair a lane; the last
/// group begins so early that it is full, and counts some kernels a second time. A group's counts and biases are a register a feature, the even kernels' first, so that an output of
/// half of its kernels is compared as it is, without a lane changing its place. Lanes meet other lanes where outputs are summed, each choosing its taps from a register of them, and
/// where features are written.
/// </remarks>
/// <typeparam name="TLanes">The registers.</typeparam>
internal sealed unsafe partial class MiniRocketSlide<TLanes> : MiniRocketSlide
    where TLanes : struct, ISlideLanes<TLanes>
{
    private const int Halves = 2;
    private const int Pairs = MiniRocketKernels.Count / Halves;

    private readonly MiniRocketParameters _parameters;
    private readonly int _windowLength;
    private readonly Block[] _blocks;
    private readonly List<AlignedBuffer> _memory = [];
    private readonly EdgeHistory _history;
    private readonly float* _series;
    private readonly float* _terms;
    private readonly float* _sums;
    private readonly float* _taps;
    private readonly float* _outputs;
    private readonly float* _biases;
    private readonly float* _counts;
    private readonly float* _divisors;
    private readonly float* _reciprocals;
    private readonly float* _lastRow;

    /// <summary>Prepares the form.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="windowLength">The number of time steps of the window.</param>
    public MiniRocketSlide(MiniRocketParameters parameters, int windowLength)
    {
        _parameters = parameters;
        _windowLength = windowLength;
        _blocks = new Block[parameters.Dilations.Length];
        int registers = 0;
        for (int d = 0; d < _blocks.Length; d++)
        {
            int features = parameters.FeaturesPerDilation[d];
            _blocks[d] = new Block(checked(registers * Slots), registers, features, parameters.FirstFeatureOf(d), parameters.IsPadded(d, 0), parameters.IsPadded(d, 1));
            registers += Halves * features;
        }

        _series = Allocate((long)_blocks.Length * parameters.Channels * RocketSlide.Length);
        _terms = Allocate((long)parameters.Channels * RocketSlide.TermsLength);
        _sums = Allocate(RocketSlide.Length);
        _taps = Allocate(Halves * TapsOfKernel * Slots);
        _outputs = Allocate(RocketSlide.Padded.Length * Slots);
        _biases = Allocate((long)registers * Slots);
        _counts = Allocate(((long)registers * Slots) + (Together * TLanes.Count));
        _divisors = Allocate(registers + Together);
        _reciprocals = Allocate(registers + Together);
        _lastRow = Allocate(LastRowLength);
        _history = new EdgeHistory(parameters, Slots);
        WriteTaps((int*)_taps);
        WriteDivisors();
        for (int d = 0; d < _blocks.Length; d++)
        {
            int features = _blocks[d].Features;
            fixed (float* biases = parameters.BiasesOf(d)) Arrange((int*)biases, features, features, (int*)_biases + _blocks[d].Start);
        }
    }

    private static int Groups
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (Pairs + TLanes.Count - 1) / TLanes.Count;
    }

    private static int Slots
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Groups * TLanes.Count;
    }

    /// <summary>Which of a group's pairs has a lane. Where fours of numbers are turned within 128 bits, each result so holds consecutive pairs.</summary>
    /// <param name="lane">The lane.</param>
    public static int PlaceOf(int lane) => (TLanes.Count / 4 * (lane % 4)) + (lane / 4);

    /// <inheritdoc/>
    public override void Set(int dilationIndex, int* counts)
    {
        int features = _blocks[dilationIndex].Features;
        Arrange(counts, features, MiniRocketForm.CountStride(features), (int*)_counts + _blocks[dilationIndex].Start);
        _history.Forget(dilationIndex);
    }

    /// <inheritdoc/>
    public override void Gather(float* start, nint channelStride)
    {
        float* series = _series;
        for (int d = 0; d < _blocks.Length; d++)
        {
            int dilation = _parameters.Dilations[d];
            for (int channel = 0; channel < _parameters.Channels; channel++, series += RocketSlide.Length)
                RocketSlide.Gather(start + (channel * channelStride), start + (channel * channelStride) + _windowLength, dilation, series);
        }
    }

    /// <inheritdoc/>
    public override void Move(int dilationIndex)
    {
        Block block = _blocks[dilationIndex];
        byte* history = _history.Next(dilationIndex, out bool remembered);
        float* series = _series + ((long)dilationIndex * _parameters.Channels * RocketSlide.Length);
        for (int channel = 0; channel < _parameters.Channels; channel++)
            RocketSlide.WriteTerms<TLanes>(series + (channel * RocketSlide.Length), remembered, _terms + (channel * RocketSlide.TermsLength));
        for (int half = 0; half < Halves; half++)
        {
            float* biases = _biases + block.Start + (half * block.Features * TLanes.Count);
            float* counts = _counts + block.Start + (half * block.Features * TLanes.Count);
            if (!(half == 0 ? block.PadsEven : block.PadsOdd))
            {
                Sum(dilationIndex, half, RocketSlide.Unpadded);
                ChangeUnpadded(_outputs, biases, counts, block.Features);
                continue;
            }

            Sum(dilationIndex, half, remembered ? RocketSlide.Remembered : RocketSlide.Padded);
            if (remembered) ChangeRemembered(_outputs, biases, counts, history, block.Features);
            else ChangePadded(_outputs, biases, counts, history, block.Features);
            history += block.Features * Slots;
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (AlignedBuffer buffer in _memory) buffer.Dispose();
        _history.Dispose();
    }

    private static int KernelOf(int half, int group, int lane) => half + (Halves * (FirstOf(group) + PlaceOf(lane)));

    /// <summary>The first pair of a group.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int FirstOf(int group) => Math.Min(group * TLanes.Count, Pairs - TLanes.Count);

    /// <summary>Puts values of features in the order of the groups.</summary>
    private static void Arrange(int* values, int features, int stride, int* target)
    {
        for (int group = 0; group < Groups; group++)
        {
            for (int half = 0; half < Halves; half++, target += features * TLanes.Count)
            {
                for (int lane = 0; lane < TLanes.Count; lane++)
                {
                    int* own = values + (KernelOf(half, group, lane) * stride);
                    int* at = target + lane;
                    for (int i = 0; i < features; i++, at += TLanes.Count) *at = own[i];
                }
            }
        }
    }

    private float* Allocate(long count)
    {
        var buffer = new AlignedBuffer(count);
        _memory.Add(buffer);
        return buffer.Pointer;
    }

    /// <summary>The place of a dilation's counts and biases, in numbers and in registers a group, and what its kernels are like.</summary>
    private readonly record struct Block(int Start, int Register, int Features, int FirstFeature, bool PadsEven, bool PadsOdd);
}
