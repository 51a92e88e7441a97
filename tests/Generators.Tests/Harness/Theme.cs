using Kind = FastNets.Generators.Model.LayerKind;

namespace FastNets.Generators.Tests.Harness;

/// <summary>What kind of networks are drawn.</summary>
/// <param name="IsSequence">Whether a sample is a sequence.</param>
/// <param name="AllowsLengths">Whether series may have lengths of their own.</param>
/// <param name="HasTokens">Whether the input are whole numbers.</param>
/// <param name="HasDecoder">Whether a decoder comes last.</param>
/// <param name="Start">The first layers.</param>
/// <param name="Kinds">The others, as often as they stand here.</param>
internal sealed record Theme(bool IsSequence, bool AllowsLengths, bool HasTokens, bool HasDecoder, Kind[] Start, Kind[] Kinds)
{
    private static readonly Kind[] Vectors = [Kind.Dense, Kind.Dense, Kind.Dense, Kind.BatchNorm, Kind.BatchNorm, Kind.LayerNorm, Kind.Dropout, Kind.Activation, Kind.Custom, Kind.Add, Kind.Concat];

    private static readonly Kind[] States = [Kind.Rnn, Kind.Lstm, Kind.Lstm, Kind.Gru, Kind.Gru, Kind.Dense, Kind.Dropout, Kind.LayerNorm, Kind.BatchNorm, Kind.Activation, Kind.Add, Kind.Add, Kind.Concat, Kind.Custom, Kind.GlobalMaxPool1D];

    private static readonly Kind[] Windows =
    [
        Kind.Conv1D, Kind.Conv1D, Kind.Conv1D, Kind.Conv1D, Kind.MaxPool1D, Kind.AveragePool1D, Kind.GlobalMaxPool1D, Kind.GlobalAveragePool1D, Kind.BatchNorm, Kind.BatchNorm, Kind.LayerNorm, Kind.Dropout, Kind.Activation, Kind.Add, Kind.Add, Kind.Concat, Kind.Flatten, Kind.Dense, Kind.Custom,
    ];

    private static readonly Kind[] Any = [.. Vectors, .. States, .. Windows];

    public static readonly Theme[] All =
    [
        new(false, false, false, false, [], Vectors),
        new(true, true, false, false, [], States),
        new(true, false, false, false, [Kind.Conv1D], Windows),
        new(true, true, false, true, [], [Kind.Dense, Kind.Lstm, Kind.LayerNorm, Kind.Dropout, Kind.Conv1D]),
        new(true, true, true, false, [Kind.Embedding], Any),
        new(true, true, false, false, [], Any),
        new(true, true, false, false, [Kind.Lstm], States),
        new(true, false, false, false, [], Any),
    ];
}
