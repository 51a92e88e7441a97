using FastNets.Classification.Explanation;
using FastNets.Data;
using FastNets.Memory;
using FastNets.Random;
using FastNets.Rocket;
using FastNets.Rocket.Heads;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Classification.Explanation;

/// <summary>Explanations point at what tells the classes apart.</summary>
public sealed class ExplanationMeaningTests
{
    private const int Train = 60;
    private const int Length = 128;
    private const int Start = 56;
    private const int Steps = 16;

    [Test]
    public void The_channel_that_tells_the_classes_apart_contributes_most()
    {
        double[] byChannel = new double[4];
        foreach (PredictionExplanation explanation in Explanations(channels: 4, channel: 2, 0, Length))
        {
            for (int c = 0; c < byChannel.Length; c++) byChannel[c] += explanation.ByChannel[c];
        }

        for (int c = 0; c < byChannel.Length; c++)
        {
            if (c != 2) byChannel[2].ShouldBeGreaterThan(2 * Math.Abs(byChannel[c]), $"channel {c}");
        }
    }

    [Test]
    public void The_stretch_that_tells_the_classes_apart_contributes_most()
    {
        double[] byTime = new double[Length];
        foreach (PredictionExplanation explanation in Explanations(channels: 1, channel: 0, Start, Steps))
        {
            for (int t = 0; t < Length; t++) byTime[t] += explanation.Contributions[t];
        }

        // A step's mean contribution within the stretch against that outside of it.
        double within = byTime.AsSpan(Start, Steps).ToArray().Average();
        double outside = (byTime.Sum() - (Steps * within)) / (Length - Steps);
        within.ShouldBeGreaterThan(3 * Math.Abs(outside));
        Array.IndexOf(byTime, byTime.Max()).ShouldBeInRange(Start, Start + Steps - 1);
    }

    // Noise of two classes; the second one has a zigzag somewhere. Explained are decisions for the second class on unseen series of it.
    private static List<PredictionExplanation> Explanations(int channels, int channel, int start, int steps)
    {
        SeriesSet train = Made(Train, channels, channel, start, steps, seed: 1);
        SeriesSet test = Made(20, channels, channel, start, steps, seed: 2);
        MiniRocket rocket = MiniRocket.Fit(train, new MiniRocketOptions { Features = 84 * 24 });
        using FeatureMatrix features = rocket.Transform(train);
        RidgeClassifier ridge = RidgeClassifierCV.Fit(features, train.Labels, 2);
        double[] weights = new double[ridge.Features];
        for (int i = 0; i < weights.Length; i++) weights[i] = (double)ridge.Coefficients[i] / ridge.Scale[i];
        var decision = new LinearDecision(weights, LinearDecision.ExpectedFeatures(weights.Length), ridge.Intercepts[0]);
        var explanations = new List<PredictionExplanation>();
        for (int i = 1; i < test.Count; i += 2) explanations.Add(LinearExplainer.Explain(rocket.Parameters, decision, test.Series(i), 1));
        explanations.ShouldAllBe(e => e.Decision > 0);
        return explanations;
    }

    private static SeriesSet Made(int count, int channels, int channel, int start, int steps, ulong seed)
    {
        var random = new PhiloxStream(seed, 9);
        float[] values = new float[count * channels * Length];
        for (int i = 0; i < values.Length; i++) values[i] = (float)random.NextNormal();
        for (int i = 1; i < count; i += 2)
        {
            for (int t = start; t < start + steps; t++) values[(((i * channels) + channel) * Length) + t] += t % 2 == 0 ? 3 : -3;
        }

        return new SeriesSet("made", channels, [.. Enumerable.Repeat(Length, count)], values, [.. Enumerable.Range(0, count).Select(i => i % 2)], ["noise", "zigzag"]);
    }
}
