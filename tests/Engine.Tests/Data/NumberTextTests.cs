using System.Globalization;
using System.Text;
using FastNets.Data;
using FastNets.Random;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Data;

public class NumberTextTests
{
    [TestCase("0", 0f)]
    [TestCase("-0.0", -0f)]
    [TestCase("1", 1f)]
    [TestCase("+1.5", 1.5f)]
    [TestCase(".5", 0.5f)]
    [TestCase("5.", 5f)]
    [TestCase("-1.1252183e-01", -0.11252183f)]
    [TestCase("1E3", 1000f)]
    [TestCase("1e-45", float.Epsilon)]
    [TestCase("1e-60", 0f)]
    [TestCase("3.4028235e38", float.MaxValue)]
    [TestCase("1e39", float.PositiveInfinity)]
    [TestCase("-inf", float.NegativeInfinity)]
    [TestCase("Infinity", float.PositiveInfinity)]
    [TestCase("123456789012345678901234567890", 123456789012345678901234567890f)]
    [TestCase("0.000000000000000000000000000001", 1e-30f)]
    // Halfway between 1 and the next single, and a hair above it: rounding twice would lose the hair.
    [TestCase("1.000000059604644775390625", 1f)]
    [TestCase("1.000000059604644775390626", 1.0000001f)]
    [TestCase("1.0000000596046447754", 1.0000001f)]
    public void Reads_numbers(string text, float expected)
    {
        NumberText.TryParse(Encoding.UTF8.GetBytes(text), out float value).ShouldBeTrue();
        BitConverter.SingleToInt32Bits(value).ShouldBe(BitConverter.SingleToInt32Bits(expected));
    }

    [TestCase("")]
    [TestCase("?")]
    [TestCase("nan")]
    [TestCase("NaN")]
    [TestCase("-nan")]
    [TestCase("NA")]
    [TestCase("N/A")]
    [TestCase("null")]
    public void Reads_missing_values(string text)
    {
        NumberText.TryParse(Encoding.UTF8.GetBytes(text), out float value).ShouldBeTrue();
        float.IsNaN(value).ShouldBeTrue();
    }

    [TestCase("-")]
    [TestCase("+")]
    [TestCase(".")]
    [TestCase("1e")]
    [TestCase("1e+")]
    [TestCase("e5")]
    [TestCase("1.2.3")]
    [TestCase("1,5")]
    [TestCase("0x10")]
    [TestCase("1 2")]
    [TestCase("--1")]
    [TestCase("abc")]
    [TestCase("1e5x")]
    [TestCase("$1")]
    [TestCase("(1)")]
    public void Refuses_what_is_no_number(string text) => NumberText.TryParse(Encoding.UTF8.GetBytes(text), out _).ShouldBeFalse();

    [Test]
    public void Rounds_as_the_platform_does()
    {
        var random = new PhiloxStream(1, 1);
        for (int i = 0; i < 200_000; i++)
        {
            string text = Random(ref random);
            NumberText.TryParse(Encoding.UTF8.GetBytes(text), out float value).ShouldBeTrue(text);
            float expected = float.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
            if (BitConverter.SingleToInt32Bits(value) != BitConverter.SingleToInt32Bits(expected)) Assert.Fail($"{text} gave {value:R}, not {expected:R}");
        }
    }

    private static string Random(ref PhiloxStream random)
    {
        float single = BitConverter.UInt32BitsToSingle(random.NextUInt32());
        if (!float.IsFinite(single)) single = 1;
        switch (random.NextInt32(4))
        {
            case 0:
                return single.ToString("R", CultureInfo.InvariantCulture);
            case 1:
                // A hair beside the middle of two neighbours: fifteen decimals in this range are finer than what a double tells apart there.
                float near = 4 + (5 * random.NextSingle());
                return (((double)near + MathF.BitIncrement(near)) / 2).ToString("F15", CultureInfo.InvariantCulture);
            case 2:
                return ((random.NextDouble() - 0.5) * 10).ToString("F" + random.NextInt32(20).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            default:
                return string.Create(CultureInfo.InvariantCulture, $"{random.NextNormal():E7}");
        }
    }
}
