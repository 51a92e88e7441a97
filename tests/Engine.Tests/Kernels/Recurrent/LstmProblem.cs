using FastNets.Kernels;
using FastNets.Kernels.Recurrent;
using FastNets.Tests.Shared.Reference;

namespace FastNets.Engine.Tests.Kernels.Recurrent;

internal sealed class LstmProblem : RecurrentProblem
{
    private readonly float[]? _initialCellValues;
    private readonly float[]? _dLastCellValues;
    private readonly Memory _initialCell;
    private readonly Memory _dLastCell;
    private readonly Memory _dInitialCell;
    private readonly Memory _cell;

    public LstmProblem(RecurrentSetting setting, bool protect = false)
        : base(setting, 4, protect)
    {
        _initialCellValues = setting.Initial ? Forms.Normal(Scan.StateSize, 7) : null;
        _dLastCellValues = setting.DLast ? Forms.Normal(Scan.StateSize, 8) : null;
        _initialCell = New(_initialCellValues);
        _dLastCell = New(_dLastCellValues);
        _dInitialCell = New(setting.DInitial ? Scan.StateSize : 0);
        _cell = New(Scan.StatesSize);
    }

    public override void Forward(Isa isa) =>
        RecurrentKernels.LstmForward(
            X(), Kernel(), Bias(), InitialHidden(), _initialCell(), LengthSpan, Hidden(), _cell(), Scan.Time, Scan.Batch, Scan.Units, Scan.Reverse, isa);

    public override void CheckForward(string what)
    {
        CheckGuards(what);
        (double[] gates, double[] hidden, double[] cell) = ReferenceRecurrentLstm.Forward(
            Scan, Forms.ToDouble(XValues), Forms.ToDouble(KernelValues), ToDouble(BiasValues), ToDouble(InitialHiddenValues), ToDouble(_initialCellValues));
        Close.ShouldBeCloseTo(X(), gates, 1e-5, 1e-5, $"gates, {what}");
        Close.ShouldBeCloseTo(Hidden(), hidden, 1e-5, 1e-5, $"hidden, {what}");
        Close.ShouldBeCloseTo(_cell(), cell, 1e-5, 1e-5, $"cell, {what}");
    }

    public override void Backward(Isa isa) =>
        RecurrentKernels.LstmBackward(
            DHidden(), DLast(), _dLastCell(), X(), _cell(), Kernel(), LengthSpan, DInitialHidden(), _dInitialCell(),
            Scan.Time, Scan.Batch, Scan.Units, Scan.Truncate, Scan.Reverse, isa);

    public override float[] Gradients() => [.. X(), .. DInitialHidden(), .. _dInitialCell()];

    public override void BackwardAndCheck(Isa isa, string what)
    {
        (double[] dZ, double[] dInitialHidden, double[] dInitialCell) = ReferenceRecurrentLstm.Backward(
            Scan, ToDouble(DHiddenValues), ToDouble(DLastValues), ToDouble(_dLastCellValues), Forms.ToDouble(X()), Forms.ToDouble(_cell()), Forms.ToDouble(KernelValues));
        Backward(isa);
        CheckGuards(what);
        Close.ShouldBeCloseTo(X(), dZ, 1e-4, 5e-5, $"dZ, {what}");
        CheckInitial(DInitialHidden, dInitialHidden, what);
        CheckInitial(_dInitialCell, dInitialCell, what);
    }
}
