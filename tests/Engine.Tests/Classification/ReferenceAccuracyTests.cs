using FastNets.Classification;
using FastNets.Data;
using FastNets.Tests.Shared;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Classification;

public sealed class ReferenceAccuracyTests
{
    // Measured: 0.9440 to 0.9458 over these seeds.
    [Test]
    [Category("Slow")]
    public void ECG5000_is_classified_by_ridge_whatever_the_seed([Values(0, 1, 2, 3, 4)] int seed)
        => Accuracy("ECG5000", "txt", ClassifierKind.Ridge, (ulong)seed).ShouldBeGreaterThanOrEqualTo(0.943);

    [Test]
    [Category("Slow")]
    public void ECG5000_is_classified_by_the_head([Values(0, 1)] int seed)
        => Accuracy("ECG5000", "txt", ClassifierKind.Head, (ulong)seed).ShouldBeGreaterThanOrEqualTo(0.93);

    [Test]
    public void GunPoint_is_classified_by_ridge() => Accuracy("GunPoint", "ts", ClassifierKind.Ridge, 0).ShouldBeGreaterThanOrEqualTo(0.98);

    [Test]
    public void ItalyPowerDemand_is_classified_by_softmax() => Accuracy("ItalyPowerDemand", "ts", ClassifierKind.Softmax, 0).ShouldBeGreaterThanOrEqualTo(0.93);

    // Six channels of one length.
    [Test]
    public void BasicMotions_is_classified_by_ridge() => Accuracy("BasicMotions", "ts", ClassifierKind.Ridge, 0).ShouldBeGreaterThanOrEqualTo(0.95);

    // Twelve channels of 7 to 29 time steps.
    [Test]
    public void JapaneseVowels_is_classified([Values(ClassifierKind.Ridge, ClassifierKind.Softmax)] ClassifierKind kind)
        => Accuracy("JapaneseVowels", "ts", kind, 0).ShouldBeGreaterThanOrEqualTo(0.95);

    private static double Accuracy(string name, string extension, ClassifierKind kind, ulong seed)
    {
        SeriesSet train = SeriesFile.Read(SharedData.Path("data", name, $"{name}_TRAIN.{extension}"));
        SeriesSet test = SeriesFile.Read(SharedData.Path("data", name, $"{name}_TEST.{extension}"));
        using TimeSeriesClassifier classifier = TimeSeriesClassifier.Train(train, null, new ClassifierOptions { Kind = kind, Seed = seed }).Classifier;
        return classifier.Evaluate(test).Accuracy;
    }
}
