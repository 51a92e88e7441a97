namespace FastNets.Rocket;

/// <summary>One lane: a step one number at a time, the form that defines the right answer.</summary>
internal readonly unsafe struct SlideLane(float value) : ISlideLanes<SlideLane>
{
    private readonly float _value = value;

    /// <inheritdoc/>
    public static int Count => 1;

    private int Whole => BitConverter.SingleToInt32Bits(_value);

    /// <inheritdoc/>
    public static SlideLane Create(float value) => new(value);

    /// <inheritdoc/>
    public static SlideLane Load(float* address) => new(*address);

    /// <inheritdoc/>
    public void Store(float* address) => *address = _value;

    public static SlideLane operator +(SlideLane a, SlideLane b) => new(a._value + b._value);

    public static SlideLane operator -(SlideLane a, SlideLane b) => new(a._value - b._value);

    public static SlideLane operator *(SlideLane a, SlideLane b) => new(a._value * b._value);

    /// <inheritdoc/>
    public static SlideLane CountAbove(SlideLane counts, SlideLane values, SlideLane bias) => values._value > bias._value ? OfWhole(counts.Whole + 1) : counts;

    /// <inheritdoc/>
    public static SlideLane DiscountAbove(SlideLane counts, SlideLane values, SlideLane bias) => values._value > bias._value ? OfWhole(counts.Whole - 1) : counts;

    /// <inheritdoc/>
    public static SlideLane AddWhole(SlideLane a, SlideLane b) => OfWhole(a.Whole + b.Whole);

    /// <inheritdoc/>
    public static SlideLane SubtractWhole(SlideLane a, SlideLane b) => OfWhole(a.Whole - b.Whole);

    // Of a byte's bits alone, without the operation, .NET 10 makes a read of four bytes.
    /// <inheritdoc/>
    public static SlideLane LoadBytes(byte* address) => OfWhole(*address & sbyte.MaxValue);

    /// <inheritdoc/>
    public void StoreBytes(byte* address) => *address = (byte)Whole;

    /// <inheritdoc/>
    public static SlideLane Outputs(float* alpha, float* taps, SlideLane first, SlideLane second, SlideLane third)
        => new(*alpha + taps[first.Whole] + taps[second.Whole] + taps[third.Whole + 1]);

    /// <inheritdoc/>
    public static void StoreShares(float* counts, float* divisors, float* reciprocals, float* target, nint stride)
    {
        for (int i = 0; i < MiniRocketSlide.Together; i++) target[i] = Load(counts + i).Whole / divisors[i];
    }

    private static SlideLane OfWhole(int value) => new(BitConverter.Int32BitsToSingle(value));
}
