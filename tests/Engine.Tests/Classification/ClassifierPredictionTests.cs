using FastNets.Classification;
using FastNets.Data;
using NUnit.Framework;
using Shouldly;
using static FastNets.Engine.Tests.Classification.ClassifierCases;

namespace FastNets.Engine.Tests.Classification;

public sealed class ClassifierPredictionTests
{
    [Test]
    public void Probabilities_sum_to_one_and_the_largest_is_the_class([Values(ClassifierKind.Softmax, ClassifierKind.Head, ClassifierKind.Mlp)] ClassifierKind kind)
    {
        using TimeSeriesClassifier classifier = Load(Bytes(kind));
        Predictions predictions = classifier.Predict(Shapes(10, seed: 2));
        predictions.IsProbability.ShouldBeTrue();
        predictions.Count.ShouldBe(30);
        for (int i = 0; i < predictions.Count; i++)
        {
            float[] scores = predictions.ScoresOf(i).ToArray();
            scores.Sum().ShouldBe(1f, 1e-5f);
            scores.ShouldAllBe(p => p >= 0);
            Array.IndexOf(scores, scores.Max()).ShouldBe(predictions.ClassIndices[i]);
            predictions.ClassOf(i).ShouldBe(classifier.Classes[predictions.ClassIndices[i]]);
        }
    }

    [Test]
    public void Two_classes_of_a_ridge_classifier_have_opposite_scores()
    {
        using TimeSeriesClassifier classifier = TimeSeriesClassifier.Train(Plain(20, 24, 2), null, Quick(ClassifierKind.Ridge)).Classifier;
        Predictions predictions = classifier.Predict(Plain(33, 24, 2));
        predictions.IsProbability.ShouldBeFalse();
        for (int i = 0; i < predictions.Count; i++)
        {
            predictions.ScoresOf(i)[0].ShouldBe(-predictions.ScoresOf(i)[1]);
            predictions.ClassIndices[i].ShouldBe(predictions.ScoresOf(i)[1] > 0 ? 1 : 0);
        }

        predictions.ClassIndices.ToArray().Distinct().Count().ShouldBe(2);
    }

    [Test]
    public void Many_series_are_classified_as_few_are([Values(ClassifierKind.Ridge, ClassifierKind.Head, ClassifierKind.Mlp)] ClassifierKind kind)
    {
        using TimeSeriesClassifier classifier = Load(Bytes(kind));
        SeriesSet many = Shapes(200, seed: 6);
        Predictions all = classifier.Predict(many);
        int[] some = [0, 255, 256, 257, 511, 512, 599];
        Predictions few = classifier.Predict(many.Subset(some));
        for (int i = 0; i < some.Length; i++)
        {
            few.ClassIndices[i].ShouldBe(all.ClassIndices[some[i]]);
            for (int c = 0; c < 3; c++) few.ScoresOf(i)[c].ShouldBe(all.ScoresOf(some[i])[c], 1e-5f);
        }
    }

    [Test]
    public void One_series_is_classified_as_in_a_set([Values(ClassifierKind.Ridge, ClassifierKind.Head, ClassifierKind.Mlp)] ClassifierKind kind)
    {
        using TimeSeriesClassifier classifier = Load(Bytes(kind));
        SeriesSet set = Shapes(5, seed: 6);
        Predictions all = classifier.Predict(set);
        Span<float> scores = new float[3];
        for (int i = 0; i < set.Count; i++)
        {
            classifier.Predict(set.Series(i), scores).ShouldBe(all.ClassIndices[i]);
            classifier.Predict(set.Series(i)).ShouldBe(all.ClassIndices[i]);
            for (int c = 0; c < 3; c++) scores[c].ShouldBe(all.ScoresOf(i)[c], 1e-5f);
        }
    }

    [Test]
    public void An_empty_set_has_no_predictions()
    {
        using TimeSeriesClassifier classifier = Load(Bytes(ClassifierKind.Ridge));
        classifier.Predict(new SeriesSet("empty", 1, [], [], [], [])).Count.ShouldBe(0);
    }

    [Test]
    public void Evaluation_counts_what_prediction_says_and_measures_the_loss()
    {
        using TimeSeriesClassifier classifier = Load(Bytes(ClassifierKind.Head));
        SeriesSet test = Shapes(100, seed: 9);
        ClassifierEvaluation evaluation = classifier.Evaluate(test);
        Predictions predictions = classifier.Predict(test);

        // On a GPU the loss and the prediction sum a row's exponentials in different orders.
        double tolerance = Device.Default.Kind == DeviceKind.Cpu ? 0 : 1e-6;
        for (int i = 0; i < predictions.Scores.Length; i++)
            Math.Abs((double)evaluation.Predictions.Scores[i] - predictions.Scores[i]).ShouldBeLessThanOrEqualTo(tolerance);
        int right = Enumerable.Range(0, test.Count).Count(i => predictions.ClassIndices[i] == test.Labels[i]);
        evaluation.Accuracy.ShouldBe((double)right / test.Count);
        evaluation.Report.Samples.ShouldBe(test.Count);
        double loss = Enumerable.Range(0, test.Count).Average(i => -Math.Log(predictions.ScoresOf(i)[test.Labels[i]]));
        evaluation.Loss!.Value.ShouldBe(loss, 1e-4);
    }

    [Test]
    public void Classes_are_matched_by_name_not_by_index()
    {
        using TimeSeriesClassifier classifier = Load(Bytes(ClassifierKind.Ridge));
        SeriesSet test = Shapes(40, seed: 9);
        string[] names = [.. test.Labels.ToArray().Select(l => test.Classes[l])];
        var other = new SeriesSet("reordered", 1, [.. Enumerable.Repeat(Length, test.Count)], test.Values.ToArray(), [.. names.Select(n => Array.IndexOf(["funnel", "bell", "cylinder"], n))], ["funnel", "bell", "cylinder"]);
        classifier.Evaluate(other).Accuracy.ShouldBe(classifier.Evaluate(test).Accuracy);
    }

    [Test]
    public void A_class_that_training_did_not_know_is_refused()
    {
        using TimeSeriesClassifier classifier = Load(Bytes(ClassifierKind.Ridge));
        Should.Throw<DataFormatException>(() => classifier.Evaluate(Plain(6, Length, 3))).Message.ShouldContain("'class 0', which did not occur in training");
    }

    [Test]
    public void Series_unlike_those_of_training_are_refused()
    {
        using TimeSeriesClassifier classifier = Load(Bytes(ClassifierKind.Ridge));
        Should.Throw<DataFormatException>(() => classifier.Predict(Plain(6, 65, 3))).Message.ShouldBe("plain: the series have 65 time steps, but the classifier was trained on 64; resample, pad or cut them.");
        Should.Throw<DataFormatException>(() => classifier.Predict(Plain(6, 64, 3, channels: 2))).Message.ShouldContain("2 channels, but the classifier was trained on 1");
        Should.Throw<ArgumentException>(() => classifier.Predict(new float[63])).Message.ShouldContain("63 values");
        Should.Throw<DataFormatException>(() => classifier.Predict([.. Enumerable.Repeat(float.NaN, 64)])).Message.ShouldContain("position 0");
    }

    [Test]
    public void A_disposed_classifier_says_so()
    {
        TimeSeriesClassifier classifier = Load(Bytes(ClassifierKind.Softmax));
        classifier.Dispose();
        Should.Throw<ObjectDisposedException>(() => classifier.Predict(Shapes(1)));
    }
}
