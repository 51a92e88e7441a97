using FastNets.Rocket;
using FastNets.Threading;

namespace FastNets.Classification.Explanation;

/// <summary>Takes a linear decision on MiniRocket's features apart.</summary>
internal static unsafe class LinearExplainer
{
    // So many dilations at a time, whatever the number of threads: each holds two copies of the series in double precision until it is added up.
    private const int DilationsAtATime = 8;

    /// <summary>Explains the decision on a series, on all threads of the pool.</summary>
    /// <param name="parameters">The transform's parameters.</param>
    /// <param name="decision">The decision; as many weights as there are features.</param>
    /// <param name="series">The series as the transform reads it, [channels, length], of a length that it takes; all values finite.</param>
    /// <param name="classIndex">The class that the decision is for.</param>
    /// <remarks>The same bits with any number of threads: dilations are added up in their order.</remarks>
    public static PredictionExplanation Explain(MiniRocketParameters parameters, LinearDecision decision, ReadOnlySpan<float> series, int classIndex)
    {
        if (decision.Weights.Length != parameters.FeatureCount)
            throw new ArgumentException($"The decision has {decision.Weights.Length} weights, but there are {parameters.FeatureCount} features.", nameof(decision));
        int dilations = parameters.Dilations.Length;
        int length = series.Length / parameters.Channels;
        double[] contributions = new double[series.Length];
        double[] byDilationAndTime = new double[checked(dilations * length)];
        double[] byCombination = new double[dilations * MiniRocketKernels.Count];
        double[] features = new double[dilations];
        var spread = new SpreadTerms[Math.Min(DilationsAtATime, dilations)];
        for (int i = 0; i < spread.Length; i++) spread[i] = new SpreadTerms(parameters.Channels, length);
        fixed (float* values = series)
        {
            for (int first = 0; first < dilations; first += spread.Length)
            {
                int count = Math.Min(spread.Length, dilations - first);
                WorkerPool.Run(count, new Body(new DilationTerms(parameters, decision, values, series.Length), first, spread, byCombination, features));
                for (int i = 0; i < count; i++) spread[i].AddTo(contributions, byDilationAndTime.AsSpan((first + i) * length, length));
            }
        }

        double[] byDilation = new double[dilations];
        double[] byKernel = new double[MiniRocketKernels.Count];
        double value = decision.Intercept;
        for (int d = 0; d < dilations; d++)
        {
            value += features[d];
            for (int kernel = 0; kernel < byKernel.Length; kernel++)
            {
                byDilation[d] += byCombination[(d * byKernel.Length) + kernel];
                byKernel[kernel] += byCombination[(d * byKernel.Length) + kernel];
            }
        }

        return new PredictionExplanation(
            classIndex, value, Baseline(decision), contributions, SumByChannel(contributions, parameters.Channels), byDilation, byDilationAndTime, byKernel, parameters.Dilations.ToArray());
    }

    private static double Baseline(LinearDecision decision)
    {
        double baseline = decision.Intercept;
        for (int i = 0; i < decision.Weights.Length; i++) baseline += decision.Weights[i] * decision.References[i];
        return baseline;
    }

    private static double[] SumByChannel(double[] contributions, int channels)
    {
        double[] sums = new double[channels];
        int length = contributions.Length / channels;
        for (int i = 0; i < contributions.Length; i++) sums[i / length] += contributions[i];
        return sums;
    }

    // One item is one dilation.
    private readonly struct Body(DilationTerms terms, int first, SpreadTerms[] spread, double[] byCombination, double[] features) : IParallelBody
    {
        public void Invoke(int item)
        {
            int dilation = first + item;
            features[dilation] = terms.Compute(dilation, spread[item], byCombination.AsSpan(dilation * MiniRocketKernels.Count, MiniRocketKernels.Count));
        }
    }
}
