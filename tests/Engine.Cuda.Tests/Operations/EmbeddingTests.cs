using FastNets.Backends;
using FastNets.Engine.Cuda.Tests.Harness;
using FastNets.Random;
using NUnit.Framework;

namespace FastNets.Engine.Cuda.Tests.Operations;

/// <summary>Rows chosen by tokens, and the table's gradient: tokens that are spread evenly or not, small and large tables.</summary>
public sealed class EmbeddingTests
{
    private static readonly (int Rows, int Vocabulary, int Columns)[] Shapes =
    [
        (1, 1, 1), (2, 3, 31), (255, 10, 32), (256, 10, 33), (257, 1000, 16), (1000, 300, 129), (3000, 4, 5), (700, 5000, 40), (600, 200_000, 1), (40, 33, 300),
    ];

    [Test]
    public void Tokens_spread_evenly([ValueSource(nameof(Shapes))] (int Rows, int Vocabulary, int Columns) shape) =>
        Run(shape, i => (int)(Philox.Block((uint)i, 0, 5, 6, 1, 0).X0 % (uint)shape.Vocabulary));

    [Test]
    public void Most_tokens_the_same([ValueSource(nameof(Shapes))] (int Rows, int Vocabulary, int Columns) shape) =>
        Run(shape, i => i % 5 == 4 ? i % shape.Vocabulary : shape.Vocabulary - 1);

    [Test]
    public void All_tokens_the_same([ValueSource(nameof(Shapes))] (int Rows, int Vocabulary, int Columns) shape) => Run(shape, _ => shape.Vocabulary / 2);

    [Test]
    public void Neighbouring_tokens_in_every_run() => Run((20_000, 20_000, 1), i => 64 + (i % 32));

    [Test]
    public void No_tokens()
    {
        using var pair = new BackendPair();
        Slot tokens = pair.Integers(Arena.Input, [0], "tokens");
        Slot dY = pair.Normal(Arena.Activations, 3, "dY");
        Slot dTable = pair.Output(Arena.Gradients, 6, "dTable");
        pair.Run(new Gradient(tokens, dY, dTable, 0, 2, 3), 0);
    }

    private static void Run((int Rows, int Vocabulary, int Columns) shape, Func<int, int> token)
    {
        (int rows, int vocabulary, int columns) = shape;
        using var pair = new BackendPair();
        Slot tokens = pair.Integers(Arena.Input, [.. Enumerable.Range(0, rows).Select(token)], "tokens");
        Slot table = pair.Normal(Arena.Parameters, vocabulary * columns, "table");
        Slot y = pair.Output(Arena.Activations, rows * columns, "y");
        Slot dY = pair.Normal(Arena.Activations, rows * columns, "dY");
        Slot dTable = pair.Output(Arena.Gradients, vocabulary * columns, "dTable");
        pair.Run(new Forward(tokens, table, y, rows, vocabulary, columns), 0);
        pair.Run(new Gradient(tokens, dY, dTable, rows, vocabulary, columns));
    }

    private readonly struct Forward(Slot tokens, Slot table, Slot y, int rows, int vocabulary, int columns) : IOperation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend => backend.Embedding(tokens, table, y, rows, vocabulary, columns);
    }

    private readonly struct Gradient(Slot tokens, Slot dY, Slot dTable, int rows, int vocabulary, int columns) : IOperation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend => backend.EmbeddingGradient(tokens, dY, dTable, rows, vocabulary, columns);
    }
}
