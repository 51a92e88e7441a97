using FastNets.Backends;
using FastNets.Cuda.Backend;
using FastNets.Cuda.Kernels;
using FastNets.Engine.Cuda.Tests.Harness;
using FastNets.Kernels.Pointwise;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Cuda.Tests.Operations;

/// <summary>The simple recurrent network, forward and backward, in each form of its kernels.</summary>
public sealed class RnnTests
{
    private static IEnumerable<RecurrentUnits> Units => RecurrentUnits.All(RnnKernelSet.Forward, RnnKernelSet.Backward);

    [TestCaseSource(nameof(Units))]
    public void As_on_the_processor(RecurrentUnits units)
    {
        foreach (RecurrentCase settings in units.Cases)
        {
            Run<Tanh>(settings, units, inPlace: settings.HasBias);
            if (settings.HasDLast) Run<Relu>(settings, units, inPlace: !settings.HasBias);
        }
    }

    [Test]
    public void Other_functions_take_the_steps_one_by_one()
    {
        var units = new RecurrentUnits(33, null);
        RecurrentCase settings = RecurrentCase.All(33).ElementAt(1);
        RunChosen<Sigmoid>(settings);
        RunChosen<Elu>(settings);
        RunChosen<Identity>(settings);
        using var pair = new BackendPair();
        (Places places, RecurrentForm forward, _) = Prepare(pair, settings, units, false);
        Should.Throw<NotSupportedException>(() => pair.RunOnGpu(new Forward<Gelu>(places, settings, forward))).Message.ShouldContain("Tanh or Relu");
    }

    // How many samples a block has depends on the GPU; what is computed must not.
    [Test]
    public void The_same_bits_in_blocks_of_one_and_of_four([Values(5, 33, 100)] int units)
    {
        RecurrentCase settings = RecurrentCase.All(units).ElementAt(1);
        Results(settings, RecurrentForm.Four).ShouldBe(Results(settings, RecurrentForm.One));
        if (units <= 32) Results(settings, RecurrentForm.Small).ShouldBe(Results(settings, RecurrentForm.One));
    }

    private static void Run<TActivation>(RecurrentCase settings, RecurrentUnits units, bool inPlace)
        where TActivation : struct, IActivation
    {
        using var pair = new BackendPair();
        (Places places, RecurrentForm forward, RecurrentForm backward) = Prepare(pair, settings, units, inPlace);
        pair.Run(new Forward<TActivation>(places, settings, forward));
        pair.Run(new Backward<TActivation>(places, settings, backward), 2e-5);
    }

    private static void RunChosen<TActivation>(RecurrentCase settings)
        where TActivation : struct, IActivation
    {
        using var pair = new BackendPair();
        (Places places, _, _) = Prepare(pair, settings, new RecurrentUnits(settings.Units, null), false);
        pair.Run(new Forward<TActivation>(places, settings, null));
        pair.Run(new Backward<TActivation>(places, settings, null), 2e-5);
    }

    private static float[] Results(RecurrentCase settings, RecurrentForm form)
    {
        using var pair = new BackendPair();
        (Places places, RecurrentForm forward, RecurrentForm backward) = Prepare(pair, settings, new RecurrentUnits(settings.Units, form.ToString()), false);
        pair.RunOnGpu(new Forward<Tanh>(places, settings, forward));
        pair.RunOnGpu(new Backward<Tanh>(places, settings, backward));
        return [.. pair.Cuda(places.Hidden), .. pair.Cuda(places.DZ), .. pair.Cuda(places.DInitialHidden)];
    }

    private static (Places Places, RecurrentForm Forward, RecurrentForm Backward) Prepare(BackendPair pair, RecurrentCase settings, RecurrentUnits units, bool inPlace)
    {
        Slot dHidden = settings.DHidden(pair);
        return (
            new Places(
                settings.Inputs(pair, 1), settings.Kernel(pair, 1), settings.Bias(pair, 1), settings.Initial(pair, "initial h"), settings.Lengths(pair), settings.States(pair, "h"),
                dHidden, settings.DLast(pair, "gradient of the last h"),
                inPlace && !dHidden.IsNone ? dHidden : pair.Output(Arena.Activations, settings.Time * settings.Batch * settings.Units, "gradient of the function's input"),
                settings.DInitial(pair, "gradient of the initial h")),
            units.FormOf(RnnKernelSet.Forward, pair, settings.Batch),
            units.FormOf(RnnKernelSet.Backward, pair, settings.Batch));
    }

    private sealed record Places(
        Slot Projection, Slot Kernel, Slot Bias, Slot InitialHidden, Slot Lengths, Slot Hidden, Slot DHidden, Slot DLastHidden, Slot DZ, Slot DInitialHidden);

    // Without a form the backend chooses.
    private readonly record struct Forward<TActivation>(Places P, RecurrentCase S, RecurrentForm? Form) : IOperation
        where TActivation : struct, IActivation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend
        {
            if (Form is { } form && (object)backend is CudaBackend cuda)
                cuda.RnnForward<TActivation>(P.Projection, P.Kernel, P.Bias, P.InitialHidden, P.Lengths, P.Hidden, S.Time, S.Batch, S.Units, S.Reverse, form);
            else
                backend.RnnForward<TActivation>(P.Projection, P.Kernel, P.Bias, P.InitialHidden, P.Lengths, P.Hidden, S.Time, S.Batch, S.Units, S.Reverse);
        }
    }

    private readonly record struct Backward<TActivation>(Places P, RecurrentCase S, RecurrentForm? Form) : IOperation
        where TActivation : struct, IActivation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend
        {
            if (Form is { } form && (object)backend is CudaBackend cuda)
            {
                cuda.RnnBackward<TActivation>(
                    P.DHidden, P.DLastHidden, P.Hidden, P.Kernel, P.Lengths, P.DZ, P.DInitialHidden,
                    S.Time, S.Batch, S.Units, S.Truncate, S.Reverse, form);
            }
            else
            {
                backend.RnnBackward<TActivation>(
                    P.DHidden, P.DLastHidden, P.Hidden, P.Kernel, P.Lengths, P.DZ, P.DInitialHidden,
                    S.Time, S.Batch, S.Units, S.Truncate, S.Reverse);
            }
        }
    }
}
