using FastNets.Classification.Explanation;
using FastNets.Data;
using FastNets.Engine.Tests.Rocket;
using FastNets.Random;
using FastNets.Rocket;

namespace FastNets.Engine.Tests.Classification.Explanation;

/// <summary>Contributions by their definition: feature by feature, position by position, tap by tap.</summary>
internal sealed class ExplanationReference
{
    private ExplanationReference(int values, int dilations, int channels, int length)
    {
        Contributions = new double[values];
        ByDilation = new double[dilations];
        ByKernel = new double[MiniRocketParameters.KernelCount];
        ByChannel = new double[channels];
        ByDilationAndTime = new double[dilations * length];
    }

    public double[] Contributions { get; }

    public double[] ByDilation { get; }

    public double[] ByKernel { get; }

    public double[] ByChannel { get; }

    public double[] ByDilationAndTime { get; }

    public static ExplanationReference Of(MiniRocketParameters parameters, LinearDecision decision, float[] series)
    {
        int length = series.Length / parameters.Channels;
        var sums = new ExplanationReference(series.Length, parameters.Dilations.Length, parameters.Channels, length);
        int feature = 0;
        for (int d = 0; d < parameters.Dilations.Length; d++)
        {
            for (int kernel = 0; kernel < MiniRocketParameters.KernelCount; kernel++)
            {
                float[] outputs = RocketCases.Outputs(series, parameters.Channels, parameters.ChannelsOf(d, kernel), parameters.Dilations[d], kernel);
                int edge = parameters.AlwaysPads || (d + kernel) % 2 == 0 ? 0 : 4 * parameters.Dilations[d];
                for (int bias = 0; bias < parameters.FeaturesPerDilation[d]; bias++, feature++)
                {
                    for (int t = edge; t < length - edge; t++)
                    {
                        double share = decision.Weights[feature] / (length - (2 * edge));
                        double term = share * ((outputs[t] > parameters.Biases[feature] ? 1 : 0) - decision.References[feature]);
                        sums.Spread(term, d, kernel, parameters.ChannelsOf(d, kernel).ToArray(), [.. Enumerable.Range(-4, 9).Select(tap => t + (tap * parameters.Dilations[d])).Where(at => at >= 0 && at < length)]);
                    }
                }
            }
        }

        return sums;
    }

    /// <summary>Random weights and references; the references are no features' means, so that nothing cancels by chance.</summary>
    public static LinearDecision RandomDecision(int features, ulong seed = 5)
    {
        var random = new PhiloxStream(seed, 3);
        double[] weights = new double[features];
        double[] references = new double[features];
        for (int i = 0; i < features; i++)
        {
            weights[i] = random.NextNormal();
            references[i] = random.NextDouble();
        }

        return new LinearDecision(weights, references, random.NextNormal());
    }

    /// <summary>The decision as the head computes it, from the transform's own features.</summary>
    public static double Value(MiniRocketParameters parameters, LinearDecision decision, ReadOnlySpan<float> series)
    {
        float[] features = new float[parameters.FeatureCount];
        new MiniRocket(parameters).Transform(series, features);
        double value = decision.Intercept;
        for (int i = 0; i < features.Length; i++) value += decision.Weights[i] * features[i];
        return value;
    }

    /// <summary>A few transforms of every sort, each with a series.</summary>
    public static IEnumerable<(string Name, MiniRocketParameters Parameters, float[] Series)> Cases()
    {
        foreach ((string name, SeriesSet set) in new[]
        {
            ("univariate", RocketCases.RandomWalks(3, 75)),
            ("as short as a kernel", RocketCases.RandomWalks(3, 9)),
            ("three channels", RocketCases.Channels(3, 3, 50)),
            ("unequal lengths", RocketCases.Unequal([40, 61, 33])),
            ("shorter than most kernels", RocketCases.Unequal([90, 61, 5])),
            ("unequal lengths of several channels", RocketCases.Unequal([40, 61, 33], channels: 4)),
        })
        {
            yield return (name, MiniRocket.Fit(set, new MiniRocketOptions { Features = 84 * 12 }).Parameters, set.Series(2).ToArray());
        }
    }

    private void Spread(double term, int dilation, int kernel, int[] channels, int[] times)
    {
        int length = ByDilationAndTime.Length / ByDilation.Length;
        ByDilation[dilation] += term;
        ByKernel[kernel] += term;
        foreach (int channel in channels)
        {
            ByChannel[channel] += term / channels.Length;
            foreach (int time in times)
            {
                double part = term / (channels.Length * times.Length);
                Contributions[(channel * length) + time] += part;
                ByDilationAndTime[(dilation * length) + time] += part;
            }
        }
    }
}
