using FastNets.Data;
using FastNets.Memory;
using FastNets.Rocket.Heads;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Rocket.Heads;

public class RidgeErrorTests
{
    [TestCase(float.NaN, "NaN")]
    [TestCase(float.NegativeInfinity, "-Infinity")]
    public void A_feature_that_is_not_finite_is_named(float value, string shown)
    {
        using var data = new RidgeData(6, 40, 2);
        data.Features.Row(3)[29] = value;
        DataFormatException error = Should.Throw<DataFormatException>(() => RidgeClassifierCV.Fit(data.Features, data.Labels, 2));
        error.Message.ShouldContain("Sample 3, feature 29");
        error.Message.ShouldContain(shown);
    }

    [Test]
    public void One_class_only_is_refused()
    {
        using var data = new RidgeData(6, 4, 2);
        Should.Throw<DataFormatException>(() => RidgeClassifierCV.Fit(data.Features, [1, 1, 1, 1, 1, 1], 2)).Message.ShouldContain("All 6 samples are of class 1");
        Should.Throw<ArgumentOutOfRangeException>(() => RidgeClassifierCV.Fit(data.Features, [0, 0, 0, 0, 0, 0], 1)).ParamName.ShouldBe("classes");
    }

    [TestCase(-1)]
    [TestCase(3)]
    public void A_label_out_of_range_is_named(int label)
    {
        using var data = new RidgeData(6, 4, 3);
        data.Labels[5] = label;
        ArgumentOutOfRangeException error = Should.Throw<ArgumentOutOfRangeException>(() => RidgeClassifierCV.Fit(data.Features, data.Labels, 3));
        error.Message.ShouldContain("Sample 5");
        error.ActualValue.ShouldBe(label);
    }

    [Test]
    public void Sizes_that_disagree_are_refused()
    {
        using var data = new RidgeData(6, 4, 2);
        Should.Throw<ArgumentException>(() => RidgeClassifierCV.Fit(data.Features, data.Labels.AsSpan(1), 2)).Message.ShouldContain("6 samples");
        using var nothing = new FeatureMatrix(0, 4);
        Should.Throw<ArgumentException>(() => RidgeClassifierCV.Fit(nothing, [], 2)).Message.ShouldContain("0 samples");
        using var noFeatures = new FeatureMatrix(6, 0);
        Should.Throw<ArgumentException>(() => RidgeClassifierCV.Fit(noFeatures, data.Labels, 2)).Message.ShouldContain("0 features");
    }

    [Test]
    public void Alphas_must_be_above_zero([Values(0, -1, double.NaN, double.PositiveInfinity)] double alpha)
    {
        using var data = new RidgeData(6, 4, 2);
        Should.Throw<ArgumentException>(() => RidgeClassifierCV.Fit(data.Features, data.Labels, 2, new RidgeOptions { Alphas = [1, alpha] })).Message.ShouldContain("Alpha");
        Should.Throw<ArgumentException>(() => RidgeClassifierCV.Fit(data.Features, data.Labels, 2, new RidgeOptions { Alphas = [] })).Message.ShouldContain("no alpha");
    }

    [Test]
    public void Alphas_too_small_to_compute_with_are_passed_over_or_refused()
    {
        // Two equal columns: without a penalty the equations are singular.
        using var data = new RidgeData(30, 2, 2);
        for (int i = 0; i < 30; i++) data.Features.Row(i)[1] = data.Features.Row(i)[0];
        RidgeClassifierCV.Fit(data.Features, data.Labels, 2, new RidgeOptions { Alphas = [1e-300, 1] }).Alpha.ShouldBe(1);
        Should.Throw<DataFormatException>(() => RidgeClassifierCV.Fit(data.Features, data.Labels, 2, new RidgeOptions { Alphas = [1e-300] }))
            .Message.ShouldContain("Give larger alphas");
    }
}
