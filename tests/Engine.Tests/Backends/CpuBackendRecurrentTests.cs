using System.Runtime.InteropServices;
using FastNets.Backends;
using FastNets.Engine.Tests.Kernels;
using FastNets.Kernels.Pointwise;
using FastNets.Kernels.Recurrent;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Backends;

/// <summary>The recurrent operations on places of an arena against the kernels on arrays: each operand arrives where it belongs.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class CpuBackendRecurrentTests : IDisposable
{
    private const int Time = 3, Batch = 2, Units = 5, State = Batch * Units, Steps = Time * State;
    private static readonly int[] LengthValues = [3, 2];

    private readonly ArenaSet _arenas = new();
    private readonly CpuBackend _backend;
    private readonly List<(Slot Place, float[] Copy)> _operands = [];
    private readonly Slot _lengths = new(Arena.Input, 0, Batch);

    public CpuBackendRecurrentTests()
    {
        _arenas.Allocate(Arena.Activations, 2000);
        _arenas.Allocate(Arena.Input, Batch);
        LengthValues.CopyTo(MemoryMarshal.Cast<float, int>(_arenas.All(Arena.Input)));
        _backend = new CpuBackend(_arenas);
    }

    public void Dispose() => _arenas.Dispose();

    [Test]
    public void Lstm()
    {
        (Slot gates, float[] gates2) = Take(4 * Steps);
        (Slot kernel, float[] kernel2) = Take(4 * Units * Units);
        (Slot bias, float[] bias2) = Take(4 * Units);
        (Slot hidden0, float[] hidden02) = Take(State);
        (Slot cell0, float[] cell02) = Take(State);
        (Slot hidden, float[] hidden2) = Take(Steps + State);
        (Slot cell, float[] cell2) = Take(Steps + State);
        _backend.LstmForward(gates, kernel, bias, hidden0, cell0, _lengths, hidden, cell, Time, Batch, Units, true);
        RecurrentKernels.LstmForward(gates2, kernel2, bias2, hidden02, cell02, LengthValues, hidden2, cell2, Time, Batch, Units, true);
        ShouldBeTheSame();

        (Slot dHidden, float[] dHidden2) = Take(Steps);
        (Slot dLast, float[] dLast2) = Take(State);
        (Slot dLastCell, float[] dLastCell2) = Take(State);
        (Slot dHidden0, float[] dHidden02) = Take(State);
        (Slot dCell0, float[] dCell02) = Take(State);
        _backend.LstmBackward(dHidden, dLast, dLastCell, gates, cell, kernel, _lengths, dHidden0, dCell0, Time, Batch, Units, 2, true);
        RecurrentKernels.LstmBackward(
            dHidden2, dLast2, dLastCell2, gates2, cell2, kernel2, LengthValues, dHidden02, dCell02, Time, Batch, Units, 2, true);
        ShouldBeTheSame();
    }

    [Test]
    public void Gru()
    {
        (Slot gates, float[] gates2) = Take(3 * Steps);
        (Slot kernel, float[] kernel2) = Take(3 * Units * Units);
        (Slot bias, float[] bias2) = Take(3 * Units);
        (Slot hidden0, float[] hidden02) = Take(State);
        (Slot candidate, float[] candidate2) = Take(Steps);
        (Slot hidden, float[] hidden2) = Take(Steps + State);
        _backend.GruForward(gates, kernel, bias, hidden0, _lengths, candidate, hidden, Time, Batch, Units, true);
        RecurrentKernels.GruForward(gates2, kernel2, bias2, hidden02, LengthValues, candidate2, hidden2, Time, Batch, Units, true);
        ShouldBeTheSame();

        (Slot dHidden, float[] dHidden2) = Take(Steps);
        (Slot dLast, float[] dLast2) = Take(State);
        (Slot dRecurrent, float[] dRecurrent2) = Take(3 * Steps);
        (Slot dHidden0, float[] dHidden02) = Take(State);
        _backend.GruBackward(dHidden, dLast, gates, candidate, hidden, kernel, _lengths, dRecurrent, dHidden0, Time, Batch, Units, 2, true);
        RecurrentKernels.GruBackward(
            dHidden2, dLast2, gates2, candidate2, hidden2, kernel2, LengthValues, dRecurrent2, dHidden02, Time, Batch, Units, 2, true);
        ShouldBeTheSame();
    }

    [Test]
    public void Rnn()
    {
        (Slot projection, float[] projection2) = Take(Steps);
        (Slot kernel, float[] kernel2) = Take(Units * Units);
        (Slot bias, float[] bias2) = Take(Units);
        (Slot hidden0, float[] hidden02) = Take(State);
        (Slot hidden, float[] hidden2) = Take(Steps + State);
        _backend.RnnForward<Tanh>(projection, kernel, bias, hidden0, _lengths, hidden, Time, Batch, Units, true);
        RecurrentKernels.RnnForward<Tanh>(projection2, kernel2, bias2, hidden02, LengthValues, hidden2, Time, Batch, Units, true);
        ShouldBeTheSame();

        (Slot dHidden, float[] dHidden2) = Take(Steps);
        (Slot dLast, float[] dLast2) = Take(State);
        (Slot dHidden0, float[] dHidden02) = Take(State);
        _backend.RnnBackward<Tanh>(dHidden, dLast, hidden, kernel, _lengths, dHidden, dHidden0, Time, Batch, Units, 2, true);
        RecurrentKernels.RnnBackward<Tanh>(dHidden2, dLast2, hidden2, kernel2, LengthValues, dHidden2, dHidden02, Time, Batch, Units, 2, true);
        ShouldBeTheSame();
    }

    [Test]
    public void Operands_that_are_optional_may_be_none()
    {
        (Slot projection, float[] projection2) = Take(Steps);
        (Slot kernel, float[] kernel2) = Take(Units * Units);
        (Slot hidden, float[] hidden2) = Take(Steps + State);
        (Slot dLast, float[] dLast2) = Take(State);
        (Slot dZ, float[] dZ2) = Take(Steps);
        _backend.RnnForward<Relu>(projection, kernel, Slot.None, Slot.None, Slot.None, hidden, Time, Batch, Units, false);
        RecurrentKernels.RnnForward<Relu>(projection2, kernel2, default, default, default, hidden2, Time, Batch, Units, false);
        _backend.RnnBackward<Relu>(Slot.None, dLast, hidden, kernel, Slot.None, dZ, Slot.None, Time, Batch, Units, 0, false);
        RecurrentKernels.RnnBackward<Relu>(default, dLast2, hidden2, kernel2, default, dZ2, default, Time, Batch, Units, 0, false);
        ShouldBeTheSame();
    }

    private (Slot Place, float[] Copy) Take(int length)
    {
        int offset = _operands.Sum(o => o.Place.Length);
        var place = new Slot(Arena.Activations, offset, length);
        float[] values = Forms.Normal(length, (ulong)offset + 1, 0.5f);
        values.CopyTo(_arenas.Span(place, length));
        _operands.Add((place, values));
        return (place, values);
    }

    private void ShouldBeTheSame()
    {
        foreach ((Slot place, float[] copy) in _operands) _arenas.Span(place, copy.Length).ToArray().ShouldBe(copy);
    }
}
