// Pooling over windows of the steps of series of [batch, length, channels], channel by channel, forward and backward. Sums have the order of the
// engine's Kernels/Convolution/PoolingKernels.cs, so that results are the same bits.
#include "common/reduction.cuh"
#include "common/strides.cuh"

// Sums are broken off after so many steps, so that their error grows with the root of the steps and not with them.
#define FN_STEPS_OF_SUM 64

// A NaN counts as plus infinity where the place of the largest is looked for.
FN_DEVICE float fn_rank(float v) { return fn_is_nan(v) ? FN_INFINITY : v; }

// An element of series of [batch, steps, channels].
struct FnElement
{
    unsigned series;
    unsigned channel;
    int step;
};

FN_DEVICE FnElement fn_element(unsigned item, int steps, int channels)
{
    const unsigned row = item / channels;
    const unsigned series = row / steps;
    return FnElement{series, item - row * channels, (int)(row - series * steps)};
}

struct FnPoolArgs
{
    const float* x; // [batch, length, channels]
    float* y;       // [batch, outputs, channels], or null
    int* places;    // [batch, outputs, channels]: the step of the first of the largest, -1 in a window without steps; or null
    int batch;
    int length;
    int channels;
    int width;
    int stride;
    int pad_left;
    int outputs;
};

// One window's channel: where it is, and its steps that lie within the series.
struct FnWindow
{
    const float* x; // the series' channel
    int first;
    int end;
};

FN_DEVICE FnWindow fn_window(const FnPoolArgs& a, unsigned item)
{
    const FnElement e = fn_element(item, a.outputs, a.channels);
    const int start = e.step * a.stride - a.pad_left;
    return FnWindow{a.x + (fn_i64)e.series * a.length * a.channels + e.channel, fn_min(fn_max(start, 0), a.length), fn_min(fn_max(start + a.width, 0), a.length)};
}

// y = the largest, NaN where there is one, minus infinity where there is nothing.
FN_KERNEL(256, fn_max_pool, FnPoolArgs)
{
    const unsigned items = (unsigned)a.batch * a.outputs * a.channels;
    for (unsigned item = (unsigned)FN_BLOCK_X * FN_THREADS + FN_THREAD; item < items; item += (unsigned)FN_BLOCKS_X * FN_THREADS)
    {
        const FnWindow window = fn_window(a, item);
        float best = -FN_INFINITY;
        fn_strides(window.end, window.first, 1, [&](int step) { return window.x[(fn_i64)step * a.channels]; }, [&](int, float v) { best = fn_larger(best, v); });
        a.y[item] = best;
    }
}

// places = where each window's gradient goes.
FN_KERNEL(256, fn_max_places, FnPoolArgs)
{
    const unsigned items = (unsigned)a.batch * a.outputs * a.channels;
    for (unsigned item = (unsigned)FN_BLOCK_X * FN_THREADS + FN_THREAD; item < items; item += (unsigned)FN_BLOCKS_X * FN_THREADS)
    {
        const FnWindow window = fn_window(a, item);
        int place = window.first < window.end ? window.first : -1;
        float best = -FN_INFINITY;
        fn_strides(
            window.end, window.first, 1, [&](int step) { return fn_rank(window.x[(fn_i64)step * a.channels]); },
            [&](int step, float v)
            {
                place = v > best ? step : place;
                best = v > best ? v : best;
            });

        a.places[item] = place;
    }
}

// y = the mean of the steps within the series, 0 where there is none.
FN_KERNEL(256, fn_average_pool, FnPoolArgs)
{
    const unsigned items = (unsigned)a.batch * a.outputs * a.channels;
    for (unsigned item = (unsigned)FN_BLOCK_X * FN_THREADS + FN_THREAD; item < items; item += (unsigned)FN_BLOCKS_X * FN_THREADS)
    {
        const FnWindow window = fn_window(a, item);
        float total = 0.0f;
        for (int first = window.first; first < window.end; first += FN_STEPS_OF_SUM)
        {
            float sum = 0.0f;
            fn_strides(
                fn_min(first + FN_STEPS_OF_SUM, window.end), first, 1, [&](int step) { return window.x[(fn_i64)step * a.channels]; }, [&](int, float v) { sum += v; });
            total += sum;
        }

        a.y[item] = fn_divide(total, (float)fn_max(1, window.end - window.first));
    }
}

struct FnPooled
{
    float dy;
    int place;
};

struct FnPoolBackwardArgs
{
    const float* dy;   // [batch, outputs, channels]
    const int* places; // [batch, outputs, channels], where each window's gradient goes; null for the mean
    float* dx;         // [batch, length, channels]
    int batch;
    int length;
    int channels;
    int width;
    int stride;
    int pad_left;
    int outputs;
    int accumulate;
};

// dx (+)= the gradients of the windows that hold a step, in the windows' order: all of it at the window's place, or in equal shares.
FN_KERNEL(256, fn_pool_backward, FnPoolBackwardArgs)
{
    const unsigned items = (unsigned)a.batch * a.length * a.channels;
    for (unsigned item = (unsigned)FN_BLOCK_X * FN_THREADS + FN_THREAD; item < items; item += (unsigned)FN_BLOCKS_X * FN_THREADS)
    {
        const FnElement e = fn_element(item, a.length, a.channels);

        // Window t holds the steps from t * stride - padLeft on.
        const int reach = e.step + a.pad_left;
        const int first = reach < a.width ? 0 : (reach - a.width) / a.stride + 1;
        const int last = fn_min(reach / a.stride, a.outputs - 1);
        float sum = a.accumulate ? a.dx[item] : 0.0f;
        fn_strides(
            last + 1, first, 1,
            [&](int window)
            {
                const fn_i64 at = ((fn_i64)e.series * a.outputs + window) * a.channels + e.channel;
                return FnPooled{a.dy[at], a.places ? a.places[at] : e.step};
            },
            [&](int window, FnPooled v)
            {
                if (a.places)
                {
                    if (v.place == e.step) sum += v.dy;
                }
                else
                {
                    const int start = window * a.stride - a.pad_left;
                    sum += fn_divide(v.dy, (float)(fn_min(start + a.width, a.length) - fn_max(start, 0)));
                }
            });

        a.dx[item] = sum;
    }
}

struct FnGlobalPoolArgs
{
    const float* x;     // [batch, length, channels]
    const int* lengths; // [batch], or null
    float* y;           // [batch, channels], or null
    int* places;        // [batch, channels]: the step of the first of the largest, -1 where there are no steps; or null
    int batch;
    int length;
    int channels;
};

// A series' steps that count; lengths are checked before, and never lead beyond the series.
FN_DEVICE int fn_steps(const int* lengths, int length, int series)
{
    return lengths ? fn_min(fn_max(lengths[series], 0), length) : length;
}

// The kernels over whole series: a block of 8 warps takes 32 channels of one series, a warp some of its steps.
#define FN_POOL_WARPS 8

// y = the mean of the steps that count; a warp adds up 64 steps at a time, and the sums are added in their order.
FN_KERNEL_COOPERATIVE(256, fn_global_average, FnGlobalPoolArgs)
{
    FN_SHARED(float, sums, FN_POOL_WARPS * FN_WARP);
    const int groups = (a.channels + FN_WARP - 1) / FN_WARP;
    const int series = FN_BLOCK_X / groups;
    const int channel = (FN_BLOCK_X - series * groups) * FN_WARP + FN_LANE;
    const int warp = FN_THREAD / FN_WARP;
    const int count = fn_steps(a.lengths, a.length, series);
    const float* x = a.x + (fn_i64)series * a.length * a.channels + channel;
    float total = 0.0f;
    for (int first = 0; first < count; first += FN_POOL_WARPS * FN_STEPS_OF_SUM)
    {
        const int stop = fn_min(first + (warp + 1) * FN_STEPS_OF_SUM, count);
        float sum = 0.0f;
        if (channel < a.channels)
        {
            fn_strides(stop, first + warp * FN_STEPS_OF_SUM, 1, [&](int step) { return x[(fn_i64)step * a.channels]; }, [&](int, float v) { sum += v; });
        }

        sums[FN_THREAD] = sum;
        fn_sync();
        if (warp == 0)
        {
            for (int i = 0; i < FN_POOL_WARPS && first + i * FN_STEPS_OF_SUM < count; i++) total += sums[i * FN_WARP + FN_LANE];
        }

        fn_sync();
    }

    if (warp == 0 && channel < a.channels) a.y[(fn_i64)series * a.channels + channel] = fn_divide(total, (float)fn_max(1, count));
}

// y = the largest of the steps that count, NaN where there is one, 0 where there are none; places = where the gradient goes.
FN_KERNEL_COOPERATIVE(256, fn_global_max, FnGlobalPoolArgs)
{
    FN_SHARED(float, values, FN_POOL_WARPS * FN_WARP);
    FN_SHARED(float, ranks, FN_POOL_WARPS * FN_WARP);
    FN_SHARED(int, steps, FN_POOL_WARPS * FN_WARP);
    const int groups = (a.channels + FN_WARP - 1) / FN_WARP;
    const int series = FN_BLOCK_X / groups;
    const int channel = (FN_BLOCK_X - series * groups) * FN_WARP + FN_LANE;
    const int warp = FN_THREAD / FN_WARP;
    const int count = fn_steps(a.lengths, a.length, series);
    const float* x = a.x + (fn_i64)series * a.length * a.channels + channel;
    float value = -FN_INFINITY, rank = -FN_INFINITY;
    int place = warp < count ? warp : -1;
    if (channel < a.channels)
    {
        fn_strides(
            count, warp, FN_POOL_WARPS, [&](int step) { return x[(fn_i64)step * a.channels]; },
            [&](int step, float v)
            {
                value = fn_larger(value, v);
                place = fn_rank(v) > rank ? step : place;
                rank = fn_at_least(rank, fn_rank(v));
            });
    }

    values[FN_THREAD] = value;
    ranks[FN_THREAD] = rank;
    steps[FN_THREAD] = place;
    fn_sync();
    if (warp > 0 || channel >= a.channels) return;
    for (int i = 1; i < FN_POOL_WARPS && i < count; i++)
    {
        const int other = i * FN_WARP + FN_LANE;
        value = fn_larger(value, values[other]);
        if (ranks[other] > rank || (ranks[other] == rank && steps[other] < place))
        {
            rank = ranks[other];
            place = steps[other];
        }
    }

    const fn_i64 at = (fn_i64)series * a.channels + channel;
    if (a.y) a.y[at] = count > 0 ? value : 0.0f;
    if (a.places) a.places[at] = place;
}

struct FnGlobalPoolBackwardArgs
{
    const float* dy;    // [batch, channels]
    const int* lengths; // [batch], or null
    const int* places;  // [batch, channels]; null for the mean
    float* dx;          // [batch, length, channels]
    int batch;
    int length;
    int channels;
    int accumulate;
};

// dx (+)= dy at its place, or in equal shares over the steps that count; 0 elsewhere.
FN_KERNEL(256, fn_global_pool_backward, FnGlobalPoolBackwardArgs)
{
    fn_grid_strides(
        (fn_i64)a.batch * a.length * a.channels,
        [&](fn_i64 item)
        {
            const FnElement e = fn_element((unsigned)item, a.length, a.channels);
            const unsigned at = e.series * a.channels + e.channel;
            const float dy = a.dy[at];
            float g;
            if (a.places)
            {
                g = a.places[at] == e.step ? dy : 0.0f;
            }
            else
            {
                const int count = fn_steps(a.lengths, a.length, (int)e.series);
                g = e.step < count ? fn_divide(dy, (float)count) : 0.0f;
            }

            return a.accumulate ? a.dx[item] + g : g;
        },
        [&](fn_i64 item, float v) { a.dx[item] = v; });
}
