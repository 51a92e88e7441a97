using System.Runtime.CompilerServices;
using FastNets.Memory;

namespace FastNets.Rocket;

/// <summary>The counts with kernels in the lanes.</summary>
/// <remarks>
/// With a dilation the kernels of even index, and those of odd index, are alike: padded or not. Each half is cut into groups, a kernel a lane; the last group begins
/// so early that it is full, and counts some kernels a second time. A group's counts and biases are a register a feature, so that an output of all its kernels is
/// compared as it is, without a lane changing its place. Lanes meet other lanes where outputs are summed, each choosing its taps from a register of them, and where features are written.
/// </remarks>
/// <typeparam name="TLanes">The registers.</typeparam>
internal sealed unsafe partial class MiniRocketSlide<TLanes> : MiniRocketSlide
    where TLanes : struct, ISlideLanes<TLanes>
{
    private const int Halves = 2;
    private const int HalfCount = MiniRocketKernels.Count / Halves;

    private readonly MiniRocketParameters _parameters;
    private readonly int _windowLength;
    private readonly AlignedBuffer _memory;
    private readonly EdgeHistory _history;
    private readonly int[] _starts;
    private readonly float* _series;
    private readonly float* _outputs;
    private readonly float* _taps;
    private readonly float* _biases;
    private readonly int* _counts;
    private readonly float* _fours;

    /// <summary>Prepares the form.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="windowLength">The number of time steps of the window.</param>
    public MiniRocketSlide(MiniRocketParameters parameters, int windowLength)
    {
        _parameters = parameters;
        _windowLength = windowLength;
        _starts = new int[parameters.Dilations.Length];
        int length = 0;
        for (int d = 0; d < _starts.Length; d++)
        {
            _starts[d] = length;
            length = checked(length + (Halves * HalfLength(d)));
        }

        int series = (parameters.Channels * RocketSlide.Length) + RocketSlide.Arrays;
        int outputs = Slots * RocketSlide.Padded.Length;
        int taps = Halves * TapsOfKernel * Slots;
        _memory = new AlignedBuffer((2L * length) + series + outputs + taps + FoursLength);
        _series = _memory.Pointer;
        _outputs = _series + series;
        _biases = _outputs + outputs;
        _counts = (int*)(_biases + length);
        _taps = (float*)(_counts + length);
        _fours = _taps + taps;
        _history = new EdgeHistory(parameters, Slots);
        WriteTaps((int*)_taps);
        for (int d = 0; d < _starts.Length; d++)
        {
            int features = parameters.FeaturesPerDilation[d];
            fixed (float* biases = parameters.BiasesOf(d)) Arrange((int*)biases, features, features, (int*)_biases + _starts[d]);
        }
    }

    private static int Groups
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (HalfCount + TLanes.Count - 1) / TLanes.Count;
    }

    private static int Slots
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Groups * TLanes.Count;
    }

    /// <inheritdoc/>
    public override void Set(int dilationIndex, int* counts)
    {
        int features = _parameters.FeaturesPerDilation[dilationIndex];
        Arrange(counts, features, MiniRocketForm.CountStride(features), _counts + _starts[dilationIndex]);
        _history.Forget(dilationIndex);
    }

    /// <inheritdoc/>
    public override void Move(int dilationIndex, float* start, nint channelStride)
    {
        for (int channel = 0; channel < _parameters.Channels; channel++, start += channelStride)
            RocketSlide.Gather<TLanes>(start, start + _windowLength, _parameters.Dilations[dilationIndex], _series + (channel * RocketSlide.Length));

        float* biases = _biases + _starts[dilationIndex];
        int* counts = _counts + _starts[dilationIndex];
        byte* history = _history.Next(dilationIndex, out bool remembered);
        for (int half = 0; half < Halves; half++, biases += HalfLength(dilationIndex), counts += HalfLength(dilationIndex))
        {
            if (!_parameters.IsPadded(dilationIndex, half))
            {
                Sum(dilationIndex, half, RocketSlide.Unpadded);
                ChangeUnpadded(_outputs, biases, counts, _parameters.FeaturesPerDilation[dilationIndex]);
                continue;
            }

            Sum(dilationIndex, half, remembered ? RocketSlide.Remembered : RocketSlide.Padded);
            if (remembered) ChangeRemembered(_outputs, biases, counts, history, _parameters.FeaturesPerDilation[dilationIndex]);
            else ChangePadded(_outputs, biases, counts, history, _parameters.FeaturesPerDilation[dilationIndex]);
            history += HalfLength(dilationIndex);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _memory.Dispose();
        _history.Dispose();
    }

    private int HalfLength(int dilationIndex) => Slots * _parameters.FeaturesPerDilation[dilationIndex];

    private static int KernelOf(int half, int slot)
    {
        (int group, int lane) = Math.DivRem(slot, TLanes.Count);
        return half + (Halves * (FirstOf(group) + lane));
    }

    /// <summary>The first kernel of a group, as its index in the half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int FirstOf(int group) => Math.Min(group * TLanes.Count, HalfCount - TLanes.Count);

    /// <summary>Puts values of features in the order of the groups.</summary>
    private static void Arrange(int* values, int features, int stride, int* target)
    {
        for (int half = 0; half < Halves; half++, target += Slots * features)
        {
            for (int slot = 0; slot < Slots; slot++)
            {
                int* own = values + (KernelOf(half, slot) * stride);
                (int group, int lane) = Math.DivRem(slot, TLanes.Count);
                int* at = target + (group * features * TLanes.Count) + lane;
                for (int i = 0; i < features; i++) at[i * TLanes.Count] = own[i];
            }
        }
    }
}
