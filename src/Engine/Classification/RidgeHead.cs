using System.Globalization;
using FastNets.Classification.Explanation;
using FastNets.Data;
using FastNets.Memory;
using FastNets.Rocket.Heads;
using FastNets.Serialization;

namespace FastNets.Classification;

/// <summary>A ridge classifier as a head; of two classes it gives -d and d.</summary>
internal sealed class RidgeHead(RidgeClassifier ridge) : ClassifierHead
{
    private const string AlphaKey = "ridge_alpha";
    private const string ScaleName = "ridge.scale";
    private const string CoefficientsName = "ridge.coefficients";
    private const string InterceptsName = "ridge.intercepts";

    /// <inheritdoc/>
    public override bool IsProbability => false;

    /// <inheritdoc/>
    public override int TensorCount => 3;

    /// <inheritdoc/>
    public override bool IsLinear => true;

    /// <inheritdoc/>
    public override double Score(FeatureMatrix rows, ReadOnlySpan<int> labels, Span<float> scores)
    {
        if (ridge.Outputs == ridge.Classes)
        {
            ridge.Decision(rows, scores);
            return double.NaN;
        }

        Span<float> decisions = scores[..rows.Rows];
        ridge.Decision(rows, decisions);
        // From the end, so that no decision is overwritten before it was read.
        for (int i = rows.Rows - 1; i >= 0; i--)
        {
            float decision = decisions[i];
            scores[2 * i] = -decision;
            scores[(2 * i) + 1] = decision;
        }

        return double.NaN;
    }

    /// <inheritdoc/>
    public override LinearDecision Decision(int classIndex, StandardScaler? scaler)
    {
        int output = ridge.Outputs == ridge.Classes ? classIndex : 0;
        double sign = ridge.Outputs != ridge.Classes && classIndex == 0 ? -1 : 1;
        ReadOnlySpan<float> coefficients = ridge.Coefficients.Slice(output * ridge.Features, ridge.Features);
        double[] weights = new double[ridge.Features];
        for (int i = 0; i < weights.Length; i++) weights[i] = sign * coefficients[i] / ridge.Scale[i];
        return new LinearDecision(weights, LinearDecision.ExpectedFeatures(weights.Length), sign * ridge.Intercepts[output]);
    }

    /// <inheritdoc/>
    public override void AddTo(SafetensorsWriter writer)
    {
        writer.AddMetadata(AlphaKey, ridge.Alpha.ToString("R", CultureInfo.InvariantCulture));
        writer.Add(ScaleName, ridge.Scale);
        writer.Add(CoefficientsName, ridge.Coefficients, ridge.Outputs, ridge.Features);
        writer.Add(InterceptsName, ridge.Intercepts);
    }

    /// <summary>Reads what <see cref="AddTo"/> wrote.</summary>
    /// <param name="metadata">The file.</param>
    /// <param name="features">The number of features.</param>
    /// <param name="classes">The number of classes.</param>
    /// <exception cref="DataFormatException">It does not fit.</exception>
    public static RidgeHead Load(ModelMetadata metadata, int features, int classes)
    {
        SafetensorsFile file = metadata.File;
        int outputs = classes == 2 ? 1 : classes;
        double alpha = metadata.Number(AlphaKey, 0, double.MaxValue);
        ReadOnlySpan<float> scale = file.Float32(ScaleName, features);
        ReadOnlySpan<float> coefficients = file.Float32(CoefficientsName, outputs, features);
        ReadOnlySpan<float> intercepts = file.Float32(InterceptsName, outputs);
        try
        {
            return new RidgeHead(new RidgeClassifier(classes, scale, coefficients, intercepts, alpha));
        }
        catch (Exception e) when (e is ArgumentException or DataFormatException)
        {
            throw new DataFormatException($"{file.Name}: the ridge classifier in it cannot be used. {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
    }
}
