using FastNets.Kernels;

namespace FastNets.Rocket;

/// <summary>The counts of a window of time that moves on, in one of the forms: a step changes them, and they become features.</summary>
/// <remarks>All forms give the same counts, because they add in the same order. Dilations are worked on one after another, so that their counts stay near. Not thread-safe.</remarks>
internal abstract unsafe class MiniRocketSlide : IDisposable
{
    /// <summary>How many numbers of a lane are written at a time.</summary>
    public const int Together = 8;

    /// <summary>Prepares a form.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="isa">The instruction set.</param>
    /// <param name="windowLength">The number of time steps of the window.</param>
    public static MiniRocketSlide For(MiniRocketParameters parameters, Isa isa, int windowLength) => isa switch
    {
        Isa.Vector512 => new MiniRocketSlide<RocketLanes512>(parameters, windowLength),
        Isa.Vector256 => new MiniRocketSlide<RocketLanes256>(parameters, windowLength),
        Isa.Vector128 => new MiniRocketSlide<RocketLanes128>(parameters, windowLength),
        _ => new MiniRocketSlide<SlideLane>(parameters, windowLength),
    };

    /// <summary>Takes the counts of all kernels with one dilation.</summary>
    /// <param name="dilationIndex">The dilation.</param>
    /// <param name="counts">The counts, <see cref="MiniRocketForm.CountStride"/> a kernel.</param>
    public abstract void Set(int dilationIndex, int* counts);

    /// <summary>Gathers the steps around both ends of the window, for all dilations.</summary>
    /// <param name="start">The address of the first channel's step that the window drops; the new one is a window's length behind it.</param>
    /// <param name="channelStride">The distance between two channels.</param>
    public abstract void Gather(float* start, nint channelStride);

    /// <summary>Changes the counts of all kernels with one dilation to those of the window that has moved on by one step, whose steps were gathered.</summary>
    /// <param name="dilationIndex">The dilation.</param>
    public abstract void Move(int dilationIndex);

    /// <summary>Writes the features of all kernels with one dilation, and perhaps into the next one's.</summary>
    /// <param name="dilationIndex">The dilation.</param>
    /// <param name="row">The features of all dilations.</param>
    public abstract void Write(int dilationIndex, float* row);

    /// <summary>Frees the memory.</summary>
    public abstract void Dispose();
}
