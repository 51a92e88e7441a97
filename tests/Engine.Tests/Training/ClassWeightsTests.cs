using FastNets.Training;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Training;

public class ClassWeightsTests
{
    [Test]
    public void Balanced_weights_are_those_of_scikit_learn() =>
        // compute_class_weight("balanced", classes=[0, 1, 2], y=[0, 0, 0, 0, 0, 0, 1, 1, 2])
        ClassWeights.Balanced([0, 0, 0, 0, 0, 0, 1, 1, 2], 3).ShouldBe([0.5f, 1.5f, 3f]);

    [Test]
    public void Balanced_weights_give_every_class_the_same_share_and_are_1_on_average()
    {
        int[] labels = [.. Enumerable.Range(0, 1000).Select(i => i < 900 ? 0 : i < 970 ? 1 : 2)];
        float[] weights = ClassWeights.Balanced(labels, 3);
        labels.Average(l => weights[l]).ShouldBe(1f, 1e-5f);
        foreach (IGrouping<int, int> members in labels.GroupBy(l => l)) members.Sum(l => weights[l]).ShouldBe(1000f / 3, 0.01f);
    }

    [Test]
    public void A_class_without_samples_gets_0_and_samples_without_a_label_are_not_counted() =>
        ClassWeights.Balanced([0, -1, 2, 2, 2, -1], 3).ShouldBe([4f / 3, 0f, 4f / 9]);

    [Test]
    public void No_samples_give_no_weight() => ClassWeights.Balanced([], 2).ShouldBe([0f, 0f]);

    [Test]
    public void Labels_that_are_no_class_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => ClassWeights.Balanced([0, 3], 3)).Message.ShouldContain("Sample 1 has class 3; with 3 classes");
        Should.Throw<ArgumentOutOfRangeException>(() => ClassWeights.Balanced([0, -2], 3)).ParamName.ShouldBe("labels");
        Should.Throw<ArgumentOutOfRangeException>(() => ClassWeights.Balanced([0], 0)).ParamName.ShouldBe("classes");
    }
}
