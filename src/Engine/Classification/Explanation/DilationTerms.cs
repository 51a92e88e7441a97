using System.Numerics;
using System.Runtime.InteropServices;
using FastNets.Kernels;
using FastNets.Rocket;

namespace FastNets.Classification.Explanation;

/// <summary>What the features of a dilation contribute to a decision, position by position.</summary>
/// <param name="parameters">The transform's parameters.</param>
/// <param name="decision">The decision.</param>
/// <param name="values">The address of the series, [channels, length].</param>
/// <param name="valueCount">The number of values.</param>
internal readonly unsafe struct DilationTerms(MiniRocketParameters parameters, LinearDecision decision, float* values, int valueCount)
{
    /// <summary>Computes the contributions of a dilation's features.</summary>
    /// <param name="dilationIndex">The dilation.</param>
    /// <param name="spread">Takes the positions' contributions; what it held before is lost.</param>
    /// <param name="byKernel">What each kernel's features contribute, [84]; overwritten.</param>
    /// <returns>The features times their weights.</returns>
    public double Compute(int dilationIndex, SpreadTerms spread, Span<double> byKernel)
    {
        int length = valueCount / parameters.Channels;
        int dilation = PaddedSeries.Effective(parameters.Dilations[dilationIndex], length);
        long padded = PaddedSeries.ScratchLength(parameters.Channels, length, dilation);
        float* memory = MiniRocketScratch.Take(padded + length + PaddedSeries.WidestRegister);
        PaddedSeries series = PaddedSeries.Write(new ReadOnlySpan<float>(values, valueCount), parameters.Channels, dilation, memory);
        double[] positions = new double[length];
        double features = 0;
        spread.Clear();
        for (int kernel = 0; kernel < MiniRocketKernels.Count; kernel++)
        {
            int count = parameters.PositionsOf(dilationIndex, kernel, length);
            int edge = (length - count) / 2;
            ReadOnlySpan<int> channels = parameters.ChannelsOf(dilationIndex, kernel);
            RocketConvolution.Write(series, channels, dilation, kernel, memory + padded, CpuIsa.Active);
            var outputs = new Span<float>(memory + padded + edge, count);
            Span<double> own = positions.AsSpan(0, count);
            (double value, byKernel[kernel]) = Add(outputs, dilationIndex, kernel, own);
            features += value;
            spread.Add(own, edge, channels);
        }

        spread.OverTaps(dilation);
        return features;
    }

    // The positions' contributions of one kernel's features, and their sum once with and once without the references.
    private (double Value, double Contribution) Add(ReadOnlySpan<float> outputs, int dilationIndex, int kernel, Span<double> positions)
    {
        int features = parameters.FeaturesPerDilation[dilationIndex];
        int first = parameters.FirstFeatureOf(dilationIndex) + (kernel * features);
        double reference = 0;
        for (int f = first; f < first + features; f++) reference += decision.Weights[f] * decision.References[f];
        positions.Fill(-reference / outputs.Length);
        double value = 0;
        for (int f = first; f < first + features; f++)
        {
            double weight = decision.Weights[f] / outputs.Length;
            value += weight * AddAbove(outputs, parameters.Biases[f], weight, positions);
        }

        return (value, value - reference);
    }

    // Adds a weight at each position whose output exceeds a bias; returns how many there are.
    private static int AddAbove(ReadOnlySpan<float> outputs, float bias, double weight, Span<double> positions)
    {
        var biases = new Vector<float>(bias);
        var weights = new Vector<double>(weight);
        Vector<int> counts = default;
        int t = 0;
        for (; t <= outputs.Length - Vector<float>.Count; t += Vector<float>.Count)
        {
            Vector<int> above = Vector.GreaterThan(new Vector<float>(outputs[t..]), biases);
            counts -= above;
            Vector.Widen(above, out Vector<long> low, out Vector<long> high);
            Span<Vector<double>> target = MemoryMarshal.Cast<double, Vector<double>>(positions.Slice(t, Vector<float>.Count));
            target[0] += Vector.AsVectorDouble(low & Vector.AsVectorInt64(weights));
            target[1] += Vector.AsVectorDouble(high & Vector.AsVectorInt64(weights));
        }

        int count = Vector.Sum(counts);
        for (; t < outputs.Length; t++)
        {
            if (!(outputs[t] > bias)) continue;
            positions[t] += weight;
            count++;
        }

        return count;
    }
}
