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
    [TestCase(Initializer.PyTorchRecurrent, 1.0 / (3 * FanIn))]
    [TestCase(Initializer.Uniform, 0.05 * 0.05 / 3)]
    public void Values_have_mean_0_the_stated_variance_and_a_bound(Initializer kind, double variance)
    {
        float[] values = Fill(kind, FanIn * FanOut, 7, 1);
        values.Average(v => (double)v).ShouldBe(0, 0.02 * Math.Sqrt(variance));
        values.Average(v => (double)v * v).ShouldBe(variance, 0.02 * variance);
        double limit = kind.ToString().EndsWith("Normal", StringComparison.Ordinal) ? 2 / 0.87962566 : Math.Sqrt(3);
        values.Max(Math.Abs).ShouldBe((float)(limit * Math.Sqrt(variance)), (float)(0.01 * limit * Math.Sqrt(variance)));
    }

    [TestCase(Initializer.Normal, 0.05)]
    [TestCase(Initializer.PyTorchEmbedding, 1.0)]
    public void Normal_values_have_the_stated_deviation_and_are_not_cut(Initializer kind, double deviation)
    {
        double[] values = [.. Fill(kind, FanIn * FanOut, 7, 1).Select(v => v / deviation)];
        values.Average().ShouldBe(0, 0.02);
        values.Average(v => v * v).ShouldBe(1, 0.02);
        values.Average(v => v * v * v * v).ShouldBe(3, 0.15);
        values.Max(Math.Abs).ShouldBeInRange(3.5, 6);
    }

    [Test]
    public void The_bias_of_the_forget_gate_is_1()
    {
        Fill(Initializer.ForgetGateOnes, 12, 7, 1).ShouldBe([0f, 0f, 0f, 1f, 1f, 1f, 0f, 0f, 0f, 0f, 0f, 0f]);
        Should.Throw<ArgumentException>(() => Fill(Initializer.ForgetGateOnes, 10, 7, 1)).Message.ShouldContain("[10] is no multiple of 4");
    }

    [Test]
    public void Seed_and_stream_decide_the_values([Values] Initializer kind)
    {
        float[] values = Fill(kind, 100, 7, 1);
        Fill(kind, 100, 7, 1).ShouldBe(values);
        if (kind is Initializer.Zeros or Initializer.Ones or Initializer.ForgetGateOnes) return;
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
    public void Fans_below_1_wrong_shapes_and_unknown_kinds_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Initializers.Fill(Initializer.Zeros, new float[1], [1], 0, 1, 1, 1)).ParamName.ShouldBe("fanIn");
        Should.Throw<ArgumentOutOfRangeException>(() => Initializers.Fill(Initializer.Zeros, new float[1], [1], 1, 0, 1, 1)).ParamName.ShouldBe("fanOut");
        Should.Throw<ArgumentOutOfRangeException>(() => Initializers.Fill(Initializer.Zeros, new float[1], [1], 1, 1, 1, 1, 0)).ParamName.ShouldBe("blocks");
        Should.Throw<ArgumentOutOfRangeException>(() => Initializers.Fill((Initializer)99, new float[1], [1], 1, 1, 1, 1)).ParamName.ShouldBe("kind");
        Should.Throw<ArgumentException>(() => Initializers.Fill(Initializer.Zeros, new float[5], [2, 3], 1, 1, 1, 1)).Message.ShouldContain("[2, 3]");
        Should.Throw<ArgumentException>(() => Initializers.Fill(Initializer.Zeros, new float[1], [65536, 65536, 65536, 65536], 1, 1, 1, 1)).ParamName.ShouldBe("shape");
        Should.Throw<ArgumentOutOfRangeException>(() => Initializers.Fill(Initializer.Zeros, new float[6], [-2, -3], 1, 1, 1, 1)).ParamName.ShouldBe("shape");
    }

    // Square for the kinds that want a matrix.
    private static float[] Fill(Initializer kind, int count, ulong seed, ulong stream)
    {
        var values = new float[count];
        values.AsSpan().Fill(float.NaN);
        Initializers.Fill(kind, values, kind == Initializer.Orthogonal ? [10, count / 10] : [count], FanIn, FanOut, seed, stream);
        return values;
    }
}
