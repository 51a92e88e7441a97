using FastNets.Kernels;
using FastNets.Kernels.Pointwise;
using FastNets.Kernels.Recurrent;
using FastNets.Tests.Shared.Reference;

namespace FastNets.Engine.Tests.Kernels.Recurrent;

internal sealed class RnnProblem<TActivation> : RecurrentProblem
    where TActivation : struct, IActivation
{
    // The derivative by the output, in double precision and not by the code under test.
    private readonly Func<double, double> _slope;
    private readonly Memory _dZ;

    public RnnProblem(RecurrentSetting setting, Func<double, double> slope, bool protect = false)
        : base(setting, 1, protect)
    {
        _slope = slope;
        _dZ = New(Scan.Time * Scan.StateSize);
    }

    public override void Forward(Isa isa) =>
        RecurrentKernels.RnnForward<TActivation>(
            X(), Kernel(), Bias(), InitialHidden(), LengthSpan, Hidden(), Scan.Time, Scan.Batch, Scan.Units, Scan.Reverse, isa);

    public override void CheckForward(string what)
    {
        CheckGuards(what);
        double[] hidden = ReferenceRecurrentRnn.Forward(
            Scan, Forms.ToDouble(XValues), Forms.ToDouble(KernelValues), ToDouble(BiasValues), ToDouble(InitialHiddenValues), x => ReferenceActivations.Forward(typeof(TActivation).Name, x));
        Close.ShouldBeCloseTo(Hidden(), hidden, 1e-5, 1e-5, $"hidden, {what}");
        // The input's share stays as it is.
        Close.ShouldBeCloseTo(X(), Forms.ToDouble(XValues), 0, 0, $"projection, {what}");
    }

    public override void Backward(Isa isa) =>
        RecurrentKernels.RnnBackward<TActivation>(
            DHidden(), DLast(), Hidden(), Kernel(), LengthSpan, _dZ(), DInitialHidden(), Scan.Time, Scan.Batch, Scan.Units, Scan.Truncate, Scan.Reverse, isa);

    public override float[] Gradients() => [.. _dZ(), .. DInitialHidden()];

    public override void BackwardAndCheck(Isa isa, string what)
    {
        (double[] dZ, double[] dInitialHidden) = ReferenceRecurrentRnn.Backward(
            Scan, ToDouble(DHiddenValues), ToDouble(DLastValues), Forms.ToDouble(Hidden()), Forms.ToDouble(KernelValues), _slope);
        Backward(isa);
        CheckGuards(what);
        Close.ShouldBeCloseTo(_dZ(), dZ, 1e-4, 5e-5, $"dZ, {what}");
        CheckInitial(DInitialHidden, dInitialHidden, what);
        if (!Setting.DHidden) return;

        // In the place of the layer's gradient too, the same bits.
        float[] gradients = Gradients(), inPlace = [.. DHidden()];
        RecurrentKernels.RnnBackward<TActivation>(
            inPlace, DLast(), Hidden(), Kernel(), LengthSpan, inPlace, DInitialHidden(), Scan.Time, Scan.Batch, Scan.Units, Scan.Truncate, Scan.Reverse, isa);
        if (!inPlace.AsSpan().SequenceEqual(gradients.AsSpan(0, inPlace.Length))) NUnit.Framework.Assert.Fail($"in place, {what}");
    }
}
