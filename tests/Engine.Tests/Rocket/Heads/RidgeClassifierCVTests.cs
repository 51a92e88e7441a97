using FastNets.Kernels;
using FastNets.Rocket.Heads;
using FastNets.Threading;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Rocket.Heads;

[NonParallelizable]
public class RidgeClassifierCVTests
{
    private static readonly Isa[] Isas = [.. Enum.GetValues<Isa>().Where(CpuIsa.IsSupported)];

    [Test]
    public void Leave_one_out_errors_are_those_of_refits(
        [Values("2 3 2", "12 5 2", "12 5 3", "9 20 2", "9 20 4", "11 11 3", "12 11 3", "70 6 3", "67 75 3", "75 67 2")] string sizes,
        [ValueSource(nameof(Isas))] Isa isa)
    {
        int[] size = [.. sizes.Split(' ').Select(int.Parse)];
        using var data = new RidgeData(size[0], size[1], size[2]);
        double[] alphas = [1e-3, 0.1, 10, 1e3];
        var errors = new double[alphas.Length];

        RidgeClassifier model = RidgeClassifierCV.Fit(data.Features, data.Labels, data.Classes, new RidgeOptions { Alphas = alphas }, isa, errors);

        double[][] z = RidgeReference.Scaled(data.Rows());
        double[][] targets = data.Targets();
        double[] expected = [.. alphas.Select(alpha => RidgeReference.LeaveOneOutError(z, targets, alpha))];
        for (int a = 0; a < alphas.Length; a++) errors[a].ShouldBe(expected[a], 1e-6 * expected[a], $"alpha {alphas[a]}");

        // Of two samples alone every alpha is equally good.
        expected[Array.IndexOf(alphas, model.Alpha)].ShouldBe(expected.Min(), 1e-9);
        for (int t = 0; t < targets.Length; t++)
        {
            (double[] weights, double intercept) = RidgeReference.Fit(z, targets[t], model.Alpha);
            ((double)model.Intercepts[t]).ShouldBe(intercept, 1e-6 * (1 + Math.Abs(intercept)));
            for (int j = 0; j < weights.Length; j++)
                ((double)model.Coefficients[(t * weights.Length) + j]).ShouldBe(weights[j], 1e-6 * (1 + Math.Abs(weights[j])));
        }
    }

    // More than one block, item and group of reflections in either form.
    [Test]
    public void Errors_of_larger_sets_are_those_in_closed_form(
        [Values("96 100 2", "97 500 9", "145 200 3", "300 310 2", "97 96 2", "300 97 3", "400 250 2")] string sizes, [ValueSource(nameof(Isas))] Isa isa)
    {
        int[] size = [.. sizes.Split(' ').Select(int.Parse)];
        CompareWithClosedForm(size[0], size[1], size[2], [1e-2, 30], 1e-6, isa);
    }

    // With hardly more features than samples only the change of basis is in single precision, with many more the products too; the smallest alpha of the defaults among those tried.
    [TestCase(DualRidge.SinglePrecisionSamples + 36, 1e-5)]
    [TestCase((DualRidge.SinglePrecisionFeatures * DualRidge.SinglePrecisionSamples) + 100, 1e-5)]
    public void Errors_in_part_from_single_precision_are_those_in_closed_form(int features, double tolerance)
        => CompareWithClosedForm(DualRidge.SinglePrecisionSamples + 6, features, 2, [1e-3, 0.3], tolerance, CpuIsa.Active);

    [Test]
    public void Many_samples_of_which_some_occur_twice_are_fitted()
    {
        int samples = DualRidge.SinglePrecisionSamples + 6;
        using var data = new RidgeData(samples, 2 * samples, 2);
        for (int i = 0; i < 200; i++) data.Features.Row(i / 2 * 2).CopyTo(data.Features.Row(i));
        RidgeClassifier ridge = RidgeClassifierCV.Fit(data.Features, data.Labels, 2);
        ridge.Alpha.ShouldBeGreaterThan(0);
        foreach (float coefficient in ridge.Coefficients) float.IsFinite(coefficient).ShouldBeTrue();
    }

    [Test]
    public void Samples_that_occur_twice_are_fitted([Values(60, 130, 250)] int samples, [ValueSource(nameof(Isas))] Isa isa)
    {
        using var data = new RidgeData(samples, 300, 2);
        for (int i = 0; i < samples; i++) data.Features.Row(i / 2 * 2).CopyTo(data.Features.Row(i));
        var errors = new double[2];

        RidgeClassifierCV.Fit(data.Features, data.Labels, 2, new RidgeOptions { Alphas = [0.1, 10] }, isa, errors);

        double[][] z = RidgeReference.Scaled(data.Rows());
        errors[0].ShouldBe(RidgeReference.LeaveOneOutErrorInClosedForm(z, data.Targets(), 0.1), 1e-6 * errors[0]);
        errors[1].ShouldBe(RidgeReference.LeaveOneOutErrorInClosedForm(z, data.Targets(), 10), 1e-6 * errors[1]);
    }

    [Test]
    public void Many_alphas_give_what_each_gives_alone()
    {
        using var data = new RidgeData(60, 90, 3);
        double[] alphas = RidgeOptions.LogSpace(-2, 3, 37);
        var together = new double[alphas.Length];
        RidgeClassifierCV.Fit(data.Features, data.Labels, 3, new RidgeOptions { Alphas = alphas }, CpuIsa.Active, together);
        var alone = new double[1];
        for (int a = 0; a < alphas.Length; a++)
        {
            RidgeClassifierCV.Fit(data.Features, data.Labels, 3, new RidgeOptions { Alphas = [alphas[a]] }, CpuIsa.Active, alone);
            together[a].ShouldBe(alone[0]);
        }
    }

    [TestCase(20, 6)]
    [TestCase(8, 30)]
    public void Constant_columns_have_scale_one_and_no_say(int samples, int features)
    {
        using var data = new RidgeData(samples, features, 3);
        for (int i = 0; i < samples; i++)
        {
            data.Features.Row(i)[0] = 0.1f;
            data.Features.Row(i)[features - 1] = 0;
        }

        RidgeClassifier model = RidgeClassifierCV.Fit(data.Features, data.Labels, 3);

        model.Scale[0].ShouldBe(1);
        model.Scale[features - 1].ShouldBe(1);
        for (int t = 0; t < 3; t++)
        {
            model.Coefficients[t * features].ShouldBe(0);
            model.Coefficients[(t * features) + features - 1].ShouldBe(0);
        }
    }

    [TestCase(20, 3)]
    [TestCase(3, 20)]
    public void Of_constant_features_only_the_most_frequent_class_wins(int samples, int features)
    {
        using var data = new RidgeData(samples, features, 2);
        for (int i = 0; i < samples; i++) data.Features.Row(i).Fill(2);
        Array.Fill(data.Labels, 1);
        data.Labels[0] = 0;

        RidgeClassifier model = RidgeClassifierCV.Fit(data.Features, data.Labels, 2);

        model.Predict(data.Features.Row(0)).ShouldBe(1);
        model.Intercepts[0].ShouldBe((float)((samples - 2.0) / samples));
    }

    [Test]
    public void Of_equally_good_alphas_the_first_is_taken()
    {
        using var data = new RidgeData(10, 4, 2);
        for (int i = 0; i < 10; i++) data.Features.Row(i).Fill(1);
        RidgeClassifierCV.Fit(data.Features, data.Labels, 2, new RidgeOptions { Alphas = [4, 2, 8] }).Alpha.ShouldBe(4);
    }

    [Test]
    public void The_default_alphas_run_from_a_thousandth_to_a_thousand()
    {
        RidgeOptions.DefaultAlphas.Count.ShouldBe(10);
        RidgeOptions.DefaultAlphas[0].ShouldBe(1e-3);
        RidgeOptions.DefaultAlphas[3].ShouldBe(0.1, 1e-15);
        RidgeOptions.DefaultAlphas[9].ShouldBe(1e3);
    }

    [TestCase(150, 700, 3)]
    [TestCase(1100, 1200, 2)]
    [TestCase(700, 150, 5)]
    public void The_bits_do_not_depend_on_the_number_of_threads(int samples, int features, int classes)
    {
        using var data = new RidgeData(samples, features, classes);
        int before = WorkerPool.Threads;
        try
        {
            WorkerPool.Threads = 1;
            RidgeClassifier one = RidgeClassifierCV.Fit(data.Features, data.Labels, classes);
            WorkerPool.Threads = 5;
            RidgeClassifier five = RidgeClassifierCV.Fit(data.Features, data.Labels, classes);

            five.Alpha.ShouldBe(one.Alpha);
            five.Coefficients.SequenceEqual(one.Coefficients).ShouldBeTrue();
            five.Intercepts.SequenceEqual(one.Intercepts).ShouldBeTrue();
            five.Scale.SequenceEqual(one.Scale).ShouldBeTrue();
        }
        finally
        {
            WorkerPool.Threads = before;
        }
    }

    [TestCase(30, 8)]
    [TestCase(20, 60)]
    public void A_class_without_samples_is_never_predicted(int samples, int features)
    {
        using var data = new RidgeData(samples, features, 3);
        RidgeClassifier model = RidgeClassifierCV.Fit(data.Features, data.Labels, 4);
        var predicted = new int[samples];
        model.Predict(data.Features, predicted);
        predicted.ShouldNotContain(3);
        model.Outputs.ShouldBe(4);
    }

    [TestCase(1e-30f)]
    [TestCase(1e30f)]
    public void Very_small_and_very_large_features_are_fitted(float unit)
    {
        using var data = new RidgeData(40, 6, 2);
        RidgeClassifier expected = RidgeClassifierCV.Fit(data.Features, data.Labels, 2);
        for (int i = 0; i < 40; i++) foreach (ref float value in data.Features.Row(i)) value *= unit;
        RidgeClassifier model = RidgeClassifierCV.Fit(data.Features, data.Labels, 2);
        model.Alpha.ShouldBe(expected.Alpha);
        for (int j = 0; j < 6; j++) model.Coefficients[j].ShouldBe(expected.Coefficients[j], 1e-5f);
    }

    private static void CompareWithClosedForm(int samples, int features, int classes, double[] alphas, double tolerance, Isa isa)
    {
        using var data = new RidgeData(samples, features, classes);
        var errors = new double[alphas.Length];

        RidgeClassifierCV.Fit(data.Features, data.Labels, classes, new RidgeOptions { Alphas = alphas }, isa, errors);

        double[][] z = RidgeReference.Scaled(data.Rows());
        double[][] targets = data.Targets();
        for (int a = 0; a < alphas.Length; a++)
        {
            double expected = RidgeReference.LeaveOneOutErrorInClosedForm(z, targets, alphas[a]);
            errors[a].ShouldBe(expected, tolerance * expected, $"alpha {alphas[a]}");
        }
    }
}
