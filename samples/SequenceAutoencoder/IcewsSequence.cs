namespace SequenceAutoencoder;

/// <summary>Fourteen steps of five shares of events in the news (ICEWS), as they stand in the question "LSTM autoencoder always returns the average of the input sequence".</summary>
public static class IcewsSequence
{
    /// <summary>The number of steps.</summary>
    public const int Steps = 14;

    /// <summary>The numbers of a step.</summary>
    public const int Features = 5;

    private static readonly float[] Values =
    [
        0.5122f, 0.0360f, 0.7027f, 0.0721f, 0.1892f,
        0.5177f, 0.0833f, 0.6574f, 0.1204f, 0.1389f,
        0.4643f, 0.0364f, 0.6242f, 0.1576f, 0.1818f,
        0.4375f, 0.0133f, 0.5733f, 0.1867f, 0.2267f,
        0.4838f, 0.0625f, 0.6042f, 0.1771f, 0.1562f,
        0.4804f, 0.0175f, 0.6798f, 0.1053f, 0.1974f,
        0.5030f, 0.0445f, 0.6712f, 0.1438f, 0.1404f,
        0.4987f, 0.0490f, 0.6699f, 0.1536f, 0.1275f,
        0.4898f, 0.0388f, 0.6704f, 0.1330f, 0.1579f,
        0.4711f, 0.0390f, 0.5877f, 0.1532f, 0.2201f,
        0.4627f, 0.0484f, 0.5269f, 0.1882f, 0.2366f,
        0.5043f, 0.0807f, 0.6646f, 0.1429f, 0.1118f,
        0.4852f, 0.0606f, 0.6364f, 0.1515f, 0.1515f,
        0.5279f, 0.0629f, 0.6886f, 0.1514f, 0.0971f,
    ];

    /// <summary>The sequence, shape [14, 5].</summary>
    public static float[] Raw() => [.. Values];

    /// <summary>x[t] - x[t - 1], and the first step as it is, so that sums along time give the sequence back.</summary>
    public static float[] Differences() => Difference(first: 0);

    /// <summary>
    /// The same with x[0] - x[13] as its first step: what the code in the answer makes. It rolls the sequence around, subtracts, and then puts the first step back, but from a
    /// view of the same memory, which has changed by then. The sequence cannot be made from it again.
    /// </summary>
    public static float[] DifferencesAsPosted() => Difference(first: 1);

    private static float[] Difference(float first)
    {
        float[] result = Raw();
        for (int i = 0; i < result.Length; i++)
            result[i] -= i < Features ? first * Values[Values.Length - Features + i] : Values[i - Features];
        return result;
    }
}
