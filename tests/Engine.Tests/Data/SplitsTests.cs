using FastNets.Data;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Data;

public class SplitsTests
{
    [Test]
    public void Keeps_the_share_of_every_class()
    {
        int[] labels = [.. Enumerable.Repeat(0, 100), .. Enumerable.Repeat(1, 50), .. Enumerable.Repeat(2, 10)];
        (int[] first, int[] second) = Splits.Stratified(labels, 0.2, seed: 1);
        second.CountBy(i => labels[i]).ToDictionary().ShouldBe(new Dictionary<int, int> { [0] = 20, [1] = 10, [2] = 2 }, ignoreOrder: true);
        first.Concat(second).Order().ShouldBe(Enumerable.Range(0, labels.Length));
        first.ShouldBeInOrder();
        second.ShouldBeInOrder();
    }

    [Test]
    public void Keeps_rare_classes_on_both_sides_where_it_can()
    {
        (int[] first, int[] second) = Splits.Stratified([0, 0, 1, 1, 1, 2], 0.01, seed: 1);
        second.Length.ShouldBe(2);
        first.ShouldContain(5);
        Splits.Stratified([0, 0, 1, 1], 0.99, seed: 1).First.Length.ShouldBe(2);
    }

    [Test]
    public void Depends_on_the_seed_alone()
    {
        int[] labels = [.. Enumerable.Range(0, 60).Select(i => i % 3)];
        Splits.Stratified(labels, 0.5, 7).Second.ShouldBe(Splits.Stratified(labels, 0.5, 7).Second);
        Splits.Stratified(labels, 0.5, 7).Second.ShouldNotBe(Splits.Stratified(labels, 0.5, 8).Second);
    }

    [Test]
    public void Divides_in_order_without_losing_a_sample()
    {
        int[][] parts = Splits.Sequential(10, 0.7, 0.2, 0.1);
        parts[0].ShouldBe([0, 1, 2, 3, 4, 5, 6]);
        parts[1].ShouldBe([7, 8]);
        parts[2].ShouldBe([9]);
        for (int count = 0; count < 50; count++)
            Splits.Sequential(count, 0.31, 0.33, 0.36).SelectMany(p => p).ShouldBe(Enumerable.Range(0, count));
    }

    [Test]
    public void Refuses_shares_that_make_no_sense()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Splits.Stratified([0, 1], 0, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => Splits.Stratified([0, 1], 1, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => Splits.Stratified([0, 1], double.NaN, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => Splits.Stratified([0, -1], 0.5, 1));
        Should.Throw<ArgumentException>(() => Splits.Sequential(10, 0.5, 0.6)).Message.ShouldContain("1.1");
        Should.Throw<ArgumentException>(() => Splits.Sequential(10, 1.5, -0.5));
        Should.Throw<ArgumentException>(() => Splits.Sequential(10));
    }
}
