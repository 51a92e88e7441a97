namespace FastNets.Rocket;

/// <summary>What a kernel sees change with one dilation when a window of time moves on by one step.</summary>
/// <remarks>
/// <para>The window drops its first step, at time s, and takes a new one, at time e. With dilation d only these outputs differ, 4d being how far a kernel reaches:
/// those at e, e - d, ... e - 4d, which see the new step (the first of them is new itself), and those at s, s + d, ... s + 4d, which saw the old one. As the window is
/// longer than a kernel the two groups have nothing in common. Both are runs of positions d apart, and so are all steps that they see; gathered
/// side by side they are short series with dilation 1.</para>
/// <para>A kernel without padding gains the output at e - 4d and loses that at s + 4d.</para>
/// </remarks>
internal static unsafe class RocketSlide
{
    /// <summary>The positions of a group: one a tap from the middle to the end.</summary>
    public const int Group = MiniRocketKernels.Centre + 1;

    /// <summary>The outputs that are added, and those that are taken away.</summary>
    public const int Outputs = (2 * Group) - 1;

    /// <summary>Room for a short series, and for registers that reach beyond it.</summary>
    public const int Stride = 48;

    /// <summary>The number of short series a channel.</summary>
    public const int Count = 4;

    /// <summary>Where in a short series its first position is.</summary>
    public const int First = MiniRocketKernels.Centre;

    private const int Steps = MiniRocketKernels.Length - 1 + Group;

    /// <summary>The right end as it is: positions e - 4d to e.</summary>
    public const int RightNow = 0;

    /// <summary>The left end as it is: positions s (no longer in the window) to s + 4d.</summary>
    public const int LeftNow = 1;

    /// <summary>The left end as it was.</summary>
    public const int LeftBefore = 2;

    /// <summary>The right end as it was: positions e - 4d to e (not yet in the window).</summary>
    public const int RightBefore = 3;

    /// <summary>Gathers the steps around both ends of a channel's window.</summary>
    /// <param name="start">The address of the step that the window drops, zeros before it.</param>
    /// <param name="end">The address of the new step, zeros behind it.</param>
    /// <param name="dilation">The dilation.</param>
    /// <param name="target">The short series, <see cref="Count"/> times <see cref="Stride"/> numbers; overwritten.</param>
    public static void Gather(float* start, float* end, nint dilation, float* target)
    {
        float* right = end - (2 * MiniRocketKernels.Centre * dilation);
        float* left = start - (MiniRocketKernels.Centre * dilation);
        for (int i = 0; i < Steps; i++)
        {
            target[(RightNow * Stride) + i] = target[(RightBefore * Stride) + i] = right[i * dilation];
            target[(LeftNow * Stride) + i] = target[(LeftBefore * Stride) + i] = left[i * dilation];
        }

        target[(RightBefore * Stride) + (2 * MiniRocketKernels.Centre)] = 0;
        target[(LeftNow * Stride) + MiniRocketKernels.Centre] = 0;
    }
}
