using System.Runtime.CompilerServices;
using FastNets.Kernels.Lanes;

namespace FastNets.Kernels.Optimizers;

/// <summary>What happens to a few parameters at a time; written for all register widths.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
internal interface IUpdateRule<TSelf>
    where TSelf : struct, IUpdateRule<TSelf>
{
    /// <summary>Whether no parameter changes and only the penalties are wanted.</summary>
    static abstract bool OnlyPenalty { get; }

    /// <summary>The rule with a segment's factors in its settings.</summary>
    TSelf For(UpdateSegment segment);

    /// <summary>The new parameters.</summary>
    /// <param name="w">The old ones.</param>
    /// <param name="g">The gradient, penalties and clipping included.</param>
    /// <param name="offset">Where they lie in the buffers.</param>
    /// <param name="count">How many there are, up to all lanes.</param>
    T Step<T>(T w, T g, int offset, int count)
        where T : struct, ILanes<T>;
}

/// <summary>Changes nothing.</summary>
internal readonly struct NoRule : IUpdateRule<NoRule>
{
    public static bool OnlyPenalty => true;

    public NoRule For(UpdateSegment segment) => this;

    public T Step<T>(T w, T g, int offset, int count)
        where T : struct, ILanes<T> => w;
}

/// <summary>Stochastic gradient descent.</summary>
internal readonly unsafe struct SgdRule(float* velocity, SgdStep step) : IUpdateRule<SgdRule>
{
    private readonly float* _velocity = velocity;
    private readonly SgdStep _step = step;

    public static bool OnlyPenalty => false;

    public SgdRule For(UpdateSegment segment)
        => new(_velocity, _step with { LearningRate = _step.LearningRate * segment.RateFactor, WeightDecay = _step.WeightDecay * segment.DecayFactor });

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T>(T w, T g, int offset, int count)
        where T : struct, ILanes<T>
    {
        bool all = count == T.Count;
        if (_step.Decoupled) w = T.MultiplySubtractFrom(T.Create(_step.LearningRate * _step.WeightDecay), w, w);
        else g = T.MultiplyAdd(T.Create(_step.WeightDecay), w, g);
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

/// <summary>Adam, AdamW and AMSGrad.</summary>
internal readonly unsafe struct AdamRule(float* first, float* second, float* largest, AdamStep step) : IUpdateRule<AdamRule>
{
    private readonly float* _first = first;
    private readonly float* _second = second;
    private readonly float* _largest = largest;
    private readonly AdamStep _step = step;

    public static bool OnlyPenalty => false;

    public AdamRule For(UpdateSegment segment)
        => new(_first, _second, _largest, _step with { LearningRate = _step.LearningRate * segment.RateFactor, WeightDecay = _step.WeightDecay * segment.DecayFactor });

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T>(T w, T g, int offset, int count)
        where T : struct, ILanes<T>
    {
        bool all = count == T.Count;
        float* pm = _first + offset;
        float* pv = _second + offset;
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

        if (_step.AmsGrad)
        {
            float* pl = _largest + offset;

            // v second: a gradient that is no number must not be hidden.
            v = T.Max(all ? T.Load(pl) : T.LoadFirst(pl, count), v);
            if (all) v.Store(pl);
            else v.StoreFirst(pl, count);
        }

        T deviation = T.Sqrt(v * T.Create(_step.Correction2)) + T.Create(_step.Epsilon);
        return w - (m * T.Create(_step.LearningRate * _step.Correction1) / deviation);
    }
}

/// <summary>RMSprop.</summary>
internal readonly unsafe struct RmsPropRule(float* squares, float* velocity, float* means, RmsPropStep step) : IUpdateRule<RmsPropRule>
{
    private readonly float* _squares = squares;
    private readonly float* _velocity = velocity;
    private readonly float* _means = means;
    private readonly RmsPropStep _step = step;

    public static bool OnlyPenalty => false;

    public RmsPropRule For(UpdateSegment segment)
        => new(_squares, _velocity, _means, _step with { LearningRate = _step.LearningRate * segment.RateFactor, WeightDecay = _step.WeightDecay * segment.DecayFactor });

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T>(T w, T g, int offset, int count)
        where T : struct, ILanes<T>
    {
        bool all = count == T.Count;
        T alpha = T.Create(_step.Alpha);
        T rest = T.Create(1f - _step.Alpha);
        g = T.MultiplyAdd(T.Create(_step.WeightDecay), w, g);
        float* ps = _squares + offset;
        T s = T.MultiplyAdd(rest * g, g, alpha * (all ? T.Load(ps) : T.LoadFirst(ps, count)));
        if (all) s.Store(ps);
        else s.StoreFirst(ps, count);
        if (_step.Centered)
        {
            float* pa = _means + offset;
            T a = T.MultiplyAdd(rest, g, alpha * (all ? T.Load(pa) : T.LoadFirst(pa, count)));
            if (all) a.Store(pa);
            else a.StoreFirst(pa, count);

            // The variance second: a gradient that is no number must not be hidden.
            s = T.Max(T.Create(0f), T.MultiplySubtractFrom(a, a, s));
        }

        T d = g / (T.Sqrt(s) + T.Create(_step.Epsilon));
        if (_step.Momentum != 0)
        {
            float* pb = _velocity + offset;
            d = T.MultiplyAdd(T.Create(_step.Momentum), all ? T.Load(pb) : T.LoadFirst(pb, count), d);
            if (all) d.Store(pb);
            else d.StoreFirst(pb, count);
        }

        return T.MultiplySubtractFrom(T.Create(_step.LearningRate), d, w);
    }
}
