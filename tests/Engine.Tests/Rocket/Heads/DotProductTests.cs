using FastNets.Kernels;
using FastNets.Random;
using FastNets.Rocket.Heads;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Rocket.Heads;

public unsafe class DotProductTests
{
    private static readonly Isa[] Isas = [.. Enum.GetValues<Isa>().Where(CpuIsa.IsSupported)];

    [Test]
    public void Single_precision_dots_of_integers_are_exact([Range(0, 200)] int count, [ValueSource(nameof(Isas))] Isa isa)
    {
        var random = new PhiloxStream(4, (ulong)count);
        var x = new float[count + 1];
        var y = new float[count + 1];
        float expected = 0;
        for (int i = 0; i < count; i++)
        {
            x[i] = random.NextInt32(9) - 4;
            y[i] = random.NextInt32(9) - 4;
            expected += x[i] * y[i];
        }

        // What lies behind the end must not be read into the sum.
        x[count] = y[count] = 1000;
        fixed (float* px = x, py = y) DotProduct.Compute(px, py, count, isa).ShouldBe(expected);
    }
}
