using FastNets.Data;
using FastNets.Memory;
using FastNets.Rocket.Heads;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Rocket.Heads;

public class RidgeClassifierTests
{
    [Test]
    public void Scores_are_the_scaled_features_times_the_coefficients()
    {
        var model = new RidgeClassifier(3, [2, 4], [1, 2, 3, 4, 5, 6], [0.5f, -0.5f, 0], 1);
        var scores = new float[3];
        model.Decision([6, 8], scores);
        scores.ShouldBe([7.5f, 16.5f, 27]);
        model.Predict([6, 8]).ShouldBe(2);
        model.Predict([-6, -8]).ShouldBe(0);
    }

    [Test]
    public void Of_two_classes_the_sign_decides()
    {
        var model = new RidgeClassifier(2, [1], [1], [0], 1);
        model.Outputs.ShouldBe(1);
        model.Predict([0.1f]).ShouldBe(1);
        model.Predict([0]).ShouldBe(0);
        model.Predict([-0.1f]).ShouldBe(0);
    }

    [Test]
    public void Of_equal_scores_the_first_class_wins()
        => new RidgeClassifier(3, [1], [1, 2, 2], [0, 0, 0], 1).Predict([1]).ShouldBe(1);

    [TestCase(1)]
    [TestCase(63)]
    [TestCase(1000)]
    public void A_row_alone_has_the_bits_of_the_row_in_a_matrix(int features)
    {
        using var data = new RidgeData(37, features, 4);
        RidgeClassifier model = RidgeClassifierCV.Fit(data.Features, data.Labels, 4);
        var all = new float[37 * 4];
        model.Decision(data.Features, all);
        var labels = new int[37];
        model.Predict(data.Features, labels);
        var scores = new float[4];

        // One element further on: another alignment.
        var moved = new float[features + 1];
        for (int i = 0; i < 37; i++)
        {
            data.Features.Row(i).CopyTo(moved.AsSpan(1));
            model.Decision(moved.AsSpan(1), scores);
            scores.ShouldBe(all.AsSpan(i * 4, 4).ToArray());
            model.Predict(moved.AsSpan(1)).ShouldBe(labels[i]);
            labels[i].ShouldBe(Array.IndexOf(scores, scores.Max()));
        }
    }

    [Test]
    public void Predicting_allocates_nothing()
    {
        using var data = new RidgeData(50, 100, 3);
        RidgeClassifier model = RidgeClassifierCV.Fit(data.Features, data.Labels, 3);
        var labels = new int[50];
        var scores = new float[150];
        model.Predict(data.Features, labels);
        model.Decision(data.Features, scores);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++)
        {
            model.Predict(data.Features, labels);
            model.Decision(data.Features, scores);
            model.Predict(data.Features.Row(i));
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Test]
    public void A_model_made_of_its_parameters_is_the_same_model()
    {
        using var data = new RidgeData(50, 100, 3);
        RidgeClassifier model = RidgeClassifierCV.Fit(data.Features, data.Labels, 3);
        var copy = new RidgeClassifier(model.Classes, model.Scale, model.Coefficients, model.Intercepts, model.Alpha);
        var scores = new float[3];
        var again = new float[3];
        model.Decision(data.Features.Row(7), scores);
        copy.Decision(data.Features.Row(7), again);
        again.ShouldBe(scores);
        copy.Alpha.ShouldBe(model.Alpha);
    }

    [Test]
    public void A_feature_that_is_not_finite_is_named()
    {
        var model = new RidgeClassifier(2, [1, 1], [1, 1], [0], 1);
        Should.Throw<DataFormatException>(() => model.Predict([0, float.NaN])).Message.ShouldContain("The sample, feature 1 is NaN");
        using var features = new FeatureMatrix(4, 2);
        features.Row(2)[0] = float.PositiveInfinity;
        Should.Throw<DataFormatException>(() => model.Predict(features, new int[4])).Message.ShouldContain("Sample 2, feature 0 is Infinity");
        Should.Throw<DataFormatException>(() => model.Decision(features, new float[4])).Message.ShouldContain("Sample 2, feature 0 is Infinity");
    }

    [Test]
    public void Sizes_that_disagree_are_refused()
    {
        var model = new RidgeClassifier(3, [1, 1], [1, 1, 1, 1, 1, 1], [0, 0, 0], 1);
        using var features = new FeatureMatrix(4, 2);
        using var other = new FeatureMatrix(4, 3);
        Should.Throw<ArgumentException>(() => model.Predict([1, 2, 3])).Message.ShouldContain("2 features");
        Should.Throw<ArgumentException>(() => model.Predict(other, new int[4])).Message.ShouldContain("2 features");
        Should.Throw<ArgumentException>(() => model.Predict(features, new int[3])).Message.ShouldContain("4 samples");
        Should.Throw<ArgumentException>(() => model.Decision(features, new float[11])).Message.ShouldContain("12 scores");
        Should.Throw<ArgumentException>(() => model.Decision([1, 2], new float[2])).Message.ShouldContain("3 scores");
    }

    [Test]
    public void Parameters_that_make_no_model_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new RidgeClassifier(1, [1], [1], [0], 1));
        Should.Throw<ArgumentException>(() => new RidgeClassifier(2, [1], [1], [0, 0], 1)).Message.ShouldContain("1 intercepts");
        Should.Throw<ArgumentException>(() => new RidgeClassifier(2, [1, 1], [1], [0], 1)).Message.ShouldContain("2 coefficients");
        Should.Throw<ArgumentException>(() => new RidgeClassifier(2, [0], [1], [0], 1)).Message.ShouldContain("above 0");
        Should.Throw<ArgumentException>(() => new RidgeClassifier(2, [1], [float.NaN], [0], 1)).Message.ShouldContain("finite");
        Should.Throw<ArgumentOutOfRangeException>(() => new RidgeClassifier(2, [1], [1], [0], -1));
        Should.Throw<DataFormatException>(() => new RidgeClassifier(2, [1e-38f], [10], [0], 1)).Message.ShouldContain("too small");
    }
}
