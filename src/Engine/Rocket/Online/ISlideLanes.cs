namespace FastNets.Rocket;

/// <summary>A register of numbers with what a step of a window needs: arithmetic, comparing, and lanes that change places.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
internal unsafe interface ISlideLanes<TSelf>
    where TSelf : struct, ISlideLanes<TSelf>
{
    /// <summary>The number of lanes, a power of two.</summary>
    static abstract int Count { get; }

    /// <summary>All lanes the same.</summary>
    static abstract TSelf Create(float value);

    /// <summary>Consecutive numbers.</summary>
    static abstract TSelf Load(float* address);

    /// <summary>Writes all lanes.</summary>
    void Store(float* address);

    static abstract TSelf operator +(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a, TSelf b);

    static abstract TSelf operator *(TSelf a, TSelf b);

    /// <summary>Adds one to the whole numbers in <paramref name="counts"/> where <paramref name="values"/> exceed the bias.</summary>
    static abstract TSelf CountAbove(TSelf counts, TSelf values, TSelf bias);

    /// <summary>Takes one from the whole numbers in <paramref name="counts"/> where <paramref name="values"/> exceed the bias.</summary>
    static abstract TSelf DiscountAbove(TSelf counts, TSelf values, TSelf bias);

    /// <summary>Adds whole numbers.</summary>
    static abstract TSelf AddWhole(TSelf a, TSelf b);

    /// <summary>Subtracts whole numbers.</summary>
    static abstract TSelf SubtractWhole(TSelf a, TSelf b);

    /// <summary>Reads whole numbers that are a byte each.</summary>
    static abstract TSelf LoadBytes(byte* address);

    /// <summary>Writes whole numbers from 0 to 127 as a byte each.</summary>
    void StoreBytes(byte* address);

    /// <summary>Outputs at one position, of a kernel a lane: <c>((alpha + 3x_a) + 3x_b) + 3x_c</c>.</summary>
    /// <param name="alpha">The sum of <c>-x</c> over the nine taps.</param>
    /// <param name="taps">The nine <c>3x</c>, with room behind them for the widest register.</param>
    /// <param name="first">Each kernel's first tap of weight 2, a whole number.</param>
    /// <param name="second">Each kernel's second one.</param>
    /// <param name="third">Each kernel's third one, less 1: taps 1 to 8 are as many as a register of eight holds.</param>
    static abstract TSelf Outputs(float* alpha, float* taps, TSelf first, TSelf second, TSelf third);

    /// <summary>Divides eight registers of whole numbers from 0 on, rounding once, then writes the eight quotients of each lane side by side.</summary>
    /// <param name="counts">The whole numbers, register after register.</param>
    /// <param name="divisors">Each register's divisor.</param>
    /// <param name="reciprocals">Each register's divisor's reciprocal.</param>
    /// <param name="target">Where the first lane's go.</param>
    /// <param name="stride">The distance between those of two lanes in the order of <see cref="MiniRocketSlide{TLanes}.PlaceOf"/>; they are written in this order.</param>
    static abstract void StoreShares(float* counts, float* divisors, float* reciprocals, float* target, nint stride);
}
