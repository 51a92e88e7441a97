using FastNets.Classification;
using FastNets.Classification.Explanation;
using FastNets.Data;
using NUnit.Framework;
using Shouldly;
using static FastNets.Engine.Tests.Classification.ClassifierCases;

namespace FastNets.Engine.Tests.Classification.Explanation;

public sealed class ClassifierExplanationTests
{
    // The head computes in single precision; decisions are of size one.
    private const double SinglePrecision = 2e-5;

    private static IEnumerable<ClassifierKind> OtherKinds => Kinds.Except([ClassifierKind.Ridge, ClassifierKind.Softmax]);

    [Test]
    public void A_ridge_classifier_of_many_classes()
    {
        using TimeSeriesClassifier classifier = Load(Bytes(ClassifierKind.Ridge));
        SeriesSet test = Shapes(3, seed: 2);
        Predictions predictions = classifier.Predict(test);
        for (int i = 0; i < test.Count; i++)
        {
            for (int c = 0; c < 3; c++) ShouldBeComplete(classifier.Explain(test, i, c), predictions.ScoresOf(i)[c], c);
        }
    }

    [Test]
    public void A_ridge_classifier_of_two_classes()
    {
        SeriesSet all = Shapes(12);
        SeriesSet two = all.Subset([.. Enumerable.Range(0, all.Count).Where(i => all.Labels[i] < 2)]);
        two = new SeriesSet("two", 1, [.. Enumerable.Repeat(Length, two.Count)], two.Values.ToArray(), two.Labels.ToArray(), ["a", "b"]);
        using TimeSeriesClassifier classifier = TimeSeriesClassifier.Train(two, null, Quick(ClassifierKind.Ridge)).Classifier;
        Predictions predictions = classifier.Predict(two);
        for (int i = 0; i < two.Count; i += 5)
        {
            PredictionExplanation first = classifier.Explain(two.Series(i), 0);
            PredictionExplanation second = classifier.Explain(two.Series(i), 1);
            ShouldBeComplete(first, predictions.ScoresOf(i)[0], 0);
            ShouldBeComplete(second, predictions.ScoresOf(i)[1], 1);
            second.Contributions.ToArray().ShouldBe([.. first.Contributions.ToArray().Select(v => -v)]);
        }
    }

    [Test]
    public void A_softmax_explains_the_logit_less_the_mean_of_all()
    {
        using TimeSeriesClassifier classifier = Load(Bytes(ClassifierKind.Softmax));
        SeriesSet test = Shapes(3, seed: 2);
        Predictions predictions = classifier.Predict(test);
        for (int i = 0; i < test.Count; i++)
        {
            double[] logs = [.. predictions.ScoresOf(i).ToArray().Select(p => Math.Log(p))];
            for (int c = 0; c < 3; c++) ShouldBeComplete(classifier.Explain(test, i, c), logs[c] - logs.Average(), c);
        }
    }

    [Test]
    public void The_mean_series_of_a_softmax_has_a_baseline_of_the_biases()
    {
        using TimeSeriesClassifier classifier = Load(Bytes(ClassifierKind.Softmax));
        float[] bias = ((NetworkHead)classifier.Head).Network.Parameters.Single(p => p.Name == "Output.bias").Values.ToArray();
        for (int c = 0; c < 3; c++) classifier.Explain(Shapes(1).Series(0), c).Baseline.ShouldBe(bias[c] - bias.Average(), SinglePrecision);
    }

    [Test]
    public void Without_a_class_the_predicted_one_is_explained()
    {
        using TimeSeriesClassifier classifier = Load(Bytes(ClassifierKind.Ridge));
        SeriesSet test = Shapes(3, seed: 2);
        for (int i = 0; i < test.Count; i++)
        {
            int predicted = classifier.Predict(test.Series(i));
            PredictionExplanation explanation = classifier.Explain(test.Series(i));
            explanation.ClassIndex.ShouldBe(predicted);
            explanation.Decision.ShouldBe(classifier.Explain(test, i, predicted).Decision);
        }
    }

    [Test]
    public void Preprocessing_comes_first()
    {
        using TimeSeriesClassifier classifier = TimeSeriesClassifier.Train(Shapes(6), null, Quick(ClassifierKind.Ridge) with { Preprocessing = SeriesPreprocessing.Standardize }).Classifier;
        float[] series = Shapes(1, seed: 4).Series(0).ToArray();
        float[] scaled = [.. series.Select(v => (8 * v) + 100)];
        classifier.Explain(scaled, 1).Decision.ShouldBe(classifier.Explain(series, 1).Decision, 0.05);
        float[] scores = new float[3];
        classifier.Predict(scaled, scores);
        classifier.Explain(scaled, 1).Decision.ShouldBe(scores[1], SinglePrecision);
    }

    [TestCaseSource(nameof(OtherKinds))]
    public void Heads_that_are_not_linear_are_refused(ClassifierKind kind)
    {
        using TimeSeriesClassifier classifier = Load(Bytes(kind));
        classifier.CanExplain.ShouldBeFalse();
        Should.Throw<NotSupportedException>(() => classifier.Explain(new float[Length])).Message.ShouldContain($"The kind {kind} cannot be explained");
        Should.Throw<NotSupportedException>(() => classifier.Head.Decision(0, null));
    }

    [Test]
    public void What_does_not_fit_is_refused()
    {
        TimeSeriesClassifier classifier = Load(Bytes(ClassifierKind.Ridge));
        classifier.CanExplain.ShouldBeTrue();
        SeriesSet test = Shapes(1);
        Should.Throw<ArgumentException>(() => classifier.Explain(new float[Length + 1])).Message.ShouldContain("65 values");
        Should.Throw<DataFormatException>(() => classifier.Explain([.. Enumerable.Repeat(float.NaN, Length)]));
        Should.Throw<DataFormatException>(() => classifier.Explain(SyntheticData.CylinderBellFunnel(1, Length + 1, 1), 0));
        Should.Throw<ArgumentOutOfRangeException>(() => classifier.Explain(test, 3));
        Should.Throw<ArgumentOutOfRangeException>(() => classifier.Explain(test, -1));
        Should.Throw<ArgumentOutOfRangeException>(() => classifier.Explain(test, 0, 3)).ParamName.ShouldBe("classIndex");
        classifier.Dispose();
        Should.Throw<ObjectDisposedException>(() => classifier.Explain(test, 0, 0));
    }

    private static void ShouldBeComplete(PredictionExplanation explanation, double score, int classIndex)
    {
        explanation.ClassIndex.ShouldBe(classIndex);
        explanation.Decision.ShouldBe(score, SinglePrecision);
        double sum = 0;
        foreach (double value in explanation.Contributions) sum += value;
        (explanation.Baseline + sum).ShouldBe(explanation.Decision, 1e-10);
    }
}
