// Updates: one pass over the parameters, with penalties and clipping. Segments of parameters are cut into chunks, a block each; what chunks
// add up to, the last block adds up.
#include "common/last_block.cuh"
#include "common/teams.cuh"

// Elements of a chunk: SegmentTables has it too.
#define FN_CHUNK 2048

// A run of parameters that are updated alike.
struct FnSegment
{
    int offset;
    int length;
    int chunk; // its first one
    float l1;
    float l2;
    float rate;  // what the learning rate is multiplied by
    float decay; // what the weight decay is multiplied by
    float scale; // what gradients are multiplied by where their norm is not limited
    float limit; // of an element of the gradient
};

// A step's settings, laid out as the engine's SgdStep, AdamStep and RmsPropStep.
struct FnSgdStep
{
    float learning_rate;
    float momentum;
    float dampening;
    bool nesterov;
    float weight_decay;
    bool first;
    bool decoupled;
};

struct FnAdamStep
{
    float learning_rate;
    float beta1;
    float beta2;
    float epsilon;
    float correction1;
    float correction2;
    float weight_decay;
    bool decoupled;
    bool ams_grad;
};

struct FnRmsPropStep
{
    float learning_rate;
    float alpha;
    float epsilon;
    float weight_decay;
    float momentum;
    bool centered;
};

// An element of the state: of each buffer that the rule has.
struct FnMoments
{
    float first;
    float second;
    float third;
};

// Whether a step reads and writes a buffer of the state: 0 the velocity.
FN_DEVICE bool fn_uses(const FnSgdStep& s, int) { return s.momentum != 0.0f; }

FN_DEVICE float fn_move(const FnSgdStep& s, float w, float g, FnMoments* m)
{
    if (s.decoupled) w = fn_fma(-(s.learning_rate * s.weight_decay), w, w);
    else g = fn_fma(s.weight_decay, w, g);
    if (s.momentum != 0.0f)
    {
        const float v = s.first ? g : fn_fma(s.momentum, m->first, (1.0f - s.dampening) * g);
        m->first = v;
        g = s.nesterov ? fn_fma(s.momentum, v, g) : v;
    }

    return fn_fma(-s.learning_rate, g, w);
}

// 0 the first moment, 1 the second, 2 the largest second one.
FN_DEVICE bool fn_uses(const FnAdamStep& s, int buffer) { return buffer < 2 || s.ams_grad; }

FN_DEVICE float fn_move(const FnAdamStep& s, float w, float g, FnMoments* m)
{
    if (s.decoupled) w = fn_fma(-(s.learning_rate * s.weight_decay), w, w);
    else g = fn_fma(s.weight_decay, w, g);
    m->first = fn_fma(1.0f - s.beta1, g, s.beta1 * m->first);
    float v = fn_fma((1.0f - s.beta2) * g, g, s.beta2 * m->second);
    m->second = v;
    if (s.ams_grad)
    {
        // A gradient that is no number must not be hidden.
        v = fn_at_least(v, m->third);
        m->third = v;
    }

    const float deviation = fn_sqrt(v * s.correction2) + s.epsilon;
    return w - fn_divide(m->first * (s.learning_rate * s.correction1), deviation);
}

// 0 the mean of squares, 1 the velocity, 2 the mean.
FN_DEVICE bool fn_uses(const FnRmsPropStep& s, int buffer) { return buffer == 0 || (buffer == 1 ? s.momentum != 0.0f : s.centered); }

FN_DEVICE float fn_move(const FnRmsPropStep& s, float w, float g, FnMoments* m)
{
    const float rest = 1.0f - s.alpha;
    g = fn_fma(s.weight_decay, w, g);
    float v = fn_fma(rest * g, g, s.alpha * m->first);
    m->first = v;
    if (s.centered)
    {
        const float mean = fn_fma(rest, g, s.alpha * m->third);
        m->third = mean;
        v = fn_at_least(fn_fma(-mean, mean, v), 0.0f);
    }

    float d = fn_divide(g, fn_sqrt(v) + s.epsilon);
    if (s.momentum != 0.0f)
    {
        d = fn_fma(s.momentum, m->second, d);
        m->second = d;
    }

    return fn_fma(-s.learning_rate, d, w);
}

// L1 sign(w) + 2 L2 w, with sign(0) = 0.
FN_DEVICE float fn_penalty_slope(const FnSegment& s, float w)
{
    return fn_fma(2.0f * s.l2, w, fn_abs(w) > 0.0f ? fn_copy_sign(s.l1, w) : 0.0f);
}

FN_DEVICE bool fn_is_penalised(const FnSegment& s) { return s.l1 != 0.0f || s.l2 != 0.0f; }

// The segment that a chunk belongs to.
FN_DEVICE int fn_segment_of(const FnSegment* segments, int count, int chunk)
{
    int low = 0, high = count;
    while (high - low > 1)
    {
        const int middle = (low + high) >> 1;
        if (segments[middle].chunk <= chunk) low = middle;
        else high = middle;
    }

    return low;
}

struct FnChunk
{
    int offset; // in the buffers
    int count;
};

FN_DEVICE FnChunk fn_chunk_of(const FnSegment& s, int chunk)
{
    const int start = (chunk - s.chunk) * FN_CHUNK;
    return FnChunk{s.offset + start, fn_min(FN_CHUNK, s.length - start)};
}

FN_DEVICE bool fn_is_aligned(const float* p) { return ((fn_u64)p & 15) == 0; }
FN_DEVICE FnFloat4 fn_load4(const float* p) { return *(const FnFloat4*)p; }
FN_DEVICE void fn_store4(float* p, const FnFloat4& v) { *(FnFloat4*)p = v; }

struct FnUpdateArgs
{
    const FnSegment* segments;
    const void* step;     // the step's settings
    const float* norm;    // [1]: where it is infinite nothing moves; or null
    const float* factors; // [segments]: the scales in place of the segments' own; or null
    float* parameters;
    const float* gradients;
    float* first; // the state's buffers, or null
    float* second;
    float* third;
    float* penalty;   // [1]
    double* partials; // [chunks]
    unsigned* counter;
    int count; // of segments
    int penalised; // whether any segment is
};

// What an update does to each gradient before the rule, and what it adds up of the parameters.
struct FnChange
{
    FnSegment segment;
    bool any;
    float absolute;
    float squares;
};

FN_DEVICE float fn_change(FnChange* c, float w, float g)
{
    if (!c->any) return g;
    c->absolute += fn_abs(w);
    c->squares = fn_fma(w, w, c->squares);
    // One that is no number must not become the limit.
    g = (g + fn_penalty_slope(c->segment, w)) * c->segment.scale;
    return fn_at_least(fn_at_most(g, c->segment.limit), -c->segment.limit);
}

// The sum of all chunks' penalties, by the last block; where there are none, 0.
FN_DEVICE void fn_finish_penalty(const FnUpdateArgs& a, const FnChange& change, double* scratch, int* flag)
{
    if (!a.penalised)
    {
        if (FN_BLOCK_X == 0 && FN_THREAD == 0) *a.penalty = 0.0f;
        return;
    }

    double penalty = 0.0;
    if (fn_is_penalised(change.segment))
    {
        penalty = (double)change.segment.l1 * (double)change.absolute + (double)change.segment.l2 * (double)change.squares;
        penalty = fn_block_sum(penalty, scratch);
    }

    if (FN_THREAD == 0) a.partials[FN_BLOCK_X] = penalty;
    if (!fn_is_last_block(a.counter, flag)) return;
    penalty = fn_sum_parts(a.partials, FN_BLOCKS_X, scratch);
    if (FN_THREAD == 0) *a.penalty = (float)penalty;
}

// A chunk whose parameters stay what they are.
FN_DEVICE void fn_only_penalty(const FnUpdateArgs& a, FnChange* change, const FnChunk& chunk)
{
    if (!fn_is_penalised(change->segment)) return;
    for (int i = FN_THREAD; i < chunk.count; i += FN_THREADS)
    {
        const float w = a.parameters[chunk.offset + i];
        change->absolute += fn_abs(w);
        change->squares = fn_fma(w, w, change->squares);
    }
}

template <class Step> FN_DEVICE void fn_update_chunk(const FnUpdateArgs& a, FnChange* change, const FnChunk& chunk)
{
    Step step = *(const Step*)a.step;
    step.learning_rate *= change->segment.rate;
    step.weight_decay *= change->segment.decay;
    float* w = a.parameters + chunk.offset;
    const float* g = a.gradients + chunk.offset;
    float* first = a.first && fn_uses(step, 0) ? a.first + chunk.offset : nullptr;
    float* second = a.second && fn_uses(step, 1) ? a.second + chunk.offset : nullptr;
    float* third = a.third && fn_uses(step, 2) ? a.third + chunk.offset : nullptr;
    const bool aligned = fn_is_aligned(w) && fn_is_aligned(g) && fn_is_aligned(first) && fn_is_aligned(second) && fn_is_aligned(third);
    const int fours = aligned ? chunk.count & ~3 : 0;
    FN_NO_UNROLL
    for (int i = FN_THREAD * 4; i < fours; i += FN_THREADS * 4)
    {
        const FnFloat4 none = {0.0f, 0.0f, 0.0f, 0.0f};
        FnFloat4 w4 = fn_load4(w + i);
        const FnFloat4 g4 = fn_load4(g + i);
        const FnFloat4 a4 = first ? fn_load4(first + i) : none;
        const FnFloat4 b4 = second ? fn_load4(second + i) : none;
        const FnFloat4 c4 = third ? fn_load4(third + i) : none;
        FnMoments x = {a4.x, b4.x, c4.x}, y = {a4.y, b4.y, c4.y}, z = {a4.z, b4.z, c4.z}, v = {a4.w, b4.w, c4.w};
        w4.x = fn_move(step, w4.x, fn_change(change, w4.x, g4.x), &x);
        w4.y = fn_move(step, w4.y, fn_change(change, w4.y, g4.y), &y);
        w4.z = fn_move(step, w4.z, fn_change(change, w4.z, g4.z), &z);
        w4.w = fn_move(step, w4.w, fn_change(change, w4.w, g4.w), &v);
        fn_store4(w + i, w4);
        if (first) fn_store4(first + i, FnFloat4{x.first, y.first, z.first, v.first});
        if (second) fn_store4(second + i, FnFloat4{x.second, y.second, z.second, v.second});
        if (third) fn_store4(third + i, FnFloat4{x.third, y.third, z.third, v.third});
    }

    FN_NO_UNROLL
    for (int i = fours + FN_THREAD; i < chunk.count; i += FN_THREADS)
    {
        FnMoments m = {first ? first[i] : 0.0f, second ? second[i] : 0.0f, third ? third[i] : 0.0f};
        w[i] = fn_move(step, w[i], fn_change(change, w[i], g[i]), &m);
        if (first) first[i] = m.first;
        if (second) second[i] = m.second;
        if (third) third[i] = m.third;
    }
}

template <class Step> FN_DEVICE void fn_update(const FnUpdateArgs& a, double* scratch, int* flag)
{
    const int index = fn_segment_of(a.segments, a.count, FN_BLOCK_X);
    FnChange change = {a.segments[index], false, 0.0f, 0.0f};
    const FnChunk chunk = fn_chunk_of(change.segment, FN_BLOCK_X);
    if (a.factors) change.segment.scale = a.factors[index];
    change.any = fn_is_penalised(change.segment) || change.segment.scale != 1.0f || change.segment.limit != FN_INFINITY;
    if (a.norm && fn_abs(*a.norm) == FN_INFINITY) fn_only_penalty(a, &change, chunk);
    else fn_update_chunk<Step>(a, &change, chunk);
    fn_finish_penalty(a, change, scratch, flag);
}

FN_KERNEL_COOPERATIVE(256, fn_sgd, FnUpdateArgs)
{
    FN_SHARED(double, scratch, 8);
    FN_SHARED(int, flag, 1);
    fn_update<FnSgdStep>(a, scratch, flag);
}

FN_KERNEL_COOPERATIVE(256, fn_adam, FnUpdateArgs)
{
    FN_SHARED(double, scratch, 8);
    FN_SHARED(int, flag, 1);
    fn_update<FnAdamStep>(a, scratch, flag);
}

FN_KERNEL_COOPERATIVE(256, fn_rms_prop, FnUpdateArgs)
{
    FN_SHARED(double, scratch, 8);
    FN_SHARED(int, flag, 1);
    fn_update<FnRmsPropStep>(a, scratch, flag);
}

FN_KERNEL_COOPERATIVE(256, fn_penalty, FnUpdateArgs)
{
    FN_SHARED(double, scratch, 8);
    FN_SHARED(int, flag, 1);
    FnChange change = {a.segments[fn_segment_of(a.segments, a.count, FN_BLOCK_X)], false, 0.0f, 0.0f};
    fn_only_penalty(a, &change, fn_chunk_of(change.segment, FN_BLOCK_X));
    fn_finish_penalty(a, change, scratch, flag);
}

struct FnClipArgs
{
    const FnSegment* segments;
    const float* parameters;
    const float* gradients;
    float* norm;      // [1]
    float* factors;   // [segments]
    double* partials; // [chunks]
    unsigned* counter;
    int count; // of segments
    int each;  // whether each segment has a norm of its own
    float maximum;
};

// The factor that brings a norm to the maximum, as PyTorch's clip_grad_norm_ has it.
FN_DEVICE float fn_clipping_factor(float maximum, float norm) { return norm > maximum ? fn_divide(maximum, norm + 1e-6f) : 1.0f; }

FN_DEVICE float fn_norm(double squares) { return (float)__builtin_sqrt(squares); }

// The factors of every so many segments, from what their chunks add up to; the sum of it, by the team's first thread.
template <class Team> FN_DEVICE double fn_clip_segments(const FnClipArgs& a, Team team, int first, int step)
{
    double sum = 0.0;
    for (int i = first; i < a.count; i += step)
    {
        const int begin = a.segments[i].chunk, end = i + 1 < a.count ? a.segments[i + 1].chunk : FN_BLOCKS_X;
        double own = 0.0;
        fn_strides(end - begin, fn_rank(team), fn_members(team), [&](int c) { return fn_reread(a.partials + begin + c); }, [&](int, double v) { own += v; });
        own = fn_team_sum(team, own);
        if (fn_rank(team) != 0) continue;
        a.factors[i] = fn_clipping_factor(a.maximum, fn_norm(own));
        sum += own;
    }

    return sum;
}

// The Euclidean norm of all gradients, with those of penalties, and the factor of each segment.
FN_KERNEL_COOPERATIVE(256, fn_clip, FnClipArgs)
{
    FN_SHARED(double, scratch, 8);
    FN_SHARED(int, flag, 1);
    const FnSegment segment = a.segments[fn_segment_of(a.segments, a.count, FN_BLOCK_X)];
    const FnChunk chunk = fn_chunk_of(segment, FN_BLOCK_X);
    const bool penalised = fn_is_penalised(segment);
    const float* w = a.parameters + chunk.offset;
    const float* g = a.gradients + chunk.offset;
    const int fours = fn_is_aligned(w) && fn_is_aligned(g) ? chunk.count & ~3 : 0;
    float squares = 0.0f;
    for (int i = FN_THREAD * 4; i < fours; i += FN_THREADS * 4)
    {
        FnFloat4 g4 = fn_load4(g + i);
        if (penalised)
        {
            const FnFloat4 w4 = fn_load4(w + i);
            g4.x += fn_penalty_slope(segment, w4.x);
            g4.y += fn_penalty_slope(segment, w4.y);
            g4.z += fn_penalty_slope(segment, w4.z);
            g4.w += fn_penalty_slope(segment, w4.w);
        }

        squares = fn_fma(g4.x, g4.x, squares);
        squares = fn_fma(g4.y, g4.y, squares);
        squares = fn_fma(g4.z, g4.z, squares);
        squares = fn_fma(g4.w, g4.w, squares);
    }

    for (int i = fours + FN_THREAD; i < chunk.count; i += FN_THREADS)
    {
        const float v = penalised ? g[i] + fn_penalty_slope(segment, w[i]) : g[i];
        squares = fn_fma(v, v, squares);
    }

    double sum = fn_block_sum((double)squares, scratch);
    if (FN_THREAD == 0) a.partials[FN_BLOCK_X] = sum;
    if (!fn_is_last_block(a.counter, flag)) return;
    if (a.each)
    {
        // Segments in turn by all threads where they are too few for the warps.
        const int warps = FN_THREADS / FN_WARP;
        sum = a.count < warps ? fn_clip_segments(a, FnBlockTeam{scratch, nullptr}, 0, 1) : fn_clip_segments(a, FnWarpTeam{}, FN_THREAD / FN_WARP, warps);
        sum = fn_block_sum(sum, scratch);
    }
    else
    {
        sum = fn_sum_parts(a.partials, FN_BLOCKS_X, scratch);
    }

    const float norm = fn_norm(sum);
    for (int i = FN_THREAD; !a.each && i < a.count; i += FN_THREADS) a.factors[i] = fn_clipping_factor(a.maximum, norm);
    if (FN_THREAD == 0) *a.norm = fn_is_finite(norm) ? norm : FN_INFINITY;
}
