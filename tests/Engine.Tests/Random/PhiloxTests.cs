using FastNets.Random;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Random;

internal sealed class PhiloxTests
{
    // Known answers of Random123, philox4x32-10: counter, key, result.
    [TestCase(0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [TestCase(0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [TestCase(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Blocks_are_the_known_answers(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint x0, uint x1, uint x2, uint x3) =>
        Philox.Block(c0, c1, c2, c3, k0, k1).ShouldBe((x0, x1, x2, x3));

    [Test]
    public void A_stream_is_the_blocks_of_its_counter()
    {
        var stream = new PhiloxStream(0x1122334455667788, 0x99AABBCCDDEEFF00);
        for (uint block = 0; block < 3; block++)
        {
            (uint x0, uint x1, uint x2, uint x3) = Philox.Block(block, 0, 0xDDEEFF00, 0x99AABBCC, 0x55667788, 0x11223344);
            (stream.NextUInt32(), stream.NextUInt32(), stream.NextUInt32(), stream.NextUInt32()).ShouldBe((x0, x1, x2, x3));
        }
    }

    [Test]
    public void Unit_numbers_reach_0_and_stay_below_1()
    {
        Philox.ToUnitSingle(0).ShouldBe(0f);
        Philox.ToUnitSingle(uint.MaxValue).ShouldBe(1f - (1f / (1 << 24)));
    }

    [Test]
    public void Bounded_integers_take_each_value_equally_often()
    {
        var random = new PhiloxStream(1, 2);
        var counts = new int[7];
        for (int i = 0; i < 70_000; i++) counts[random.NextInt32(7)]++;
        counts.ShouldAllBe(count => Math.Abs(count - 10_000) < 500);
        Should.Throw<ArgumentOutOfRangeException>(() => new PhiloxStream(1, 2).NextInt32(0));
    }

    [Test]
    public void Normal_numbers_have_mean_0_and_variance_1()
    {
        var random = new PhiloxStream(3, 4);
        double sum = 0, squares = 0;
        const int Count = 200_000;
        for (int i = 0; i < Count; i++)
        {
            double z = random.NextNormal();
            sum += z;
            squares += z * z;
        }

        (sum / Count).ShouldBe(0, 0.01);
        (squares / Count).ShouldBe(1, 0.02);
    }

    [Test]
    public void A_shuffle_keeps_all_elements_and_depends_on_the_seed()
    {
        int[] first = Shuffled(1), again = Shuffled(1), other = Shuffled(2);
        first.ShouldBe(again);
        first.ShouldNotBe(other);
        first.Order().ShouldBe(Enumerable.Range(0, 50));

        static int[] Shuffled(ulong seed)
        {
            int[] values = [.. Enumerable.Range(0, 50)];
            new PhiloxStream(seed, 0).Shuffle(values.AsSpan());
            return values;
        }
    }
}
