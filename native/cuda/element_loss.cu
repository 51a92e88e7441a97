// Losses that are functions of one output and one target at a time: samples' losses, the batch's loss, its gradient. A sample is a warp's
// work, or, where it is long, that of a block for each of its parts.
#include "common/functions.cuh"
#include "common/last_block.cuh"
#include "common/teams.cuh"

// The code of IPointwiseLoss.DeviceCode, the numbers of the engine's enum Loss.
enum FnPointwiseLoss
{
    FN_SQUARED_ERROR = 1,
    FN_ABSOLUTE_ERROR = 2,
    FN_HUBER_ERROR = 3,
    FN_BINARY_CROSS_ENTROPY = 4,
};

struct FnElementLossArgs
{
    const float* output;  // [batch, columns]
    const float* targets; // [batch, columns]
    const int* lengths;   // [batch], or null
    float* losses;        // [batch]
    float* total;         // [1]
    float* gradient;      // [batch, columns], may be the output; or null
    double* divisor;      // [1]: where a launch before counts; or null
    double* partials;     // [blocks]; for long samples [batch, parts]
    int* counts;          // for long samples [batch, parts]: the elements that count
    unsigned* counter;
    double known; // the divisor where the host knows it, else 0
    int batch;
    int steps; // of a sample
    int columns;
    int parts; // of a long sample
    int part;  // columns of a part
    int loss;
    float parameter;
    int ignore_missing;
};

// How many elements a sample's length leaves; they come first.
FN_DEVICE int fn_length_of(const FnElementLossArgs& a, int sample)
{
    return a.lengths ? fn_max(0, fn_min(a.lengths[sample], a.steps)) * (a.columns / a.steps) : a.columns;
}

FN_DEVICE float fn_loss(int kind, float parameter, float output, float target)
{
    const float error = output - target;
    switch (kind)
    {
        case FN_SQUARED_ERROR: return error * error;
        case FN_ABSOLUTE_ERROR: return fn_abs(error);
        case FN_HUBER_ERROR:
        {
            // The square's part of the error; with c = |error| and c = delta this is both branches.
            const float c = fn_at_most(fn_abs(error), parameter);
            return c * fn_fma(-0.5f, c, fn_abs(error));
        }
        default: return fn_fma(-output, target, fn_at_least(output, 0.0f)) + fn_log_one_plus(fn_exp(0.0f - fn_abs(output)));
    }
}

// The derivative by the output.
FN_DEVICE float fn_loss_slope(int kind, float parameter, float output, float target)
{
    const float error = output - target;
    switch (kind)
    {
        case FN_SQUARED_ERROR: return 2.0f * error;
        case FN_ABSOLUTE_ERROR: return fn_abs(error) > 0.0f ? fn_copy_sign(1.0f, error) : error;
        case FN_HUBER_ERROR: return fn_at_most(fn_at_least(error, -parameter), parameter);
        default: return fn_sigmoid(output) - target;
    }
}

// How many elements of the batch count, in a launch of its own: where there are many samples, or any target may be missing.
FN_KERNEL_COOPERATIVE(256, fn_element_loss_count, FnElementLossArgs)
{
    FN_SHARED(double, scratch, 8);
    FN_SHARED(int, flag, 1);
    double sum = 0.0;
    if (a.ignore_missing)
    {
        // Fewer than 2^31 elements.
        int count = 0;
        fn_grid_strides(
            (fn_i64)a.batch * a.columns,
            [&](fn_i64 i)
            {
                const unsigned sample = (unsigned)i / (unsigned)a.columns;
                return (int)((unsigned)i - sample * (unsigned)a.columns) < fn_length_of(a, (int)sample) && !fn_is_nan(a.targets[i]) ? 1 : 0;
            },
            [&](fn_i64, int counts) { count += counts; });
        sum = (double)count;
    }
    else
    {
        for (fn_i64 i = (fn_i64)FN_BLOCK_X * FN_THREADS + FN_THREAD; i < a.batch; i += (fn_i64)FN_BLOCKS_X * FN_THREADS) sum += (double)fn_length_of(a, (int)i);
    }

    sum = fn_block_sum(sum, scratch);
    if (FN_THREAD == 0) a.partials[FN_BLOCK_X] = sum;
    if (!fn_is_last_block(a.counter, flag)) return;
    sum = fn_sum_parts(a.partials, FN_BLOCKS_X, scratch);
    if (FN_THREAD == 0) *a.divisor = sum;
}

// What the mean divides by: 1 where nothing counts, so that 0 / 0 is left out.
FN_DEVICE double fn_element_divisor(const FnElementLossArgs& a, double* scratch)
{
    double divisor = a.known;
    if (a.divisor)
    {
        divisor = *a.divisor;
    }
    else if (divisor == 0.0)
    {
        for (int i = FN_THREAD; i < a.batch; i += FN_THREADS) divisor += (double)fn_length_of(a, i);
        divisor = fn_block_sum(divisor, scratch);
        fn_sync();
    }

    return divisor == 0.0 ? 1.0 : divisor;
}

struct FnSampleSum
{
    double sum;
    int count;
};

// Losses and gradients of a sample's columns from first to last; its sum and count for all members of the team.
template <class Team> FN_DEVICE FnSampleSum fn_sample_part(const FnElementLossArgs& a, Team team, int sample, int first, int last, float scale)
{
    const fn_i64 offset = (fn_i64)sample * a.columns;
    const int length = fn_min(fn_length_of(a, sample), last);
    FnLongSum sum = {};
    int count = 0;
    fn_strides(
        last, first + fn_rank(team), fn_members(team),
        [&](int i) { return i < length ? FnPair{a.output[offset + i], a.targets[offset + i]} : FnPair{}; },
        [&](int i, FnPair v)
        {
            float slope = 0.0f;
            if (i < length && !(a.ignore_missing && fn_is_nan(v.b)))
            {
                fn_add(&sum, fn_loss(a.loss, a.parameter, v.a, v.b));
                count++;
                if (a.gradient) slope = scale * fn_loss_slope(a.loss, a.parameter, v.a, v.b);
            }

            if (a.gradient) a.gradient[offset + i] = slope;
        });

    return FnSampleSum{fn_team_sum(team, fn_value(sum)), (int)fn_team_sum(team, (double)count)};
}

FN_DEVICE float fn_sample_mean(double sum, int count) { return count == 0 ? 0.0f : (float)(sum / (double)count); }

FN_KERNEL_COOPERATIVE(256, fn_element_loss, FnElementLossArgs)
{
    FN_SHARED(double, scratch, 8);
    FN_SHARED(int, flag, 1);
    const FnWarpTeam team = {};
    const double divisor = fn_element_divisor(a, scratch);
    const float scale = fn_divide(1.0f, (float)divisor);
    double sum = 0.0;
    for (int sample = fn_team(team); sample < a.batch; sample += fn_teams(team))
    {
        const FnSampleSum s = fn_sample_part(a, team, sample, 0, a.columns, scale);
        if (FN_LANE != 0) continue;
        a.losses[sample] = fn_sample_mean(s.sum, s.count);
        sum += s.sum;
    }

    sum = fn_block_sum(sum, scratch);
    if (FN_THREAD == 0) a.partials[FN_BLOCK_X] = sum;
    if (!fn_is_last_block(a.counter, flag)) return;
    sum = fn_sum_parts(a.partials, FN_BLOCKS_X, scratch);
    if (FN_THREAD == 0) *a.total = (float)(sum / divisor);
}

FN_KERNEL_COOPERATIVE(256, fn_element_loss_long, FnElementLossArgs)
{
    FN_SHARED(double, scratch, 8);
    FN_SHARED(float, maxima, 8);
    FN_SHARED(int, flag, 1);
    const FnBlockTeam team = {scratch, maxima};
    const double divisor = fn_element_divisor(a, scratch);
    const float scale = fn_divide(1.0f, (float)divisor);
    const int items = a.batch * a.parts;
    for (int item = FN_BLOCK_X; item < items; item += FN_BLOCKS_X)
    {
        const int sample = item / a.parts;
        const int first = (item - sample * a.parts) * a.part;
        const FnSampleSum s = fn_sample_part(a, team, sample, first, first + fn_min(a.part, a.columns - first), scale);
        if (FN_THREAD != 0) continue;
        a.partials[item] = s.sum;
        a.counts[item] = s.count;
    }

    if (!fn_is_last_block(a.counter, flag)) return;
    // As many lanes on a sample as it has parts, up to a warp.
    int lanes = 1;
    while (lanes < a.parts && lanes < FN_WARP) lanes *= 2;
    const int rank = FN_THREAD & (lanes - 1);
    double total = 0.0;
    for (int group = 0; group < a.batch; group += FN_THREADS / lanes)
    {
        const int sample = group + FN_THREAD / lanes;
        const fn_i64 offset = (fn_i64)sample * a.parts;
        FnSampleSum s = {0.0, 0};
        fn_strides(
            sample < a.batch ? a.parts : 0, rank, lanes, [&](int part) { return FnSampleSum{fn_reread(a.partials + offset + part), fn_reread(a.counts + offset + part)}; },
            [&](int, FnSampleSum v)
            {
                s.sum += v.sum;
                s.count += v.count;
            });
        s = FnSampleSum{fn_lanes_sum(s.sum, lanes), fn_lanes_sum(s.count, lanes)};
        if (rank != 0 || sample >= a.batch) continue;
        a.losses[sample] = fn_sample_mean(s.sum, s.count);
        total += s.sum;
    }

    total = fn_block_sum(total, scratch);
    if (FN_THREAD == 0) *a.total = (float)(total / divisor);
}
