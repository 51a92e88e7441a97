using System.Runtime.CompilerServices;
using FastNets.Kernels.Lanes;

namespace FastNets.Kernels.Optimizers;

/// <summary>What happens to a few parameters at a time; written for all register widths.</summary>
internal interface IUpdateRule
{
    /// <summary>Whether no parameter changes and only the penalties are wanted.</summary>
    static abstract bool OnlyPenalty { get; }

    /// <summary>The new parameters.</summary>
    /// <param name="w">The old ones.</param>
    /// <param name="penalty">The penalties' gradient.</param>
    /// <param name="offset">Where they lie in the buffers.</param>
    /// <param name="count">How many there are, up to all lanes.</param>
    T Step<T>(T w, T penalty, int offset, int count)
        where T : struct, ILanes<T>;
}

/// <summary>Changes nothing.</summary>
internal readonly struct NoRule : IUpdateRule
{
    public static bool OnlyPenalty => true;

    public T Step<T>(T w, T penalty, int offset, int count)
        where T : struct, ILanes<T> => w;
}

/// <summary>Stochastic gradient descent.</summary>
internal readonly unsafe struct SgdRule(float* gradients, float* velocity, SgdStep step) : IUpdateRule
{
    private readonly float* _gradients = gradients;
    private readonly float* _velocity = velocity;
    private readonly SgdStep _step = step;

    public static bool OnlyPenalty => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T>(T w, T penalty, int offset, int count)
        where T : struct, ILanes<T>
    {
        bool all = count == T.Count;
        float* pg = _gradients + offset;
        T g = (all ? T.Load(pg) : T.LoadFirst(pg, count)) + penalty;
        g = T.MultiplyAdd(T.Create(_step.WeightDecay), w, g);
        if (_step.Momentum != 0)
        {
            T momentum = T.Create(_step.Momentum);
            float* pv = _velocity + offset;
            T v = g;
            if (!_step.First)
            {
                T old = all ? T.Load(pv) : T.LoadFirst(pv, count);
                v = T.MultiplyAdd(momentum, old, T.Create(1f - _step.Dampening) * g);
            }

            if (all) v.Store(pv);
            else v.StoreFirst(pv, count);
            g = _step.Nesterov ? T.MultiplyAdd(momentum, v, g) : v;
        }

        return T.MultiplySubtractFrom(T.Create(_step.LearningRate), g, w);
    }
}

/// <summary>Adam and AdamW.</summary>
internal readonly unsafe struct AdamRule(float* gradients, float* first, float* second, AdamStep step) : IUpdateRule
{
    private readonly float* _gradients = gradients;
    private readonly float* _first = first;
    private readonly float* _second = second;
    private readonly AdamStep _step = step;

    public static bool OnlyPenalty => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T>(T w, T penalty, int offset, int count)
        where T : struct, ILanes<T>
    {
        bool all = count == T.Count;
        float* pg = _gradients + offset;
        float* pm = _first + offset;
        float* pv = _second + offset;
        T g = (all ? T.Load(pg) : T.LoadFirst(pg, count)) + penalty;
        if (_step.Decoupled) w = T.MultiplySubtractFrom(T.Create(_step.LearningRate * _step.WeightDecay), w, w);
        else g = T.MultiplyAdd(T.Create(_step.WeightDecay), w, g);
        T m = T.MultiplyAdd(T.Create(1f - _step.Beta1), g, T.Create(_step.Beta1) * (all ? T.Load(pm) : T.LoadFirst(pm, count)));
        T v = T.MultiplyAdd(T.Create(1f - _step.Beta2) * g, g, T.Create(_step.Beta2) * (all ? T.Load(pv) : T.LoadFirst(pv, count)));
        if (all)
        {
            m.Store(pm);
            v.Store(pv);
        }
        else
        {
            m.StoreFirst(pm, count);
            v.StoreFirst(pv, count);
        }

        T deviation = T.Sqrt(v * T.Create(_step.Correction2)) + T.Create(_step.Epsilon);
        return w - (m * T.Create(_step.LearningRate * _step.Correction1) / deviation);
    }
}
