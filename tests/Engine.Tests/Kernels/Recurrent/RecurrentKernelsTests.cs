using FastNets.Kernels;
using FastNets.Kernels.Pointwise;
using FastNets.Kernels.Recurrent;
using FastNets.Threading;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Kernels.Recurrent;

[NonParallelizable]
internal sealed class RecurrentKernelsTests
{
    public enum Cell
    {
        Lstm,
        Gru,
        TanhRnn,
        ReluRnn,
    }

    [Test]
    public void Both_passes_are_those_of_the_reference(
        [ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [Values] Cell cell, [Values] bool reverse)
    {
        foreach (RecurrentSetting setting in RecurrentSetting.All(reverse, isa == Isa.Scalar || cell == Cell.ReluRnn ? 11 : 3))
        {
            using RecurrentProblem problem = New(cell, setting);
            string what = $"{isa} {cell} {setting}";
            problem.Forward(isa);
            problem.CheckForward(what);
            problem.BackwardAndCheck(isa, what);
        }
    }

    [Test]
    public void Every_choice_of_operands_is_served([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [Values] Cell cell, [Values] bool reverse)
    {
        for (int number = 0; number < 200; number++)
        {
            RecurrentSetting setting = RecurrentSetting.Of(5, 3, 19, reverse, number);
            using RecurrentProblem problem = New(cell, setting);
            string what = $"{isa} {cell} {setting}";
            problem.Forward(isa);
            problem.CheckForward(what);
            problem.BackwardAndCheck(isa, what);
        }
    }

    [Test]
    public void Operands_are_not_read_beyond_their_ends(
        [ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [Values(Cell.Lstm, Cell.Gru, Cell.TanhRnn)] Cell cell, [Values] bool reverse)
    {
        foreach (RecurrentSetting setting in RecurrentSetting.All(reverse, 17))
        {
            if (setting.Scan.Batch == 33) continue;
            using RecurrentProblem problem = New(cell, setting, protect: true);
            problem.Forward(isa);
            problem.Backward(isa);
        }
    }

    [Test]
    public void The_number_of_threads_changes_no_bit(
        [ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [Values] Cell cell, [Values(37, 150)] int units)
    {
        int before = WorkerPool.Threads;
        try
        {
            float[]? states = null, gradients = null;
            foreach (int threads in (int[])[1, 2, 3])
            {
                WorkerPool.Threads = threads;
                using RecurrentProblem problem = New(cell, RecurrentSetting.Of(11, 43, units, reverse: false, 3));
                problem.Forward(isa);
                states ??= problem.Hidden().ToArray();
                problem.Hidden().SequenceEqual(states).ShouldBeTrue($"{threads} threads");
                problem.Backward(isa);
                gradients ??= problem.Gradients();
                problem.Gradients().AsSpan().SequenceEqual(gradients).ShouldBeTrue($"{threads} threads");
            }
        }
        finally
        {
            WorkerPool.Threads = before;
        }
    }

    [Test]
    public void A_call_allocates_nothing([ValueSource(typeof(Forms), nameof(Forms.All))] Isa isa, [Values] Cell cell)
    {
        using RecurrentProblem problem = New(cell, RecurrentSetting.Of(3, 20, 40, reverse: false, 4));
        Allocations.Of(() =>
        {
            problem.Forward(isa);
            problem.Backward(isa);
        }).ShouldBe(0);
    }

    [Test]
    public void A_sample_of_length_zero_keeps_its_initial_state()
    {
        float[] initial = [0.5f, -0.25f];
        var hidden = new float[4 * 2];
        RecurrentKernels.RnnForward<Tanh>(new float[3 * 2], new float[4], default, initial, (int[])[0], hidden, 3, 1, 2, reverse: false);
        hidden.ShouldBe([0.5f, -0.25f, 0.5f, -0.25f, 0.5f, -0.25f, 0.5f, -0.25f]);
    }

    [Test]
    public void A_span_that_is_too_short_is_refused()
    {
        ArgumentException error = Should.Throw<ArgumentException>(
            () => RecurrentKernels.LstmForward(new float[23], new float[16], default, default, default, default, new float[8], new float[8], 3, 1, 2, false));
        error.ParamName.ShouldBe("gates");
        error.Message.ShouldContain("[3, 1, 8]");
        error.Message.ShouldContain("23");

        Should.Throw<ArgumentException>(() => RecurrentKernels.GruForward(
            new float[18], new float[11], default, default, default, new float[6], new float[8], 3, 1, 2, false)).ParamName.ShouldBe("recurrentKernel");
        Should.Throw<ArgumentException>(() => RecurrentKernels.GruForward(
            new float[18], new float[12], new float[5], default, default, new float[6], new float[8], 3, 1, 2, false)).ParamName.ShouldBe("recurrentBias");
        Should.Throw<ArgumentException>(() => RecurrentKernels.RnnForward<Tanh>(
            new float[12], new float[4], default, default, (int[])[3], new float[16], 3, 2, 2, false)).ParamName.ShouldBe("lengths");
        Should.Throw<ArgumentOutOfRangeException>(() => RecurrentKernels.RnnBackward<Tanh>(
            default, default, new float[8], new float[4], default, new float[6], default, 3, 1, 2, -1, false)).ParamName.ShouldBe("truncate");
        Should.Throw<ArgumentOutOfRangeException>(() => RecurrentKernels.RnnForward<Tanh>(
            default, default, default, default, default, default, -1, 1, 2, false)).ParamName.ShouldBe("time");
    }

    [Test]
    public void A_function_whose_derivative_needs_its_input_is_refused() =>
        Should.Throw<NotSupportedException>(() => RecurrentKernels.RnnForward<Gelu>(
            default, default, default, default, default, default, 0, 0, 0, false)).Message.ShouldContain("Gelu");

    private static RecurrentProblem New(Cell cell, RecurrentSetting setting, bool protect = false) => cell switch
    {
        Cell.Lstm => new LstmProblem(setting, protect),
        Cell.Gru => new GruProblem(setting, protect),
        Cell.TanhRnn => new RnnProblem<Tanh>(setting, y => 1 - (y * y), protect),
        _ => new RnnProblem<Relu>(setting, y => y > 0 ? 1 : 0, protect),
    };
}
