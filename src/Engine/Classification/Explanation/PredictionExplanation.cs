namespace FastNets.Classification.Explanation;

/// <summary>What each time step, channel, dilation and kernel contributes to the decision for a class on one series.</summary>
/// <remarks>
/// <para>The decision of a linear head on MiniRocket's features is <c>baseline + sum over features f of w_f (x_f - r_f)</c>, where <c>w_f</c> is the weight of
/// the feature as it is, <c>x_f</c> its value and <c>r_f</c> a reference: its mean in training where the model holds it (a network's scaler), else the share
/// of outputs that the feature's bias was chosen to be exceeded by. A feature is the share of positions at which a kernel's output exceeds a bias, so each of its <c>P</c> positions
/// contributes <c>w_f / P (1 or 0 - r_f)</c>. A position's contribution goes in equal parts to the channels that the kernel adds up and to those of its
/// nine taps that lie within the series.</para>
/// <para>Each of <see cref="Contributions"/>, <see cref="ByChannel"/>, <see cref="ByDilation"/>, <see cref="ByDilationAndTime"/> and <see cref="ByKernel"/> adds up to <see cref="Decision"/> less
/// <see cref="Baseline"/>, up to the rounding of double precision. Above 0 speaks for the class, below 0 against it. Immutable and thread-safe.</para>
/// </remarks>
public sealed class PredictionExplanation
{
    private readonly double[] _contributions;
    private readonly double[] _byChannel;
    private readonly double[] _byDilation;
    private readonly double[] _byDilationAndTime;
    private readonly double[] _byKernel;
    private readonly int[] _dilations;

    // The arrays are taken over, not copied.
    internal PredictionExplanation(
        int classIndex, double decision, double baseline, double[] contributions, double[] byChannel, double[] byDilation, double[] byDilationAndTime, double[] byKernel, int[] dilations)
    {
        ClassIndex = classIndex;
        Decision = decision;
        Baseline = baseline;
        _contributions = contributions;
        _byChannel = byChannel;
        _byDilation = byDilation;
        _byDilationAndTime = byDilationAndTime;
        _byKernel = byKernel;
        _dilations = dilations;
    }

    /// <summary>The class whose decision is explained, as an index.</summary>
    public int ClassIndex { get; }

    /// <summary>
    /// The head's decision for the class on this series, computed in double precision: a ridge classifier's score (of two classes d for the second and -d for
    /// the first), a softmax's logit less the mean of the logits of all classes, because what all classes have in common decides nothing.
    /// </summary>
    public double Decision { get; }

    /// <summary>The decision where every feature is at its reference.</summary>
    public double Baseline { get; }

    /// <summary>The number of channels.</summary>
    public int Channels => _byChannel.Length;

    /// <summary>The number of time steps.</summary>
    public int Length => _contributions.Length / _byChannel.Length;

    /// <summary>The transform's dilations, in the order of <see cref="ByDilation"/>.</summary>
    public ReadOnlySpan<int> Dilations => _dilations;

    /// <summary>What each value of the series contributes, shape [<see cref="Channels"/>, <see cref="Length"/>].</summary>
    public ReadOnlySpan<double> Contributions => _contributions;

    /// <summary>What each channel contributes, shape [<see cref="Channels"/>].</summary>
    public ReadOnlySpan<double> ByChannel => _byChannel;

    /// <summary>What the features of each dilation contribute, shape [dilations].</summary>
    public ReadOnlySpan<double> ByDilation => _byDilation;

    /// <summary>What the features of each dilation contribute at each time step, all channels together, shape [dilations, <see cref="Length"/>].</summary>
    public ReadOnlySpan<double> ByDilationAndTime => _byDilationAndTime;

    /// <summary>What the features of each kernel contribute, shape [84]; <see cref="Rocket.MiniRocketParameters.TapsOf"/> tells a kernel's taps.</summary>
    public ReadOnlySpan<double> ByKernel => _byKernel;

    /// <summary>What one channel contributes at each time step, shape [<see cref="Length"/>].</summary>
    /// <param name="channel">The channel's index.</param>
    public ReadOnlySpan<double> OfChannel(int channel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(channel);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(channel, Channels);
        return _contributions.AsSpan(channel * Length, Length);
    }

    /// <summary>The time steps one after another, of a given number, whose sum is farthest from 0: the first of equals.</summary>
    /// <param name="steps">How many time steps, from 1 to <see cref="Length"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is out of range.</exception>
    public TimeStretch StrongestStretch(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, Length);
        double[] sums = new double[Length + 1];
        for (int t = 0; t < Length; t++)
        {
            double step = 0;
            for (int channel = 0; channel < Channels; channel++) step += _contributions[(channel * Length) + t];
            sums[t + 1] = sums[t] + step;
        }

        var best = new TimeStretch(0, steps, sums[steps]);
        for (int start = 1; start + steps <= Length; start++)
        {
            double sum = sums[start + steps] - sums[start];
            if (Math.Abs(sum) > Math.Abs(best.Contribution)) best = new TimeStretch(start, steps, sum);
        }

        return best;
    }
}
