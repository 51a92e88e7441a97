using FastNets.Classification;
using FastNets.Data;
using NUnit.Framework;
using Shouldly;
using static FastNets.Engine.Tests.Classification.ClassifierCases;

namespace FastNets.Engine.Tests.Classification;

public sealed class ClassifierStreamTests
{
    [TestCase(ClassifierKind.Ridge, SeriesPreprocessing.None)]
    [TestCase(ClassifierKind.Ridge, SeriesPreprocessing.Standardize)]
    [TestCase(ClassifierKind.Head, SeriesPreprocessing.None)]
    [TestCase(ClassifierKind.Mlp, SeriesPreprocessing.None)]
    public void The_latest_window_is_classified_as_it_is_by_itself(ClassifierKind kind, SeriesPreprocessing preprocessing)
    {
        using TimeSeriesClassifier classifier = TimeSeriesClassifier.Train(Shapes(12), null, Quick(kind) with { Preprocessing = preprocessing }).Classifier;
        using ClassifierStream stream = classifier.OpenStream();
        ReadOnlySpan<float> samples = SyntheticData.CylinderBellFunnel(2, 200, seed: 3).Series(4);
        float[] scores = new float[3], expected = new float[3];
        stream.WindowLength.ShouldBe(Length);
        for (int t = 0; t < samples.Length; t++)
        {
            stream.IsFull.ShouldBe(t >= Length);
            stream.Push(samples.Slice(t, 1));
            if (!stream.IsFull) continue;
            int predicted = stream.Predict(scores);
            predicted.ShouldBe(classifier.Predict(samples.Slice(t + 1 - Length, Length), expected), $"after {t + 1} samples");
            for (int i = 0; i < 3; i++) scores[i].ShouldBe(expected[i], 1e-5f + (1e-5f * Math.Abs(expected[i])));
        }
    }

    [TestCase(SeriesPreprocessing.None)]
    [TestCase(SeriesPreprocessing.Standardize)]
    public void Several_channels_are_classified_as_they_are_by_themselves(SeriesPreprocessing preprocessing)
    {
        SeriesSet train = Plain(12, 40, 2, channels: 3);
        using TimeSeriesClassifier classifier = TimeSeriesClassifier.Train(train, null, Quick(ClassifierKind.Ridge) with { Preprocessing = preprocessing }).Classifier;
        using ClassifierStream stream = classifier.OpenStream();
        SeriesSet samples = Plain(1, 100, 1, channels: 3);
        float[] scores = new float[2], expected = new float[2], window = new float[3 * 40];
        for (int t = 0; t < 100; t++)
        {
            stream.Push([samples.Channel(0, 0)[t], samples.Channel(0, 1)[t], samples.Channel(0, 2)[t]]);
            if (!stream.IsFull) continue;
            for (int channel = 0; channel < 3; channel++) samples.Channel(0, channel).Slice(t - 39, 40).CopyTo(window.AsSpan(channel * 40));
            stream.Predict(scores).ShouldBe(classifier.Predict(window, expected), $"after {t + 1} samples");
            for (int i = 0; i < 2; i++) scores[i].ShouldBe(expected[i], 1e-5f + (1e-5f * Math.Abs(expected[i])));
        }
    }

    [Test]
    public void Samples_and_scores_of_the_wrong_size_are_refused()
    {
        using TimeSeriesClassifier classifier = Trained(ClassifierKind.Mlp);
        using ClassifierStream stream = classifier.OpenStream();
        Should.Throw<ArgumentException>(() => stream.Push([1, 2])).Message.ShouldContain("2 values");
        Should.Throw<DataFormatException>(() => stream.Push([float.NaN])).Message.ShouldContain("Sample 0");
        Should.Throw<InvalidOperationException>(() => stream.Predict(new float[3])).Message.ShouldContain("0 samples were taken so far");
        for (int i = 0; i < Length; i++) stream.Push([i]);
        Should.Throw<ArgumentException>(() => stream.Predict(new float[2])).Message.ShouldContain("3 classes, but room for 2 scores");
    }

    [Test]
    public void A_disposed_classifier_opens_no_stream()
    {
        TimeSeriesClassifier classifier = Trained(ClassifierKind.Ridge);
        classifier.Dispose();
        Should.Throw<ObjectDisposedException>(classifier.OpenStream);
    }
}
