// MiniRocket: of each series, how many outputs of each kernel exceed each bias. The counts are those of the engine's Rocket/Forms/MiniRocketScalar.cs to the
// last one: an output is ((alpha + 3x_a) + 3x_b) + 3x_c with alpha = -x4 - x0 - x1 - x2 - x3 - x5 - x6 - x7 - x8 over the nine taps, summed over the
// kernel's channels in their order, and no product is fused with a sum.
//
// A block takes a job (one dilation, some kernels, up to 8 of their biases) on a few series. It first lays out the terms of the outputs in shared memory, a
// row each: alpha + 3x_a for the 7 taps that can be the first of three, and 3x for 8 taps. Then a thread counts for one kernel of one series: it goes
// through time 4 steps at a time, adds three terms, and compares with its biases, which it has in registers as well as their counts. So
// nothing is exchanged between threads, and no step of time is wasted, whatever the length. Three series of 42 kernels with and 42 without padding fill
// 2 x 4 warps to 126 of 128 threads; warps of either kind have loops of equal length. Of several channels the outputs are added up in
// between, a row a kernel.
//
// What limits it (H100, univariate): per 4 steps a thread does 3 loads of 16 bytes, 8 additions, 7 instructions of the loop, and 2 instructions for each bias
// and step: a comparison that gives 0 or 1, of which a multiprocessor does 64 a cycle, and an addition, of which it does 128; it issues 128 a cycle. With
// B biases that is 18 + 8 B instructions for 4 B comparisons: 2.6 each with B = 8, 3.1 with B = 4; the two pipes alone would allow 2.
// 132 multiprocessors x 128 x 1.7 GHz are 2.9e13 instructions a second, so 1e13 comparisons. A series of length 140 with 9996 features takes 1.2e6
// comparisons (half of the kernels leave out the edges) and, with terms and results, 4.4e6 instructions: a limit of 6.5 million series a second.
#include "common/device.cuh"

// A loop that is left as it is: its passes are long enough, and there are many such loops.
#ifdef FN_EMULATE
#define FN_ROLLED
#else
#define FN_ROLLED _Pragma("unroll 1")
#endif

#define FN_ROCKET_TAPS 9
#define FN_ROCKET_CENTRE 4
#define FN_ROCKET_FIRSTS 7 // taps that can be the first of three
#define FN_ROCKET_ROWS 15  // of terms: FN_ROCKET_FIRSTS, then 3x of the taps but the first
#define FN_ROCKET_BIASES 8

struct FnRocketJob
{
    int dilation;
    int features;      // of a kernel with this dilation
    int first_feature; // of kernel 0, the job's first bias; the next kernel's lies at a distance of features
    int biases;        // 1 to 8
    int first_kernel;
    int kernels;
    int padding;     // 0: kernels of even number are padded, 1: those of odd number, 2: all
    int channels;    // whose terms are laid out; 0: outputs are computed from the series
    int first_place; // in the table: these channels, then where each kernel's list begins, and where the last one ends
};

struct FnRocketArgs
{
    const float* x;        // series after series, each [channels, its length]
    const fn_i64* offsets; // [series], where each begins; null where all have one length
    const int* lengths;    // [series]; null where all have one length
    const FnRocketJob* jobs;
    const float* biases;    // [features]
    const int* table;       // each kernel's three taps, 4 bits each; then what jobs refer to: lists number the job's channels, without terms the series'
    float* shares;          // [series, features]: counts divided by the numbers of positions; or null
    unsigned short* counts; // [series, features], where there are no shares
    int series;
    int length; // of all series
    int channels;
    int features;
    int job_count;
    int block_series; // series of a block, at most 3
    int tile;         // steps that are laid out at a time, a multiple of 4
    int pitch;        // from one row to the next, an odd multiple of 4: 16 bytes of 8 rows lie in different banks
};

// 1 where a > b, else 0.
#ifdef FN_EMULATE
FN_DEVICE float fn_exceeds(float a, float b) { return a > b ? 1.0f : 0.0f; }
#else
FN_DEVICE float fn_exceeds(float a, float b)
{
    float result;
    __asm__("set.gt.f32.f32 %0, %1, %2;" : "=f"(result) : "f"(a), "f"(b));
    return result;
}
#endif

FN_DEVICE FnFloat4 fn_add(FnFloat4 a, FnFloat4 b) { return FnFloat4{a.x + b.x, a.y + b.y, a.z + b.z, a.w + b.w}; }
FN_DEVICE FnFloat4 fn_load4(const float* p) { return *(const FnFloat4*)p; }

// Here and below the common length comes by value: arguments that are read through an address that is chosen would be copied to local memory.
FN_DEVICE int fn_rocket_length(const int* lengths, int length, int series) { return lengths ? lengths[series] : length; }

FN_DEVICE const float* fn_rocket_series(const FnRocketArgs& a, int series)
{
    return a.x + (a.offsets ? a.offsets[series] : (fn_i64)series * a.channels * a.length);
}

// What a thread counts: one kernel of one series.
struct FnRocketItem
{
    int slot;   // the series' place in the block
    int kernel; // counted from the job's first one
    int from;   // the first position that counts, a multiple of 4
    int to;     // the one behind the last
    bool active;
};

// Padded kernels of all series come first, then, from a warp of their own on, the others.
FN_DEVICE FnRocketItem fn_rocket_item(const FnRocketArgs& a, const FnRocketJob& job, int length, int first_series)
{
    const bool all = job.padding == 2;
    const int first_padded = all ? 0 : (job.first_kernel + job.padding) & 1;
    const int padded = all ? job.kernels : (job.kernels + 1 - first_padded) / 2;
    const int padded_threads = (a.block_series * padded + FN_WARP - 1) & -FN_WARP;
    const bool pads = FN_THREAD < padded_threads;
    const int number = pads ? FN_THREAD : FN_THREAD - padded_threads;
    const int kernels = pads ? padded : job.kernels - padded;
    FnRocketItem item = {0, 0, 0, 0, false};
    if (kernels == 0) return item;
    item.slot = number / kernels;
    const int place = number - item.slot * kernels;
    item.kernel = all ? place : 2 * place + (pads ? first_padded : 1 - first_padded);
    item.active = item.slot < a.block_series && first_series + item.slot < a.series;
    if (!item.active) return item;
    item.from = pads ? 0 : FN_ROCKET_CENTRE * job.dilation;
    item.to = fn_rocket_length(a.lengths, length, first_series + item.slot) - item.from;
    return item;
}

// A position's nine taps, 0 outside the series.
FN_DEVICE void fn_rocket_taps(const float* x, int length, int dilation, int at, float* taps)
{
    FN_UNROLL
    for (int i = 0; i < FN_ROCKET_TAPS; i++)
    {
        const int step = at + (i - FN_ROCKET_CENTRE) * dilation;
        taps[i] = (unsigned)step < (unsigned)length ? x[step] : 0.0f;
    }
}

FN_DEVICE float fn_rocket_alpha(const float* taps)
{
    return -taps[4] - taps[0] - taps[1] - taps[2] - taps[3] - taps[5] - taps[6] - taps[7] - taps[8];
}

// Lays out the terms of a tile's steps, for all of the block's series and the job's channels: [series, channels, FN_ROCKET_ROWS] rows.
template <bool SEVERAL>
FN_DEVICE void fn_rocket_terms(const FnRocketArgs& a, const FnRocketJob& job, int common_length, int first_series, int first_step, float* terms)
{
    const int channels = SEVERAL ? job.channels : 1;
    const int items = a.block_series * channels * a.tile;
    for (int item = FN_THREAD; item < items; item += FN_THREADS)
    {
        const int place = SEVERAL ? item / a.tile : (item >= a.tile) + (item >= 2 * a.tile);
        const int step = item - place * a.tile;
        const int slot = SEVERAL ? place / channels : place;
        const int series = first_series + slot;
        const int at = first_step + step;
        if (series >= a.series) break;
        const int length = fn_rocket_length(a.lengths, common_length, series);
        if (at >= length) continue;
        const int channel = SEVERAL ? a.table[job.first_place + place - slot * channels] : 0;
        float taps[FN_ROCKET_TAPS];
        fn_rocket_taps(fn_rocket_series(a, series) + (fn_i64)channel * length, length, job.dilation, at, taps);
        const float alpha = fn_rocket_alpha(taps);
        float* row = terms + place * (FN_ROCKET_ROWS * a.pitch) + step;
        FN_UNROLL
        for (int i = 0; i < FN_ROCKET_TAPS; i++)
        {
            const float three = 3.0f * taps[i];
            if (i < FN_ROCKET_FIRSTS) row[i * a.pitch] = alpha + three;
            if (i > 0) row[(FN_ROCKET_FIRSTS + i - 1) * a.pitch] = three;
        }
    }
}

// Where the rows of a kernel's three terms lie, from a channel's first row on.
struct FnRocketRows
{
    int first;
    int second;
    int third;
};

FN_DEVICE FnRocketRows fn_rocket_rows(int taps, int pitch)
{
    return FnRocketRows{(taps & 15) * pitch, (FN_ROCKET_FIRSTS - 1 + (taps >> 4 & 15)) * pitch, (FN_ROCKET_FIRSTS - 1 + (taps >> 8)) * pitch};
}

// One place of the rows of outputs, [series, kernels].
struct FnRocketPlace
{
    int slot;
    int kernel; // counted from the job's first one
    int taps;
    int first; // in the table: the kernel's list of channels
    int end;
};

FN_DEVICE FnRocketPlace fn_rocket_place(const FnRocketArgs& a, const FnRocketJob& job, int row)
{
    const int slot = (row >= job.kernels) + (row >= 2 * job.kernels);
    const int kernel = row - slot * job.kernels;
    const int* starts = a.table + job.first_place + job.channels + kernel;
    return FnRocketPlace{slot, kernel, a.table[job.first_kernel + kernel], starts[0], starts[1]};
}

// Adds up the outputs of a tile's steps over each kernel's channels, from the terms: [series, kernels] rows.
FN_DEVICE void fn_rocket_sums(const FnRocketArgs& a, const FnRocketJob& job, const float* terms, float* outputs)
{
    const int groups = a.tile / 4;
    const int items = a.block_series * job.kernels * groups;
    for (int item = FN_THREAD; item < items; item += FN_THREADS)
    {
        const int row = item / groups;
        const int at = 4 * (item - row * groups);
        const FnRocketPlace place = fn_rocket_place(a, job, row);
        const FnRocketRows rows = fn_rocket_rows(place.taps, a.pitch);
        FnFloat4 sum = {0.0f, 0.0f, 0.0f, 0.0f};
        FN_ROLLED
        for (int i = place.first; i < place.end; i++)
        {
            const float* own = terms + (place.slot * job.channels + a.table[i]) * (FN_ROCKET_ROWS * a.pitch) + at;
            const FnFloat4 v = fn_add(fn_add(fn_load4(own + rows.first), fn_load4(own + rows.second)), fn_load4(own + rows.third));
            sum = i == place.first ? v : fn_add(sum, v);
        }

        *(FnFloat4*)(outputs + row * a.pitch + at) = sum;
    }
}

// The same from the series themselves, for kernels of so many channels that their terms have no room. Slow, and rare: a fit draws at most 9 channels.
FN_DEVICE void fn_rocket_sums_of_series(const FnRocketArgs& a, const FnRocketJob& job, int common_length, int first_series, int first_step, float* outputs)
{
    const int items = a.block_series * job.kernels * a.tile;
    for (int item = FN_THREAD; item < items; item += FN_THREADS)
    {
        const int row = item / a.tile;
        const int at = item - row * a.tile;
        const FnRocketPlace place = fn_rocket_place(a, job, row);
        const int series = first_series + place.slot;
        if (series >= a.series) break;
        const int length = fn_rocket_length(a.lengths, common_length, series);
        float sum = 0.0f;
        FN_ROLLED
        for (int i = place.first; i < place.end; i++)
        {
            const float* x = fn_rocket_series(a, series) + (fn_i64)a.table[i] * length;
            float taps[FN_ROCKET_TAPS];
            fn_rocket_taps(x, length, job.dilation, first_step + at, taps);
            float output = fn_rocket_alpha(taps);
            FN_UNROLL
            for (int j = 0; j < 3; j++)
            {
                const int step = first_step + at + ((place.taps >> (4 * j) & 15) - FN_ROCKET_CENTRE) * job.dilation;
                output += (unsigned)step < (unsigned)length ? 3.0f * x[step] : 0.0f;
            }

            sum = i == place.first ? output : sum + output;
        }

        outputs[row * a.pitch + at] = sum;
    }
}

// Adds to the counts the outputs at a tile's positions from..to - 1: sums of three terms, or outputs as they lie there.
template <int BIASES, bool TERMS>
FN_DEVICE void fn_rocket_count(const float* shared, FnRocketRows rows, int from, int to, const float* bias, float* above)
{
    int at = from;
    FN_ROLLED
    for (; at + 4 <= to; at += 4)
    {
        FnFloat4 v = fn_load4(shared + rows.first + at);
        if (TERMS) v = fn_add(fn_add(v, fn_load4(shared + rows.second + at)), fn_load4(shared + rows.third + at));
        FN_UNROLL
        for (int i = 0; i < BIASES; i++)
        {
            above[i] += fn_exceeds(v.x, bias[i]);
            above[i] += fn_exceeds(v.y, bias[i]);
            above[i] += fn_exceeds(v.z, bias[i]);
            above[i] += fn_exceeds(v.w, bias[i]);
        }
    }

    FN_ROLLED
    for (; at < to; at++)
    {
        float v = shared[rows.first + at];
        if (TERMS) v = v + shared[rows.second + at] + shared[rows.third + at];
        FN_UNROLL
        for (int i = 0; i < BIASES; i++) above[i] += fn_exceeds(v, bias[i]);
    }
}

// Brings the block's results to their rows; they lie in shared memory as [series, kernels, biases].
FN_DEVICE void fn_rocket_write(const FnRocketArgs& a, const FnRocketJob& job, int first_series, const float* results)
{
    const int own = job.kernels * job.biases;
    const unsigned inverse = 65536u / (unsigned)job.biases + 1; // exact for numbers this small
    for (int slot = 0; slot < a.block_series && first_series + slot < a.series; slot++)
    {
        const fn_i64 row = (fn_i64)(first_series + slot) * a.features + job.first_feature + job.first_kernel * job.features;
        for (int i = FN_THREAD; i < own; i += FN_THREADS)
        {
            const int kernel = (int)((unsigned)i * inverse >> 16);
            const fn_i64 at = row + kernel * (job.features - job.biases) + i;
            const float result = results[slot * own + i];
            if (a.shares) a.shares[at] = result;
            else a.counts[at] = (unsigned short)result;
        }
    }
}

template <bool SEVERAL>
FN_DEVICE void fn_rocket(const FnRocketArgs& a, int length, float* shared)
{
    const int group = FN_BLOCK_X / a.job_count;
    const FnRocketJob job = a.jobs[FN_BLOCK_X - group * a.job_count];
    const int first_series = group * a.block_series;
    const FnRocketItem item = fn_rocket_item(a, job, length, first_series);
    const int kernel = job.first_kernel + item.kernel;
    float* sums = shared + a.block_series * job.channels * (FN_ROCKET_ROWS * a.pitch);
    const float* outputs = SEVERAL ? sums + (item.slot * job.kernels + item.kernel) * a.pitch : shared + item.slot * (FN_ROCKET_ROWS * a.pitch);
    const FnRocketRows rows = SEVERAL ? FnRocketRows{0, 0, 0} : fn_rocket_rows(a.table[kernel], a.pitch);
    float bias[FN_ROCKET_BIASES], above[FN_ROCKET_BIASES];
    FN_UNROLL
    for (int i = 0; i < FN_ROCKET_BIASES; i++)
    {
        bias[i] = item.active && i < job.biases ? a.biases[job.first_feature + kernel * job.features + i] : 0.0f;
        above[i] = 0.0f;
    }

    int longest = 0;
    for (int slot = 0; slot < a.block_series && first_series + slot < a.series; slot++)
        longest = fn_max(longest, fn_rocket_length(a.lengths, length, first_series + slot));
    for (int first_step = 0; first_step < longest; first_step += a.tile)
    {
        fn_rocket_terms<SEVERAL>(a, job, length, first_series, first_step, shared);
        fn_sync();
        if (SEVERAL)
        {
            if (job.channels > 0) fn_rocket_sums(a, job, shared, sums);
            else fn_rocket_sums_of_series(a, job, length, first_series, first_step, sums);
            fn_sync();
        }

        const int from = fn_max(item.from - first_step, 0);
        const int to = fn_min(item.to - first_step, a.tile);
        switch (job.biases)
        {
            case 1: fn_rocket_count<1, !SEVERAL>(outputs, rows, from, to, bias, above); break;
            case 2: fn_rocket_count<2, !SEVERAL>(outputs, rows, from, to, bias, above); break;
            case 3: fn_rocket_count<3, !SEVERAL>(outputs, rows, from, to, bias, above); break;
            case 4: fn_rocket_count<4, !SEVERAL>(outputs, rows, from, to, bias, above); break;
            case 5: fn_rocket_count<5, !SEVERAL>(outputs, rows, from, to, bias, above); break;
            case 6: fn_rocket_count<6, !SEVERAL>(outputs, rows, from, to, bias, above); break;
            case 7: fn_rocket_count<7, !SEVERAL>(outputs, rows, from, to, bias, above); break;
            default: fn_rocket_count<8, !SEVERAL>(outputs, rows, from, to, bias, above); break;
        }

        fn_sync();
    }

    if (item.active)
    {
        // The product with the rounded reciprocal, corrected once, is the rounded quotient (Markstein, 1990, theorem 6).
        const float positions = (float)(item.to - item.from);
        const float reciprocal = fn_divide(1.0f, positions);
        float* results = shared + (item.slot * job.kernels + item.kernel) * job.biases;
        FN_UNROLL
        for (int i = 0; i < FN_ROCKET_BIASES; i++)
        {
            const float quotient = above[i] * reciprocal;
            const float share = fn_fma(fn_fma(-quotient, positions, above[i]), reciprocal, quotient);
            if (i < job.biases) results[i] = a.shares ? share : above[i];
        }
    }

    fn_sync();
    fn_rocket_write(a, job, first_series, shared);
}

// Series of one channel.
FN_KERNEL_COOPERATIVE(256, fn_minirocket, FnRocketArgs)
{
    FN_SHARED_DYNAMIC(FnFloat4, shared); // read four at a time
    fn_rocket<false>(a, a.length, (float*)shared);
}

// Series of several channels, of which each kernel adds up some.
FN_KERNEL_COOPERATIVE(256, fn_minirocket_channels, FnRocketArgs)
{
    FN_SHARED_DYNAMIC(FnFloat4, shared); // read four at a time
    fn_rocket<true>(a, a.length, (float*)shared);
}
