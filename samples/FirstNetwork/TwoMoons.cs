using FastNets.Random;

namespace FirstNetwork;

/// <summary>Points on two half circles that reach into each other, a little noise on each: a data set that no straight line divides.</summary>
internal sealed class TwoMoons
{
    private const float Noise = 0.1f;

    private readonly float[] _points;
    private readonly int[] _labels;

    public TwoMoons(int count, ulong seed)
    {
        _points = new float[2 * count];
        _labels = new int[count];
        var random = new PhiloxStream(seed, stream: 0);
        for (int i = 0; i < count; i++)
        {
            int moon = random.NextInt32(2);
            double angle = Math.PI * random.NextDouble();
            (double x, double y) = moon == 0 ? (Math.Cos(angle), Math.Sin(angle)) : (1 - Math.Cos(angle), 0.5 - Math.Sin(angle));
            _points[2 * i] = (float)(x + (Noise * random.NextNormal()));
            _points[(2 * i) + 1] = (float)(y + (Noise * random.NextNormal()));
            _labels[i] = moon;
        }
    }

    public int Count => _labels.Length;

    public ReadOnlySpan<float> Points(int start, int count) => _points.AsSpan(2 * start, 2 * count);

    public ReadOnlySpan<int> Labels(int start, int count) => _labels.AsSpan(start, count);
}
