using FastNets.Rocket;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Rocket;

public sealed class MiniRocketDilationsTests
{
    private static IEnumerable<TestCaseData> Published()
    {
        yield return new TestCaseData(150, new[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15, 16, 18 }, new[] { 30, 15, 12, 12, 4, 8, 8, 4, 4, 4, 3, 3, 3, 3, 3, 3 });
        yield return new TestCaseData(140, new[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 17 }, new[] { 30, 15, 15, 8, 8, 8, 4, 4, 8, 4, 3, 3, 3, 3, 3 });
        yield return new TestCaseData(136, new[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15, 16 }, new[] { 30, 19, 12, 8, 8, 8, 4, 8, 4, 3, 3, 3, 3, 3, 3 });
        yield return new TestCaseData(9, new[] { 1 }, new[] { 119 });
    }

    [TestCaseSource(nameof(Published))]
    public void Dilations_and_their_shares_are_the_published_ones(int length, int[] dilations, int[] features)
    {
        (int[] actualDilations, int[] actualFeatures) = MiniRocketDilations.Choose(length, 119, 32);
        actualDilations.ShouldBe(dilations);
        actualFeatures.ShouldBe(features);
    }

    [TestCase(512, 63)]
    [TestCase(513, 64)]
    [TestCase(16, 1)]
    [TestCase(17, 2)]
    public void The_largest_dilation_is_the_largest_that_fits(int length, int largest)
        => MiniRocketDilations.Choose(length, 119, 32).Dilations[^1].ShouldBe(largest);

    [Test]
    public void Shares_are_positive_sum_up_and_every_dilation_fits()
    {
        for (int length = 9; length < 3000; length += 7)
        {
            foreach ((int perKernel, int maxDilations) in new[] { (119, 32), (1, 32), (5, 4), (119, 1), (600, 64) })
            {
                (int[] dilations, int[] features) = MiniRocketDilations.Choose(length, perKernel, maxDilations);
                features.Sum().ShouldBe(perKernel);
                features.ShouldAllBe(f => f >= 1);
                dilations.Length.ShouldBeLessThanOrEqualTo(maxDilations);
                dilations.ShouldBe(dilations.Distinct().Order());
                (dilations[^1] * 8).ShouldBeLessThan(length);
            }
        }
    }
}
