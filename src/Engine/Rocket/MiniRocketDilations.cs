namespace FastNets.Rocket;

/// <summary>The dilations of a MiniRocket transform and how many features each gets.</summary>
internal static class MiniRocketDilations
{
    /// <summary>Chooses dilations between 1 and what fits the series, evenly spaced on a logarithmic scale.</summary>
    /// <param name="length">The number of time steps, at least 9.</param>
    /// <param name="featuresPerKernel">The number of features of each kernel, over all dilations.</param>
    /// <param name="maxDilations">The largest number of dilations.</param>
    /// <returns>The dilations in ascending order, and the number of features that each kernel has with each.</returns>
    /// <remarks>Source: Dempster, Schmidt and Webb, "MiniRocket", KDD 2021, section 4.1.2; rounding as in the published tables.</remarks>
    public static (int[] Dilations, int[] FeaturesPerDilation) Choose(int length, int featuresPerKernel, int maxDilations)
    {
        int asked = Math.Min(featuresPerKernel, maxDilations);
        double maxExponent = Math.Log2((length - 1) / (double)(MiniRocketKernels.Length - 1));
        double step = asked > 1 ? maxExponent / (asked - 1) : 0.0;

        var dilations = new List<int>();
        var repeats = new List<int>();
        for (int i = 0; i < asked; i++)
        {
            double exponent = i > 0 && i == asked - 1 ? maxExponent : i * step;
            int dilation = (int)Math.Pow(2.0, exponent);
            if (dilations.Count > 0 && dilations[^1] == dilation)
            {
                repeats[^1]++;
            }
            else
            {
                dilations.Add(dilation);
                repeats.Add(1);
            }
        }

        // A dilation that the scale names several times gets as many shares; what truncation leaves over goes round from the first.
        double share = featuresPerKernel / (double)asked;
        int[] features = [.. repeats.Select(times => (int)(times * share))];
        int left = featuresPerKernel - features.Sum();
        for (int i = 0; left > 0; i = (i + 1) % features.Length, left--) features[i]++;
        return ([.. dilations], features);
    }
}
