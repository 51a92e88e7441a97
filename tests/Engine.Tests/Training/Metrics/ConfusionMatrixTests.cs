using FastNets.Training.Metrics;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Training.Metrics;

public class ConfusionMatrixTests
{
    private static readonly int[] Labels = [0, 0, 0, 0, 1, 1, 2, 2, 2];
    private static readonly int[] Predicted = [0, 0, 1, 2, 1, 0, 2, 2, 1];

    [Test]
    public void Counts_true_classes_in_rows_and_predictions_in_columns()
    {
        var matrix = new ConfusionMatrix(Labels, Predicted, 3);
        matrix.Counts.ToArray().ShouldBe([2, 1, 1, 1, 1, 0, 0, 1, 2]);
        matrix[0, 2].ShouldBe(1);
        matrix.Samples.ShouldBe(9);
        matrix.Correct.ShouldBe(5);
        matrix.Support(0).ShouldBe(4);
        matrix.Predicted(1).ShouldBe(3);
    }

    [Test]
    public void Scores_are_by_their_definitions()
    {
        var matrix = new ConfusionMatrix(Labels, Predicted, 3);
        matrix.Accuracy.ShouldBe(5.0 / 9);
        matrix.Precision(1).ShouldBe(1.0 / 3);
        matrix.Recall(1).ShouldBe(1.0 / 2);
        matrix.F1(1).ShouldBe(2.0 / 5);
        matrix.BalancedAccuracy.ShouldBe(((2.0 / 4) + (1.0 / 2) + (2.0 / 3)) / 3, 1e-15);
        matrix.MacroF1.ShouldBe(((4.0 / 7) + (2.0 / 5) + (4.0 / 6)) / 3, 1e-15);
        matrix.MajorityBaseline.ShouldBe(4.0 / 9);
    }

    [Test]
    public void A_class_that_does_not_occur_scores_zero_and_does_not_count()
    {
        var matrix = new ConfusionMatrix([0, 0, 1], [0, 2, 1], 4);
        matrix.Recall(2).ShouldBe(0);
        matrix.Precision(3).ShouldBe(0);
        matrix.F1(3).ShouldBe(0);
        matrix.BalancedAccuracy.ShouldBe((0.5 + 1) / 2);
        matrix.MacroF1.ShouldBe(((2.0 / 3) + 1 + 0) / 3, 1e-15);
    }

    [Test]
    public void Of_no_samples_every_score_is_zero()
    {
        var matrix = new ConfusionMatrix([], [], 2);
        new[] { matrix.Accuracy, matrix.BalancedAccuracy, matrix.MacroF1, matrix.MajorityBaseline }.ShouldBe([0, 0, 0, 0]);
    }

    [Test]
    public void Classes_out_of_range_and_other_sizes_are_refused()
    {
        Should.Throw<ArgumentException>(() => new ConfusionMatrix([0, 1], [0], 2)).Message.ShouldContain("2 labels");
        Should.Throw<ArgumentOutOfRangeException>(() => new ConfusionMatrix([0, 2], [0, 0], 2)).Message.ShouldContain("Sample 1's label");
        Should.Throw<ArgumentOutOfRangeException>(() => new ConfusionMatrix([0, 1], [-1, 0], 2)).Message.ShouldContain("Sample 0's prediction");
        Should.Throw<ArgumentOutOfRangeException>(() => new ConfusionMatrix([], [], 0));
        Should.Throw<ArgumentOutOfRangeException>(() => new ConfusionMatrix([], [], 2)[0, 2]);
    }

    [Test]
    public void The_report_names_each_class()
    {
        var matrix = new ConfusionMatrix(Labels, Predicted, 3);
        var report = new ClassificationReport(matrix, ["a", "b", "c"]);
        report.Classes[1].ShouldBe(new ClassScores("b", 1.0 / 3, 0.5, 0.4, 2, 3));
        report.Classes.Count.ShouldBe(3);
        report.Accuracy.ShouldBe(matrix.Accuracy);
        report.Samples.ShouldBe(9);
        Should.Throw<ArgumentException>(() => new ClassificationReport(matrix, ["a", "b"])).Message.ShouldContain("3 classes");
    }
}
