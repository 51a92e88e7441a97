using FastNets.Kernels;
using FastNets.Kernels.Embedding;
using FastNets.Tests.Shared.Reference;
using FastNets.Threading;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Kernels.Embedding;

[NonParallelizable]
internal sealed class EmbeddingKernelsTests
{
    private const int Vocabulary = 11;

    [Test]
    public void Tokens_choose_rows_and_gradients_go_back_to_them([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa)
    {
        foreach (int rows in (int[])[0, 1, 40])
        {
            foreach (int columns in (int[])[1, 7, 8, 9, 16, 17, 33, 64, 65, 200])
            {
                int[] tokens = Tokens(rows);
                float[] table = Forms.Normal(Vocabulary * columns, 1), dY = Forms.Normal(rows * columns, 2);
                var y = new GuardedFloats(rows * columns);
                var dTable = new GuardedFloats(table.Length);
                EmbeddingKernels.Forward(tokens, table, y.Span, rows, Vocabulary, columns);
                EmbeddingKernels.Gradient(tokens, dY, dTable.Span, rows, Vocabulary, columns, isa);
                y.Check("rows");
                dTable.Check("gradient");
                float[] result = y.ToArray();
                var expected = new double[table.Length];
                for (int i = 0; i < result.Length; i++)
                {
                    int place = (tokens[i / columns] * columns) + (i % columns);
                    result[i].ShouldBe(table[place]);
                    expected[place] += dY[i];
                }

                Close.ShouldBeCloseTo(dTable.Span, expected, 1e-6, 1e-6, $"{rows} rows, {columns} columns");
            }
        }
    }

    [Test]
    public void The_number_of_threads_changes_no_bit([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa)
    {
        int before = WorkerPool.Threads;
        try
        {
            int[] tokens = Tokens(500);
            float[] table = Forms.Normal(Vocabulary * 200, 1), dY = Forms.Normal(500 * 200, 2);
            float[]? first = null;
            foreach (int threads in (int[])[1, 2, 3])
            {
                WorkerPool.Threads = threads;
                float[] y = new float[dY.Length], dTable = new float[table.Length];
                EmbeddingKernels.Forward(tokens, table, y, 500, Vocabulary, 200);
                EmbeddingKernels.Gradient(tokens, dY, dTable, 500, Vocabulary, 200, isa);
                float[] all = [.. y, .. dTable];
                first ??= all;
                all.AsSpan().SequenceEqual(first).ShouldBeTrue($"{threads} threads");
            }
        }
        finally
        {
            WorkerPool.Threads = before;
        }
    }

    [Test]
    public void A_call_allocates_nothing([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa)
    {
        int[] tokens = Tokens(30);
        float[] table = new float[Vocabulary * 20], y = new float[30 * 20];
        Allocations.Of(() => Step()).ShouldBe(0);

        void Step()
        {
            EmbeddingKernels.Forward(tokens, table, y, 30, Vocabulary, 20);
            EmbeddingKernels.Gradient(tokens, y, table, 30, Vocabulary, 20, isa);
        }
    }

    [Test]
    public void A_token_outside_the_table_is_named_and_nothing_is_written([Values(-1, 11, int.MaxValue)] int token)
    {
        float[] y = new float[6], dTable = [.. Enumerable.Repeat(5f, 22)];
        ArgumentOutOfRangeException error = Should.Throw<ArgumentOutOfRangeException>(
            () => EmbeddingKernels.Forward([3, 10, token], Forms.Normal(22, 1), y, 3, Vocabulary, 2));
        error.ActualValue.ShouldBe(token);
        error.Message.ShouldContain("row 2");
        y.ShouldAllBe(v => v == 0);
        Should.Throw<ArgumentOutOfRangeException>(() => EmbeddingKernels.Gradient([3, 10, token], new float[6], dTable, 3, Vocabulary, 2));
        dTable.ShouldAllBe(v => v == 5);
    }

    private static int[] Tokens(int rows) => [.. Enumerable.Range(0, rows).Select(i => i * i % Vocabulary)];
}
