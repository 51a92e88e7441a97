using FastNets.Backends;
using FastNets.Cuda.Backend;
using FastNets.Cuda.Kernels;
using FastNets.Engine.Cuda.Tests.Harness;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Cuda.Tests.Operations;

/// <summary>GRU, forward and backward, in each form of its kernels.</summary>
public sealed class GruTests
{
    private static IEnumerable<RecurrentUnits> Units => RecurrentUnits.All(GruKernelSet.Forward, GruKernelSet.Backward);

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
            .. pair.Cuda(places.Gates), .. pair.Cuda(places.DRecurrent), .. pair.Cuda(places.Hidden), .. pair.Cuda(places.Candidate), .. pair.Cuda(places.DInitialHidden),
        ];
    }

    private static (Places Places, RecurrentForm Forward, RecurrentForm Backward) Prepare(BackendPair pair, RecurrentCase settings, RecurrentUnits units) => (
        new Places(
            settings.Inputs(pair, 3), settings.Kernel(pair, 3), settings.Bias(pair, 3), settings.Initial(pair, "initial h"), settings.Lengths(pair),
            pair.Output(Arena.Activations, settings.Time * settings.Batch * settings.Units, "the state's share of n"), settings.States(pair, "h"),
            settings.DHidden(pair), settings.DLast(pair, "gradient of the last h"),
            pair.Output(Arena.Activations, settings.Time * settings.Batch * 3 * settings.Units, "gradient of the product"),
            settings.DInitial(pair, "gradient of the initial h")),
        units.FormOf(GruKernelSet.Forward, pair, settings.Batch),
        units.FormOf(GruKernelSet.Backward, pair, settings.Batch));

    private sealed record Places(
        Slot Gates, Slot Kernel, Slot Bias, Slot InitialHidden, Slot Lengths, Slot Candidate, Slot Hidden,
        Slot DHidden, Slot DLastHidden, Slot DRecurrent, Slot DInitialHidden);

    private readonly record struct Forward(Places P, RecurrentCase S, RecurrentForm Form) : IOperation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend
        {
            if ((object)backend is CudaBackend cuda)
                cuda.GruForward(P.Gates, P.Kernel, P.Bias, P.InitialHidden, P.Lengths, P.Candidate, P.Hidden, S.Time, S.Batch, S.Units, S.Reverse, Form);
            else
                backend.GruForward(P.Gates, P.Kernel, P.Bias, P.InitialHidden, P.Lengths, P.Candidate, P.Hidden, S.Time, S.Batch, S.Units, S.Reverse);
        }
    }

    private readonly record struct Backward(Places P, RecurrentCase S, RecurrentForm Form) : IOperation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend
        {
            if ((object)backend is CudaBackend cuda)
            {
                cuda.GruBackward(
                    P.DHidden, P.DLastHidden, P.Gates, P.Candidate, P.Hidden, P.Kernel, P.Lengths, P.DRecurrent, P.DInitialHidden,
                    S.Time, S.Batch, S.Units, S.Truncate, S.Reverse, Form);
            }
            else
            {
                backend.GruBackward(
                    P.DHidden, P.DLastHidden, P.Gates, P.Candidate, P.Hidden, P.Kernel, P.Lengths, P.DRecurrent, P.DInitialHidden,
                    S.Time, S.Batch, S.Units, S.Truncate, S.Reverse);
            }
        }
    }
}
