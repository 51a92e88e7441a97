using FastNets.Memory;
using FastNets.Random;

namespace FastNets.Engine.Tests.Rocket.Heads;

/// <summary>Random samples with classes that depend on them a little.</summary>
internal sealed class RidgeData : IDisposable
{
    public RidgeData(int samples, int features, int classes, ulong seed = 7)
    {
        Classes = classes;
        Features = new FeatureMatrix(samples, features);
        Labels = new int[samples];
        var random = new PhiloxStream(seed, 1);
        for (int i = 0; i < samples; i++)
        {
            Labels[i] = i < classes ? i : random.NextInt32(classes);
            Span<float> row = Features.Row(i);
            for (int j = 0; j < features; j++) row[j] = 0.5f + random.NextSingle() + (j % classes == Labels[i] ? 0.3f : 0);
        }
    }

    public FeatureMatrix Features { get; }

    public int[] Labels { get; }

    public int Classes { get; }

    /// <summary>The samples in double precision.</summary>
    public double[][] Rows() => [.. Enumerable.Range(0, Features.Rows).Select(i => Features.Row(i).ToArray().Select(value => (double)value).ToArray())];

    /// <summary>-1 and 1, one row a class, or one of two classes.</summary>
    public double[][] Targets()
        => Classes == 2
            ? [[.. Labels.Select(label => label == 1 ? 1.0 : -1.0)]]
            : [.. Enumerable.Range(0, Classes).Select(c => Labels.Select(label => label == c ? 1.0 : -1.0).ToArray())];

    public void Dispose() => Features.Dispose();
}
