using NUnit.Framework;

namespace FastNets.Engine.Tests.Kernels;

/// <summary>A span with sentinels on both sides, which a kernel must leave alone.</summary>
internal sealed class GuardedFloats
{
    private const int Margin = 80;
    private const float Sentinel = -7.25e30f;
    private readonly float[] _all;

    public GuardedFloats(int length, float fill = float.NaN)
    {
        _all = new float[length + (2 * Margin)];
        _all.AsSpan().Fill(Sentinel);
        Length = length;
        Span.Fill(fill);
    }

    public GuardedFloats(ReadOnlySpan<float> values)
        : this(values.Length) => values.CopyTo(Span);

    public int Length { get; }

    public Span<float> Span => _all.AsSpan(Margin, Length);

    public float[] ToArray() => Span.ToArray();

    public void Check(string what)
    {
        if (_all.AsSpan(0, Margin).ContainsAnyExcept(Sentinel)) Assert.Fail($"{what}: something was written before the first element.");
        if (_all.AsSpan(Margin + Length).ContainsAnyExcept(Sentinel)) Assert.Fail($"{what}: something was written after the last element.");
    }
}
