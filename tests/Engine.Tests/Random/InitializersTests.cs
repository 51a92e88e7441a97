using FastNets.Random;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Random;

internal sealed class InitializersTests
{
    private const int FanIn = 300;
    private const int FanOut = 100;

    [TestCase(Initializer.GlorotUniform, 2.0 / (FanIn + FanOut))]
    [TestCase(Initializer.GlorotNormal, 2.0 / (FanIn + FanOut))]
    [TestCase(Initializer.HeUniform, 2.0 / FanIn)]
    [TestCase(Initializer.HeNormal, 2.0 / FanIn)]
    [TestCase(Initializer.LecunUniform, 1.0 / FanIn)]
    [TestCase(Initializer.LecunNormal, 1.0 / FanIn)]
    [TestCase(Initializer.PyTorchLinear, 1.0 / (3 * FanIn))]
    public void Values_have_mean_0_and_the_stated_variance(Initializer kind, double variance)
    {
        float[] values = Fill(kind, FanIn * FanOut, 7, 1);
        values.Average(v => (double)v).ShouldBe(0, 0.02 * Math.Sqrt(variance));
        values.Average(v => (double)v * v).ShouldBe(variance, 0.02 * variance);
        double limit = kind.ToString().EndsWith("Normal", StringComparison.Ordinal) ? 2 / 0.87962566 : Math.Sqrt(3);
        values.Max(Math.Abs).ShouldBe((float)(limit * Math.Sqrt(variance)), (float)(0.01 * limit * Math.Sqrt(variance)));
    }

    [Test]
    public void Seed_and_stream_decide_the_values([Values] Initializer kind)
    {
        float[] values = Fill(kind, 100, 7, 1);
        Fill(kind, 100, 7, 1).ShouldBe(values);
        if (kind is Initializer.Zeros or Initializer.Ones) return;
        Fill(kind, 100, 8, 1).ShouldNotBe(values);
        Fill(kind, 100, 7, 2).ShouldNotBe(values);
    }

    [Test]
    public void Constants_are_constant()
    {
        Fill(Initializer.Zeros, 9, 1, 1).ShouldAllBe(v => v == 0);
        Fill(Initializer.Ones, 9, 1, 1).ShouldAllBe(v => v == 1);
    }

    [Test]
    public void Fans_below_1_and_unknown_kinds_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Initializers.Fill(Initializer.Zeros, new float[1], 0, 1, 1, 1)).ParamName.ShouldBe("fanIn");
        Should.Throw<ArgumentOutOfRangeException>(() => Initializers.Fill(Initializer.Zeros, new float[1], 1, 0, 1, 1)).ParamName.ShouldBe("fanOut");
        Should.Throw<ArgumentOutOfRangeException>(() => Initializers.Fill((Initializer)99, new float[1], 1, 1, 1, 1)).ParamName.ShouldBe("kind");
    }

    private static float[] Fill(Initializer kind, int count, ulong seed, ulong stream)
    {
        var values = new float[count];
        values.AsSpan().Fill(float.NaN);
        Initializers.Fill(kind, values, FanIn, FanOut, seed, stream);
        return values;
    }
}
