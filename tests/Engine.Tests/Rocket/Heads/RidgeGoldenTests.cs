using FastNets.Memory;
using FastNets.Rocket.Heads;
using FastNets.Serialization;
using FastNets.Tests.Shared;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Rocket.Heads;

public class RidgeGoldenTests
{
    private static readonly string[] Sets = ["gunpoint", "italypowerdemand", "arrowhead", "ecg5000"];

    [TestCaseSource(nameof(Sets))]
    public void Gives_what_scikit_learn_gives(string set)
    {
        SafetensorsFile golden = SafetensorsFile.Read(SharedData.Path("golden", "ridge", $"{set}.safetensors"));
        using FeatureMatrix train = Features(golden, "x_train");
        using FeatureMatrix test = Features(golden, "x_test");
        long[] names = [.. Values(golden, "y_train").Distinct().Order()];
        int[] labels = Labels(golden, "y_train", names);
        int outputs = (int)golden.Entry("coef").Shape[0];

        RidgeClassifier model = RidgeClassifierCV.Fit(train, labels, outputs == 1 ? 2 : outputs);

        ((float)model.Alpha).ShouldBe(golden.Float32("alpha")[0], 1e-6f * (float)model.Alpha);
        // A refit in double precision gives our intercepts to the last digit: what is left is the reference's single-precision input.
        Compare(model.Scale, golden.Float32("scale"), 1e-6, "scale");
        Compare(model.Coefficients, golden.Float32("coef"), 1e-6, "coefficient");
        Compare(model.Intercepts, golden.Float32("intercept"), 1e-4, "intercept");

        var scores = new float[test.Rows * model.Outputs];
        model.Decision(test, scores);
        Compare(scores, golden.Float32("decision"), 2e-5, "score");
        var predicted = new int[test.Rows];
        model.Predict(test, predicted);
        predicted.ShouldBe(Labels(golden, "predicted", names));
    }

    private static FeatureMatrix Features(SafetensorsFile file, string name)
        => FeatureMatrix.FromValues(file.Float32(name), (int)file.Entry(name).Shape[1]);

    private static long[] Values(SafetensorsFile file, string name) => file.Int64(name).ToArray();

    private static int[] Labels(SafetensorsFile file, string name, long[] names)
        => [.. Values(file, name).Select(value => Array.IndexOf(names, value))];

    private static void Compare(ReadOnlySpan<float> actual, ReadOnlySpan<float> expected, double tolerance, string what)
    {
        actual.Length.ShouldBe(expected.Length);
        int worst = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            if (Math.Abs(actual[i] - expected[i]) > Math.Abs(actual[worst] - expected[worst])) worst = i;
        }

        double difference = Math.Abs(actual[worst] - expected[worst]);
        TestContext.Out.WriteLine($"{what}: largest difference {difference:E2}");
        difference.ShouldBeLessThan(tolerance, $"{what} {worst}: {actual[worst]} instead of {expected[worst]}");
    }
}
