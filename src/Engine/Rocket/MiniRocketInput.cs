namespace FastNets.Rocket;

/// <summary>A series with zeros around it, wide enough for the largest dilation and for vectors that reach beyond the end.</summary>
internal readonly unsafe struct MiniRocketInput
{
    private const int WidestVector = 16;

    private readonly int _margin;

    /// <summary>Prepares the layout for given parameters.</summary>
    public MiniRocketInput(MiniRocketParameters parameters)
    {
        int reach = 0;
        foreach (int dilation in parameters.Dilations) reach = Math.Max(reach, MiniRocketKernels.Reach(dilation));
        _margin = RoundUp(reach);
        Length = _margin + RoundUp(parameters.InputLength) + _margin + WidestVector;
    }

    /// <summary>The number of elements, a multiple of the widest vector's.</summary>
    public int Length { get; }

    /// <summary>Writes a series.</summary>
    /// <param name="series">The series.</param>
    /// <param name="buffer"><see cref="Length"/> elements, aligned; overwritten.</param>
    /// <returns>The address of the series' first value.</returns>
    public float* Write(ReadOnlySpan<float> series, float* buffer)
    {
        float* x = buffer + _margin;
        new Span<float>(buffer, _margin).Clear();
        series.CopyTo(new Span<float>(x, series.Length));
        new Span<float>(x + series.Length, Length - _margin - series.Length).Clear();
        return x;
    }

    private static int RoundUp(int length) => (length + WidestVector - 1) & -WidestVector;
}
