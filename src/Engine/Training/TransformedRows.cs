using FastNets.Data;
using FastNets.Rocket;

namespace FastNets.Training;

/// <summary>Series whose features are computed for each batch anew, straight into the network's input: for sets whose features do not fit memory.</summary>
internal sealed unsafe class TransformedRows : SampleRows
{
    private readonly SeriesSet _set;
    private readonly MiniRocket _transform;
    private readonly StandardScaler? _scaler;

    public TransformedRows(SeriesSet set, MiniRocket transform, StandardScaler? scaler)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(transform);
        transform.CheckInput(set);
        if (scaler is not null && scaler.Means.Length != transform.FeatureCount)
            throw new ArgumentException($"The transform gives {transform.FeatureCount} features, but the scaler has {scaler.Means.Length}.", nameof(scaler));
        _set = set;
        _transform = transform;
        _scaler = scaler;
    }

    public override int Count => _set.Count;

    public override int Length => _transform.FeatureCount;

    public override void Put(Network network, ReadOnlySpan<int> rows)
    {
        Span<float> x = network.InputRows(rows.Length);
        _transform.TransformSome(_set, rows, x);
        if (_scaler is null) return;
        fixed (float* first = x) _scaler.ApplyRows(first, rows.Length);
    }
}
