namespace FastNets.Rocket;

/// <summary>What is known of the values that are counted.</summary>
internal interface IRocketValues
{
    /// <summary>Whether the difference of an output and a bias is zero, or not so small that it is denormal.</summary>
    static abstract bool DifferVisibly { get; }
}

/// <summary>Values as measured series have them, see <see cref="RocketMagnitudes"/>.</summary>
internal readonly struct UsualValues : IRocketValues
{
    /// <inheritdoc/>
    public static bool DifferVisibly => true;
}

/// <summary>Any values.</summary>
internal readonly struct AnyValues : IRocketValues
{
    /// <inheritdoc/>
    public static bool DifferVisibly => false;
}
