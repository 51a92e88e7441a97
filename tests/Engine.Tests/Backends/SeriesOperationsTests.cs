using System.Runtime.InteropServices;
using FastNets.Backends;
using FastNets.Engine.Tests.Kernels;
using FastNets.Kernels.Convolution;
using FastNets.Kernels.Pointwise;
using FastNets.Tests.Shared.Reference;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Backends;

/// <summary>A network of embedding, convolution, two poolings and layer normalisation, written by hand on the backend and by definition beside it.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SeriesOperationsTests : IDisposable
{
    private const int Batch = 3, Vocabulary = 6, Epsilon = 1;

    private static readonly ConvolutionShape Convolution = new(9, 4, 5, 3, 1, 2, 4, 0);
    private static readonly PoolingShape Pooling = new(9, 5, 3, 2, 1, 1);
    private static readonly int[] Lengths = [5, 2, 4];
    private static readonly int Rows = Batch * Pooling.OutputLength;

    private readonly ArenaSet _arenas = new();
    private readonly int[] _used = new int[Enum.GetValues<Arena>().Length];
    private readonly CpuBackend _backend;
    private readonly Slot _tokens, _lengths, _table, _kernel, _bias, _gamma, _beta, _dTable, _dKernel, _dBias, _dGamma, _dBeta;
    private readonly Slot _embedded, _convolved, _pooled, _normal, _mean, _inverse, _output, _dOutput, _dNormal, _dPooled, _dConvolved, _dEmbedded;

    public SeriesOperationsTests()
    {
        _tokens = Take(Arena.Input, Batch * 9);
        _lengths = Take(Arena.Input, Batch);
        (_table, _dTable) = Parameter(Vocabulary * 4);
        (_kernel, _dKernel) = Parameter(3 * 4 * 5);
        (_bias, _dBias) = Parameter(5);
        (_gamma, _dGamma) = Parameter(5);
        (_beta, _dBeta) = Parameter(5);
        _embedded = Take(Arena.Activations, Batch * 9 * 4);
        _convolved = Take(Arena.Activations, Batch * 9 * 5);
        _pooled = Take(Arena.Activations, Rows * 5);
        _normal = Take(Arena.Activations, Rows * 5);
        _mean = Take(Arena.Activations, Rows);
        _inverse = Take(Arena.Activations, Rows);
        _output = Take(Arena.Activations, Batch * 5);
        _dOutput = Take(Arena.Activations, Batch * 5);
        _dNormal = Take(Arena.Activations, Rows * 5);
        _dPooled = Take(Arena.Activations, Rows * 5);
        _dConvolved = Take(Arena.Activations, Batch * 9 * 5);
        _dEmbedded = Take(Arena.Activations, Batch * 9 * 4);
        foreach (Arena arena in Enum.GetValues<Arena>()) _arenas.Allocate(arena, _used[(int)arena]);
        _backend = new CpuBackend(_arenas);
        ulong stream = 0;
        foreach (Slot slot in (Slot[])[_table, _kernel, _bias, _gamma, _beta, _dOutput]) Forms.Normal(slot.Length, ++stream).CopyTo(Span(slot));
        Tokens().CopyTo(MemoryMarshal.Cast<float, int>(Span(_tokens)));
        Lengths.CopyTo(MemoryMarshal.Cast<float, int>(Span(_lengths)));
    }

    public void Dispose() => _arenas.Dispose();

    [Test]
    public void The_gradients_of_a_network_of_series_are_those_of_its_definition([Values] bool largest)
    {
        Step(largest);
        Close.ShouldBeCloseTo(Span(_output), Output(largest, Read(_table), Read(_kernel), Read(_bias), Read(_gamma), Read(_beta)), 1e-5, 1e-5, "output");
        double[][] at = [Read(_table), Read(_kernel), Read(_bias), Read(_gamma), Read(_beta)];
        Slot[] gradients = [_dTable, _dKernel, _dBias, _dGamma, _dBeta];
        for (int i = 0; i < at.Length; i++)
        {
            int changed = i;
            double[] numerical = ReferenceGradient.Numerical(
                p =>
                {
                    double[][] all = [.. at];
                    all[changed] = p;
                    return Output(largest, all[0], all[1], all[2], all[3], all[4]).Zip(Read(_dOutput), (a, b) => a * b).Sum();
                },
                at[i]);
            Close.ShouldBeCloseTo(Span(gradients[i]), numerical, 1e-4, 5e-6, $"parameter {i}");
        }
    }

    [Test]
    public void A_step_allocates_nothing()
    {
        Allocations.Of(() => Step(largest: true)).ShouldBe(0);
    }

    [Test]
    public void Elements_are_moved_and_added_in_their_places()
    {
        Step(largest: false);
        float[] x = Span(_convolved).ToArray();
        _backend.SwapAxes(_convolved, _dConvolved, Batch, 9, 5);
        for (int i = 0; i < x.Length; i++) Span(_dConvolved)[((i / 5 % 9 * Batch) + (i / 45)) * 5 + (i % 5)].ShouldBe(x[i]);
        _backend.Add<Relu>(_convolved, _dConvolved, _dConvolved, Batch * 9, 5, DropoutMask.None);
        Span(_dConvolved)[0].ShouldBe(Math.Max(0, 2 * x[0]));
        float[] before = Span(_embedded).ToArray();
        _backend.CopyColumns(_convolved, 5, 2, _embedded, 4, 1, Batch * 9, 3, accumulate: true);
        for (int i = 0; i < before.Length; i++) Span(_embedded)[i].ShouldBe(i % 4 == 0 ? before[i] : before[i] + x[(i / 4 * 5) + 1 + (i % 4)]);
        MemoryMarshal.Cast<float, int>(Span(_tokens))[7] = Vocabulary;
        Should.Throw<ArgumentOutOfRangeException>(() => _backend.Embedding(_tokens, _table, _embedded, Batch * 9, Vocabulary, 4)).Message.ShouldContain("row 7");
    }

    private static int[] Tokens() => [.. Enumerable.Range(0, Batch * 9).Select(i => i * i * 5 % 7 % Vocabulary)];

    private void Step(bool largest)
    {
        _backend.Embedding(_tokens, _table, _embedded, Batch * 9, Vocabulary, 4);
        _backend.Conv1D<Tanh>(_embedded, _kernel, _bias, Slot.None, _convolved, Batch, Convolution, DropoutMask.None);
        if (largest) _backend.MaxPool1D(_convolved, _pooled, Batch, Pooling);
        else _backend.AveragePool1D(_convolved, _pooled, Batch, Pooling);
        _backend.LayerNorm<Sigmoid>(_pooled, _gamma, _beta, _mean, _inverse, _normal, Rows, 5, Epsilon, DropoutMask.None);
        if (largest) _backend.GlobalMaxPool1D(_normal, _lengths, _output, Batch, Pooling.OutputLength, 5);
        else _backend.GlobalAveragePool1D(_normal, _lengths, _output, Batch, Pooling.OutputLength, 5);

        if (largest) _backend.GlobalMaxPool1DBackward(_dOutput, _normal, _lengths, _dNormal, Batch, Pooling.OutputLength, 5, accumulate: false);
        else _backend.GlobalAveragePool1DBackward(_dOutput, _lengths, _dNormal, Batch, Pooling.OutputLength, 5, accumulate: false);
        _backend.LayerNormBackward<Sigmoid>(_dNormal, _pooled, _gamma, _beta, _mean, _inverse, _dPooled, _dGamma, _dBeta, Rows, 5, DropoutMask.None);
        if (largest) _backend.MaxPool1DBackward(_dPooled, _convolved, _dConvolved, Batch, Pooling, accumulate: false);
        else _backend.AveragePool1DBackward(_dPooled, _dConvolved, Batch, Pooling, accumulate: false);
        _backend.PointwiseBackward<Tanh>(_dConvolved, _convolved, _dConvolved, _dBias, Batch * 9, 5, DropoutMask.None);
        _backend.Conv1DWeightGradient(_embedded, _dConvolved, _dKernel, Batch, Convolution);
        _backend.Conv1DInputGradient(_dConvolved, _kernel, _dEmbedded, Batch, Convolution, accumulate: false);
        _backend.EmbeddingGradient(_tokens, _dEmbedded, _dTable, Batch * 9, Vocabulary, 4);
    }

    private static double[] Output(bool largest, double[] table, double[] kernel, double[] bias, double[] gamma, double[] beta)
    {
        double[] x = [.. Tokens().SelectMany(t => table.AsSpan(t * 4, 4).ToArray())];
        double[] z = new ReferenceConvolution(Batch, 9, 4, 5, 3, 1, 2, 4, 0).Forward(x, kernel);
        for (int i = 0; i < z.Length; i++) z[i] = Math.Tanh(z[i] + bias[i % 5]);
        double[] pooled = new ReferencePooling(Batch, 9, 5, 3, 2, 1, 1).Forward(largest, z);
        double[] normal = ReferenceLayerNorm.Forward(pooled, gamma, beta, Epsilon, out _, out _);
        return ReferencePooling.Global(largest, Array.ConvertAll(normal, v => 1 / (1 + Math.Exp(-v))), Lengths, Pooling.OutputLength, 5);
    }

    private Slot Take(Arena arena, int length)
    {
        var slot = new Slot(arena, _used[(int)arena], length);
        _used[(int)arena] += (length + 15) / 16 * 16;
        return slot;
    }

    private (Slot Value, Slot Gradient) Parameter(int length)
    {
        Slot value = Take(Arena.Parameters, length);
        return (value, Take(Arena.Gradients, length));
    }

    private Span<float> Span(Slot slot) => _arenas.Span(slot, slot.Length);

    private double[] Read(Slot slot) => Forms.ToDouble(Span(slot));
}
