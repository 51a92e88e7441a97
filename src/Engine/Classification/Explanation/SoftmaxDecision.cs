using FastNets.Data;

namespace FastNets.Classification.Explanation;

/// <summary>The decision of a dense layer with softmax.</summary>
internal static class SoftmaxDecision
{
    /// <summary>A class's logit less the mean of all classes' logits.</summary>
    /// <param name="network">A network that is one dense layer with softmax.</param>
    /// <param name="classIndex">The class.</param>
    /// <param name="scaler">What the rows were scaled by; null for nothing.</param>
    /// <remarks>A softmax sees differences of logits only. What all logits have in common, of which initial weights leave much, would hide what tells classes apart.</remarks>
    public static LinearDecision Of(Network network, int classIndex, StandardScaler? scaler)
    {
        ReadOnlySpan<float> kernel = network.Parameters.First(p => p.Name == "Output.kernel").ReadOnlyValues;
        ReadOnlySpan<float> bias = network.Parameters.First(p => p.Name == "Output.bias").ReadOnlyValues;
        double[] weights = new double[kernel.Length / bias.Length];
        double[] references = scaler is null ? LinearDecision.ExpectedFeatures(weights.Length) : scaler.Means.ToArray();
        double intercept = Centred(bias, classIndex);
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = Centred(kernel.Slice(i * bias.Length, bias.Length), classIndex);
            if (scaler is null) continue;
            weights[i] /= scaler.Scales[i];
            intercept -= weights[i] * scaler.Means[i];
        }

        return new LinearDecision(weights, references, intercept);
    }

    private static double Centred(ReadOnlySpan<float> values, int index)
    {
        double sum = 0;
        foreach (float value in values) sum += value;
        return values[index] - (sum / values.Length);
    }
}
