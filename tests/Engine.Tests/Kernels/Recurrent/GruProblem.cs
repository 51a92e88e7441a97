using FastNets.Kernels;
using FastNets.Kernels.Recurrent;
using FastNets.Tests.Shared.Reference;

namespace FastNets.Engine.Tests.Kernels.Recurrent;

internal sealed class GruProblem : RecurrentProblem
{
    private readonly Memory _candidate;
    private readonly Memory _dRecurrent;

    public GruProblem(RecurrentSetting setting, bool protect = false)
        : base(setting, 3, protect)
    {
        _candidate = New(Scan.Time * Scan.StateSize);
        _dRecurrent = New(Scan.Time * Scan.StateSize * 3);
    }

    public override void Forward(Isa isa) =>
        RecurrentKernels.GruForward(
            X(), Kernel(), Bias(), InitialHidden(), LengthSpan, _candidate(), Hidden(), Scan.Time, Scan.Batch, Scan.Units, Scan.Reverse, isa);

    public override void CheckForward(string what)
    {
        CheckGuards(what);
        (double[] gates, double[] candidate, double[] hidden) = ReferenceRecurrentGru.Forward(
            Scan, Forms.ToDouble(XValues), Forms.ToDouble(KernelValues), ToDouble(BiasValues), ToDouble(InitialHiddenValues));
        Close.ShouldBeCloseTo(X(), gates, 1e-5, 1e-5, $"gates, {what}");
        Close.ShouldBeCloseTo(_candidate(), candidate, 1e-5, 1e-5, $"candidate, {what}");
        Close.ShouldBeCloseTo(Hidden(), hidden, 1e-5, 1e-5, $"hidden, {what}");
    }

    public override void Backward(Isa isa) =>
        RecurrentKernels.GruBackward(
            DHidden(), DLast(), X(), _candidate(), Hidden(), Kernel(), LengthSpan, _dRecurrent(), DInitialHidden(),
            Scan.Time, Scan.Batch, Scan.Units, Scan.Truncate, Scan.Reverse, isa);

    public override float[] Gradients() => [.. X(), .. _dRecurrent(), .. DInitialHidden()];

    public override void BackwardAndCheck(Isa isa, string what)
    {
        (double[] dZ, double[] dRecurrent, double[] dInitialHidden) = ReferenceRecurrentGru.Backward(
            Scan, ToDouble(DHiddenValues), ToDouble(DLastValues), Forms.ToDouble(X()), Forms.ToDouble(_candidate()), Forms.ToDouble(Hidden()), Forms.ToDouble(KernelValues));
        Backward(isa);
        CheckGuards(what);
        Close.ShouldBeCloseTo(X(), dZ, 1e-4, 5e-5, $"dZ, {what}");
        Close.ShouldBeCloseTo(_dRecurrent(), dRecurrent, 1e-4, 5e-5, $"dRecurrent, {what}");
        CheckInitial(DInitialHidden, dInitialHidden, what);
    }
}
