namespace FastNets.Kernels.Lanes;

/// <summary>A register of single-precision numbers: what a kernel is written in once, for every instruction set.</summary>
/// <remarks>
/// Used as a type argument, so that the compiler writes a loop for each width. Masks are registers too, all bits of a lane
/// set or clear. Lanes do the same arithmetic whatever the width: an element's bits depend on the width only where a
/// kernel adds up across lanes.
/// </remarks>
/// <typeparam name="TSelf">The implementing type.</typeparam>
internal unsafe interface ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    /// <summary>The number of lanes.</summary>
    static abstract int Count { get; }

    /// <summary>All lanes the same.</summary>
    static abstract TSelf Create(float value);

    /// <summary>All lanes the number at an address.</summary>
    static abstract TSelf Broadcast(float* address);

    /// <summary>Consecutive numbers.</summary>
    static abstract TSelf Load(float* address);

    /// <summary>The first <paramref name="count"/> (fewer than <see cref="Count"/>) of consecutive numbers; the other lanes are 0 and their memory is not touched.</summary>
    static abstract TSelf LoadFirst(float* address, int count);

    /// <summary>The mask of the first <paramref name="count"/> lanes.</summary>
    static abstract TSelf FirstMask(int count);

    /// <summary>The numbers whose lanes are set, 0 in the others, whose memory is not touched.</summary>
    static abstract TSelf LoadWhere(TSelf mask, float* address);

    /// <summary>Writes the lanes that are set, no other memory.</summary>
    void StoreWhere(TSelf mask, float* address);

    /// <summary>Writes all lanes.</summary>
    void Store(float* address);

    /// <summary>Writes the first <paramref name="count"/> lanes, no other memory.</summary>
    void StoreFirst(float* address, int count);

    static abstract TSelf operator +(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a, TSelf b);

    static abstract TSelf operator *(TSelf a, TSelf b);

    static abstract TSelf operator /(TSelf a, TSelf b);

    /// <summary>a * b + c, rounded once.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>c - a * b, rounded once.</summary>
    static abstract TSelf MultiplySubtractFrom(TSelf a, TSelf b, TSelf c);

    /// <summary>The square root.</summary>
    static abstract TSelf Sqrt(TSelf a);

    /// <summary>The absolute value.</summary>
    static abstract TSelf Abs(TSelf a);

    /// <summary>The nearest integer, ties to even.</summary>
    static abstract TSelf Round(TSelf a);

    /// <summary>The magnitude of the first with the sign of the second.</summary>
    static abstract TSelf CopySign(TSelf magnitude, TSelf sign);

    /// <summary>value * 2^exponent for whole exponents in [-250, 250], rounded once.</summary>
    static abstract TSelf Scale(TSelf value, TSelf exponent);

    /// <summary>Where a is above b; false for NaN.</summary>
    static abstract TSelf Greater(TSelf a, TSelf b);

    /// <summary>Where a is below b; false for NaN.</summary>
    static abstract TSelf Less(TSelf a, TSelf b);

    /// <summary>a where the mask is set, else b.</summary>
    static abstract TSelf Select(TSelf mask, TSelf a, TSelf b);

    /// <summary>a where the mask is set, else 0.</summary>
    static abstract TSelf KeepWhere(TSelf mask, TSelf a);

    /// <summary>The mask whose lane i is set where bit i is.</summary>
    static abstract TSelf MaskFromBits(uint bits);

    /// <summary>The larger; b where one of them is NaN.</summary>
    static abstract TSelf Max(TSelf a, TSelf b);

    /// <summary>The smaller; b where one of them is NaN.</summary>
    static abstract TSelf Min(TSelf a, TSelf b);

    /// <summary>The sum of the lanes, in pairs.</summary>
    static abstract float Sum(TSelf a);

    /// <summary>The sum of the lanes in double precision.</summary>
    static abstract double SumDouble(TSelf a);

    /// <summary>The largest lane.</summary>
    static abstract float MaxAcross(TSelf a);

    /// <summary>f(x).</summary>
    static abstract TSelf Forward<TActivation>(TSelf x)
        where TActivation : struct, Pointwise.IActivation;

    /// <summary>df/dx.</summary>
    static abstract TSelf Derivative<TActivation>(TSelf saved)
        where TActivation : struct, Pointwise.IActivation;

    /// <summary>The loss of outputs against targets.</summary>
    static abstract TSelf Loss<TLoss>(TLoss loss, TSelf output, TSelf target)
        where TLoss : struct, Losses.IPointwiseLoss;

    /// <summary>The loss's derivative by the output.</summary>
    static abstract TSelf Slope<TLoss>(TLoss loss, TSelf output, TSelf target)
        where TLoss : struct, Losses.IPointwiseLoss;
}
