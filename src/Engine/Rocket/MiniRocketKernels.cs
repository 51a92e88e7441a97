namespace FastNets.Rocket;

/// <summary>The fixed kernels of MiniRocket: nine taps, three of weight 2 and six of weight -1.</summary>
/// <remarks>
/// There are 84, one for each choice of the three taps, in lexicographic order. A kernel's output is computed as the sum of
/// <c>-x</c> over all nine taps plus <c>3x</c> at the three. Source: Dempster, Schmidt and Webb, "MiniRocket", KDD 2021, section 4.1.
/// </remarks>
internal static class MiniRocketKernels
{
    /// <summary>The number of taps.</summary>
    public const int Length = 9;

    /// <summary>The middle tap, which stands over the position that the output belongs to.</summary>
    public const int Centre = Length / 2;

    /// <summary>The number of taps that can be the first of three.</summary>
    public const int FirstTaps = Length - 2;

    /// <summary>The number of kernels: 9 over 3.</summary>
    public const int Count = 84;

    private static readonly byte[] Taps = MakeTaps();

    /// <summary>The three taps of weight 2, in ascending order.</summary>
    public static (int A, int B, int C) TapsOf(int kernel) => (Taps[3 * kernel], Taps[(3 * kernel) + 1], Taps[(3 * kernel) + 2]);

    /// <summary>Whether a kernel is used with zeros around the series; without, where the kernel would reach beyond it there is no output.</summary>
    /// <remarks>Alternates over kernels and dilations, so that half of the features is of either kind.</remarks>
    public static bool IsPadded(int dilationIndex, int kernel) => ((dilationIndex + kernel) & 1) == 0;

    /// <summary>How far a kernel reaches to either side of its position.</summary>
    public static int Reach(int dilation) => Centre * dilation;

    private static byte[] MakeTaps()
    {
        byte[] taps = new byte[3 * Count];
        int at = 0;
        for (int a = 0; a < Length; a++)
        {
            for (int b = a + 1; b < Length; b++)
            {
                for (int c = b + 1; c < Length; c++)
                {
                    taps[at++] = (byte)a;
                    taps[at++] = (byte)b;
                    taps[at++] = (byte)c;
                }
            }
        }

        return taps;
    }
}
