using FastNets.Backends;
using FastNets.Cuda.Backend;
using FastNets.Cuda.Kernels;
using FastNets.Engine.Cuda.Tests.Harness;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Cuda.Tests.Operations;

/// <summary>LSTM, forward and backward, in each form of its kernels.</summary>
public sealed class LstmTests
{
    private static IEnumerable<RecurrentUnits> Units => RecurrentUnits.All(LstmKernelSet.Forward, LstmKernelSet.Backward);

    [TestCaseSource(nameof(Units))]
    public void As_on_the_processor(RecurrentUnits units)
    {
        foreach (RecurrentCase settings in units.Cases)
        {
            using var pair = new BackendPair();
            (Places places, RecurrentForm forward, RecurrentForm backward) = Prepare(pair, settings, units);
            pair.Run(new Forward(places, settings, forward));
            pair.Run(new Backward(places, settings, backward), 2e-5);
        }
    }

    // How many samples a block has depends on the GPU; what is computed must not.
    [Test]
    public void The_same_bits_in_blocks_of_one_and_of_four([Values(5, 33, 100)] int units)
    {
        RecurrentCase settings = RecurrentCase.All(units).ElementAt(1);
        Results(settings, RecurrentForm.Four).ShouldBe(Results(settings, RecurrentForm.One));
        if (units <= 32) Results(settings, RecurrentForm.Small).ShouldBe(Results(settings, RecurrentForm.One));
    }

    private static float[] Results(RecurrentCase settings, RecurrentForm form)
    {
        using var pair = new BackendPair();
        (Places places, RecurrentForm forward, RecurrentForm backward) = Prepare(pair, settings, new RecurrentUnits(settings.Units, form.ToString()));
        pair.RunOnGpu(new Forward(places, settings, forward));
        pair.RunOnGpu(new Backward(places, settings, backward));
        return
        [
            .. pair.Cuda(places.Gates), .. pair.Cuda(places.Hidden), .. pair.Cuda(places.Cell), .. pair.Cuda(places.DInitialHidden), .. pair.Cuda(places.DInitialCell),
        ];
    }

    private static (Places Places, RecurrentForm Forward, RecurrentForm Backward) Prepare(BackendPair pair, RecurrentCase settings, RecurrentUnits units) => (
        new Places(
            settings.Inputs(pair, 4), settings.Kernel(pair, 4), settings.Bias(pair, 4), settings.Initial(pair, "initial h"), settings.Initial(pair, "initial c"),
            settings.Lengths(pair), settings.States(pair, "h"), settings.States(pair, "c"), settings.DHidden(pair), settings.DLast(pair, "gradient of the last h"),
            settings.DLast(pair, "gradient of the last c"), settings.DInitial(pair, "gradient of the initial h"),
            settings.DInitial(pair, "gradient of the initial c")),
        units.FormOf(LstmKernelSet.Forward, pair, settings.Batch),
        units.FormOf(LstmKernelSet.Backward, pair, settings.Batch));

    private sealed record Places(
        Slot Gates, Slot Kernel, Slot Bias, Slot InitialHidden, Slot InitialCell, Slot Lengths, Slot Hidden, Slot Cell,
        Slot DHidden, Slot DLastHidden, Slot DLastCell, Slot DInitialHidden, Slot DInitialCell);

    private readonly record struct Forward(Places P, RecurrentCase S, RecurrentForm Form) : IOperation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend
        {
            if ((object)backend is CudaBackend cuda)
                cuda.LstmForward(P.Gates, P.Kernel, P.Bias, P.InitialHidden, P.InitialCell, P.Lengths, P.Hidden, P.Cell, S.Time, S.Batch, S.Units, S.Reverse, Form);
            else
                backend.LstmForward(P.Gates, P.Kernel, P.Bias, P.InitialHidden, P.InitialCell, P.Lengths, P.Hidden, P.Cell, S.Time, S.Batch, S.Units, S.Reverse);
        }
    }

    private readonly record struct Backward(Places P, RecurrentCase S, RecurrentForm Form) : IOperation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend
        {
            if ((object)backend is CudaBackend cuda)
            {
                cuda.LstmBackward(
                    P.DHidden, P.DLastHidden, P.DLastCell, P.Gates, P.Cell, P.Kernel, P.Lengths, P.DInitialHidden, P.DInitialCell,
                    S.Time, S.Batch, S.Units, S.Truncate, S.Reverse, Form);
            }
            else
            {
                backend.LstmBackward(
                    P.DHidden, P.DLastHidden, P.DLastCell, P.Gates, P.Cell, P.Kernel, P.Lengths, P.DInitialHidden, P.DInitialCell,
                    S.Time, S.Batch, S.Units, S.Truncate, S.Reverse);
            }
        }
    }
}
