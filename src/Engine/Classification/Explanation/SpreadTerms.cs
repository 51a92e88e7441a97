using System.Numerics.Tensors;
using FastNets.Rocket;

namespace FastNets.Classification.Explanation;

/// <summary>Carries contributions from the positions of kernels to the values that the kernels read there.</summary>
/// <param name="channels">The number of channels.</param>
/// <param name="length">The number of time steps.</param>
/// <remarks>All kernels of a dilation read the same taps, so their positions are added up first and spread once.</remarks>
internal sealed class SpreadTerms(int channels, int length)
{
    private readonly double[] _positions = new double[channels * length];
    private readonly double[] _values = new double[channels * length];
    private readonly double[] _share = new double[length];

    /// <summary>Forgets what was added.</summary>
    public void Clear() => Array.Clear(_positions);

    /// <summary>Adds contributions of a kernel's positions, in equal parts to the channels that it adds up.</summary>
    /// <param name="contributions">The contributions of positions one after another.</param>
    /// <param name="first">The first position.</param>
    /// <param name="combination">The channels.</param>
    public void Add(ReadOnlySpan<double> contributions, int first, ReadOnlySpan<int> combination)
    {
        double share = 1.0 / combination.Length;
        foreach (int channel in combination)
        {
            Span<double> target = _positions.AsSpan((channel * length) + first, contributions.Length);
            TensorPrimitives.MultiplyAdd(contributions, share, target, target);
        }
    }

    /// <summary>Spreads what was added, in equal parts over the taps that lie within the series.</summary>
    /// <param name="dilation">The distance between two taps.</param>
    public void OverTaps(int dilation)
    {
        Array.Clear(_values);
        Array.Clear(_share);
        for (int tap = 0; tap < MiniRocketKernels.Length; tap++)
        {
            (int start, int count, _) = Within(tap, dilation);
            if (count > 0) TensorPrimitives.Add(_share.AsSpan(start, count), 1.0, _share.AsSpan(start, count));
        }

        // The middle tap always lies within the series, so nothing is divided by 0.
        TensorPrimitives.Divide(1.0, _share, _share);
        for (int channel = 0; channel < channels; channel++)
        {
            Span<double> positions = _positions.AsSpan(channel * length, length);
            Span<double> values = _values.AsSpan(channel * length, length);
            TensorPrimitives.Multiply(positions, _share, positions);
            for (int tap = 0; tap < MiniRocketKernels.Length; tap++)
            {
                (int start, int count, int offset) = Within(tap, dilation);
                if (count <= 0) continue;
                Span<double> target = values.Slice(start + offset, count);
                TensorPrimitives.Add(target, positions.Slice(start, count), target);
            }
        }
    }

    /// <summary>Adds what was spread to sums.</summary>
    /// <param name="byValue">A sum for each value, [channels, length].</param>
    /// <param name="byTime">A sum for each time step, [length].</param>
    public void AddTo(Span<double> byValue, Span<double> byTime)
    {
        TensorPrimitives.Add(byValue, _values, byValue);
        for (int channel = 0; channel < channels; channel++) TensorPrimitives.Add(byTime, _values.AsSpan(channel * length, length), byTime);
    }

    // The positions at which a tap lies within the series, and how far from them it lies.
    private (int Start, int Count, int Offset) Within(int tap, int dilation)
    {
        int offset = (tap - MiniRocketKernels.Centre) * dilation;
        return (Math.Max(0, -offset), length - Math.Abs(offset), offset);
    }
}
