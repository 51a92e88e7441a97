using FastNets.Generators.Model;

namespace FastNets.Generators.Kinds;

/// <summary>All kinds of layers.</summary>
internal static class LayerKinds
{
    /// <summary>The kinds, in the order of <see cref="LayerKind"/>.</summary>
    public static readonly LayerKindInfo[] All =
    [
        new DenseKind(),
        new BatchNormKind(),
        new LayerNormKind(),
        new DropoutKind(),
        new ActivationKindInfo(),
        new RnnKind(),
        new LstmKind(),
        new GruKind(),
        new SequenceDecoderKind(),
        new Conv1DKind(),
        new PoolingKind(LayerKind.MaxPool1D),
        new PoolingKind(LayerKind.AveragePool1D),
        new GlobalPoolingKind(LayerKind.GlobalMaxPool1D),
        new GlobalPoolingKind(LayerKind.GlobalAveragePool1D),
        new FlattenKind(),
        new EmbeddingKind(),
        new AddKind(),
        new ConcatKind(),
        new MiniRocketKind(),
        new CustomKind(),
    ];

    public static readonly string Names = string.Join(", ", All.Select(e => e.TypeName));

    public static LayerKindInfo Of(LayerKind kind) => All[(int)kind];

    public static LayerKindInfo? Find(string typeName) => All.FirstOrDefault(k => k.TypeName == typeName);
}
