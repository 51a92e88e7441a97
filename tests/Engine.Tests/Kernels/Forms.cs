using FastNets.Kernels;

namespace FastNets.Engine.Tests.Kernels;

/// <summary>What the kernels' tests share: the forms that run here, numbers, and lengths around every register width.</summary>
internal static class Forms
{
    public static IEnumerable<Isa> All => Enum.GetValues<Isa>().Where(CpuIsa.IsSupported);

    public static IEnumerable<int> Lengths => Enumerable.Range(0, 131).Concat([251, 509, 1021]);

    public static float[] Normal(int count, ulong stream, float scale = 1f, float mean = 0f)
    {
        var random = new FastNets.Random.PhiloxStream(1234, stream);
        var values = new float[count];
        for (int i = 0; i < count; i++) values[i] = mean + (scale * (float)random.NextNormal());
        return values;
    }

    public static double[] ToDouble(ReadOnlySpan<float> values)
    {
        var result = new double[values.Length];
        for (int i = 0; i < result.Length; i++) result[i] = values[i];
        return result;
    }
}
