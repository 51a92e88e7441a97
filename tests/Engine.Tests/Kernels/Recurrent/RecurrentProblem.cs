using System.Runtime.InteropServices;
using FastNets.Kernels;
using FastNets.Tests.Shared.Reference;

namespace FastNets.Engine.Tests.Kernels.Recurrent;

/// <summary>The operands of one recurrent layer in guarded or protected memory, and what its passes should leave there.</summary>
internal abstract class RecurrentProblem : IDisposable
{
    private readonly List<GuardedFloats> _guarded = [];
    private readonly List<ProtectedFloats> _protected = [];
    private readonly bool _protect;

    protected RecurrentProblem(RecurrentSetting setting, int gates, bool protect)
    {
        _protect = protect;
        Setting = setting;
        ReferenceRecurrent scan = setting.Scan;
        int steps = scan.Time * scan.Batch;
        XValues = Forms.Normal(steps * gates * scan.Units, 1);
        // What lies beyond a sample's end must not matter.
        for (int step = 0; step < scan.Time; step++)
        {
            for (int b = 0; b < scan.Batch; b++)
            {
                if (scan.IsOver(step, b)) XValues.AsSpan(scan.Row(step, b, gates * scan.Units), gates * scan.Units).Fill(float.NaN);
            }
        }

        KernelValues = Forms.Normal(scan.Units * gates * scan.Units, 2, 0.8f / MathF.Sqrt(scan.Units));
        BiasValues = setting.Bias ? Forms.Normal(gates * scan.Units, 3) : null;
        InitialHiddenValues = setting.Initial ? Forms.Normal(scan.StateSize, 4) : null;
        DHiddenValues = setting.DHidden ? Forms.Normal(steps * scan.Units, 5) : null;
        DLastValues = setting.DLast ? Forms.Normal(scan.StateSize, 6) : null;
        X = New(XValues);
        Kernel = New(KernelValues);
        Bias = New(BiasValues);
        InitialHidden = New(InitialHiddenValues);
        Lengths = New(scan.Lengths is null ? null : MemoryMarshal.Cast<int, float>(scan.Lengths).ToArray());
        Hidden = New(scan.StatesSize);
        DHidden = New(DHiddenValues);
        DLast = New(DLastValues);
        DInitialHidden = New(setting.DInitial ? scan.StateSize : 0);
    }

    public delegate Span<float> Memory();

    public Memory Hidden { get; }

    public Memory DInitialHidden { get; }

    protected RecurrentSetting Setting { get; }

    protected ReferenceRecurrent Scan => Setting.Scan;

    protected float[] XValues { get; }

    protected float[] KernelValues { get; }

    protected float[]? BiasValues { get; }

    protected float[]? InitialHiddenValues { get; }

    protected float[]? DHiddenValues { get; }

    protected float[]? DLastValues { get; }

    protected Memory X { get; }

    protected Memory Kernel { get; }

    protected Memory Bias { get; }

    protected Memory InitialHidden { get; }

    protected Memory Lengths { get; }

    protected Memory DHidden { get; }

    protected Memory DLast { get; }

    protected Span<int> LengthSpan => MemoryMarshal.Cast<float, int>(Lengths());

    public abstract void Forward(Isa isa);

    public abstract void CheckForward(string what);

    public abstract void Backward(Isa isa);

    /// <summary>Everything that the backward pass wrote.</summary>
    public abstract float[] Gradients();

    /// <summary>Runs the backward pass and compares it with the reference, which begins with what the forward pass left.</summary>
    public abstract void BackwardAndCheck(Isa isa, string what);

    public void Dispose()
    {
        foreach (ProtectedFloats floats in _protected) floats.Dispose();
    }

    protected static double[]? ToDouble(float[]? values) => values is null ? null : Forms.ToDouble(values);

    protected void CheckGuards(string what)
    {
        foreach (GuardedFloats floats in _guarded) floats.Check(what);
    }

    protected void CheckInitial(Memory actual, double[] expected, string what)
    {
        if (Setting.DInitial) Close.ShouldBeCloseTo(actual(), expected, 1e-4, 5e-5, $"initial state's gradient, {what}");
    }

    protected Memory New(int length)
    {
        var values = new float[length];
        values.AsSpan().Fill(float.NaN);
        return New(values);
    }

    protected Memory New(float[]? values)
    {
        values ??= [];
        if (_protect)
        {
            var protectedFloats = new ProtectedFloats(values);
            _protected.Add(protectedFloats);
            return () => protectedFloats.Span;
        }

        var guarded = new GuardedFloats(values);
        _guarded.Add(guarded);
        return () => guarded.Span;
    }
}
