using FastNets.Rocket;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Rocket;

/// <summary>Which numbers are of usual magnitude: zero, and 2^-100 and more.</summary>
public sealed class RocketMagnitudesTests
{
    private const float Smallest = 7.888609e-31f;

    [TestCase(0f, true)]
    [TestCase(-0f, true)]
    [TestCase(Smallest, true)]
    [TestCase(-Smallest, true)]
    [TestCase(1f, true)]
    [TestCase(float.MaxValue, true)]
    [TestCase(7.888608e-31f, false)]
    [TestCase(-7.888608e-31f, false)]
    [TestCase(float.Epsilon, false)]
    [TestCase(-float.Epsilon, false)]
    [TestCase(1.1754944e-38f, false)]
    public void One_number_wherever_it_is_decides(float value, bool usual)
    {
        for (int length = 1; length <= 40; length++)
        {
            for (int at = 0; at < length; at++)
            {
                float[] values = [.. Enumerable.Range(0, length).Select(i => i % 2 == 0 ? 3.5f : 0f)];
                values[at] = value;
                RocketMagnitudes.AreUsual(values).ShouldBe(usual, $"at {at} of {length}");
            }
        }
    }

    [Test]
    public void No_numbers_are_usual() => RocketMagnitudes.AreUsual([]).ShouldBeTrue();
}
