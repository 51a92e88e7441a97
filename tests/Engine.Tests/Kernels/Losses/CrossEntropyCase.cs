using FastNets.Kernels;
using FastNets.Kernels.Losses;
using FastNets.Tests.Shared.Reference;

namespace FastNets.Engine.Tests.Kernels.Losses;

/// <summary>Twelve rows, four samples of three steps each or twelve of one, with one combination of settings.</summary>
internal sealed class CrossEntropyCase
{
    public const int Rows = 12;
    private const int MissingRow = 4, OtherMissingRow = 9;

    public CrossEntropyCase(int classes, bool indices, bool weighted, float smoothing, float gamma, bool sum, bool missing, bool lengths)
    {
        Classes = classes;
        Steps = lengths ? 3 : 1;
        Settings = new CrossEntropySettings(smoothing, gamma, sum, missing);
        Logits = Forms.Normal(Rows * classes, 1, 3f);
        Lengths = lengths ? [3, 2, 0, 1] : [];
        Weights = weighted ? Array.ConvertAll(Forms.Normal(classes, 2), v => 0.2f + Math.Abs(v)) : [];
        Labels = [.. Enumerable.Range(0, Rows).Select(row => row * 7 % classes)];
        Targets = Array.ConvertAll(Forms.Normal(Rows * classes, 3), Math.Abs);
        for (int row = 0; row < Rows; row++)
        {
            Span<float> t = Targets.AsSpan(row * classes, classes);
            float total = 0;
            foreach (float v in t) total += v;
            foreach (ref float v in t) v /= total;
            // What lies beyond a length is not looked at.
            if (!lengths || row % 3 < Lengths[row / 3]) continue;
            Labels[row] = classes + 99;
            t.Fill(float.PositiveInfinity);
        }

        if (missing)
        {
            Labels[MissingRow] = Labels[OtherMissingRow] = -1;
            Targets[(MissingRow * classes) + (classes / 2)] = Targets[(OtherMissingRow * classes) + classes - 1] = float.NaN;
        }

        HasIndices = indices;
        Reference = new ReferenceCrossEntropy
        {
            Classes = classes,
            Labels = indices ? Labels : null,
            Targets = indices ? null : Forms.ToDouble(Targets),
            ClassWeights = weighted ? Forms.ToDouble(Weights) : null,
            Lengths = lengths ? Lengths : null,
            Steps = Steps,
            Smoothing = smoothing,
            Gamma = gamma,
            Sum = sum,
        };
        Name = $"{classes} classes, indices {indices}, weights {weighted}, missing {missing}, lengths {lengths}, {Settings}";
    }

    public int Classes { get; }

    public int Steps { get; }

    public bool HasIndices { get; }

    public float[] Logits { get; }

    public float[] Weights { get; }

    public int[] Lengths { get; }

    public int[] Labels { get; }

    public float[] Targets { get; }

    public CrossEntropySettings Settings { get; }

    public ReferenceCrossEntropy Reference { get; }

    public string Name { get; }

    public static IEnumerable<CrossEntropyCase> Combinations(int classes, bool indices, float gamma)
    {
        bool[] both = [false, true];
        return from weighted in both
               from smoothing in (float[])[0f, 0.1f]
               from sum in both
               from missing in both
               from lengths in both
               select new CrossEntropyCase(classes, indices, weighted, smoothing, gamma, sum, missing, lengths);
    }

    public void Run(ReadOnlySpan<float> logits, Span<float> losses, Span<float> total, Span<float> dLogits, Span<float> probabilities, Isa isa)
    {
        if (HasIndices) CrossEntropyKernels.Run(logits, Labels, Weights, Lengths, losses, total, dLogits, probabilities, Rows, Steps, Classes, Settings, isa);
        else CrossEntropyKernels.Run(logits, Targets, Weights, Lengths, losses, total, dLogits, probabilities, Rows, Steps, Classes, Settings, isa);
    }
}
