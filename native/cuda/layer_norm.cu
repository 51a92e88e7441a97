// Layer normalisation over the columns of each row: by a warp where rows are short, by a block where they are long. A row is read once from memory
// and then from the first cache. The gradients of gamma and beta are sums by column, made as batch normalisation's are (common/normalization.cuh).
#include "common/normalization.cuh"
#include "common/reduction.cuh"
#include "common/strides.cuh"

struct FnLayerNormArgs
{
    const float* x;     // [rows, columns]
    const float* gamma; // [columns]
    const float* beta;  // [columns]
    float* mean;        // [rows]
    float* inverse;     // [rows]: 1 / sqrt(variance + epsilon)
    float* y;           // [rows, columns], may be x
    fn_u64 activation;
    FnDropout dropout;
    int rows;
    int columns;
    float epsilon;
};

// A row on so many warps; sum adds up a number of all their threads.
template <class Sum>
FN_DEVICE void fn_layer_norm_row(const FnLayerNormArgs& a, unsigned step, int row, int thread, int threads, Sum sum)
{
    const float* x = a.x + (fn_i64)row * a.columns;
    const auto load = [&](int c) { return x[c]; };
    float total = 0.0f;
    fn_strides(a.columns, thread, threads, load, [&](int, float v) { total += v; });
    const float count = (float)a.columns;
    const float centre = fn_divide(sum(total, 0), count);

    // A first mean; what rounding took from it is found with the squares (Chan, Golub and LeVeque, 1983): a large mean costs no digits.
    float rest = 0.0f, square = 0.0f;
    fn_strides(
        a.columns, thread, threads, load,
        [&](int, float v)
        {
            const float difference = v - centre;
            rest += difference;
            square = fn_fma(difference, difference, square);
        });
    rest = fn_divide(sum(rest, 1), count);
    const float variance = fn_divide(sum(square, 2), count) - rest * rest;
    const float inverse = fn_divide(1.0f, fn_sqrt((variance < 0.0f ? 0.0f : variance) + a.epsilon));
    const float mean = centre + rest;
    // What rounding takes from the mean now is exact (Dekker, 1971); with a large mean it alone would shift the output.
    const float shift = ((mean - centre) - rest) * inverse;
    if (thread == 0)
    {
        a.mean[row] = mean;
        a.inverse[row] = inverse;
    }

    float* y = a.y + (fn_i64)row * a.columns;
    const bool drops = fn_drops(a.dropout);
    const int lane = FN_LANE;
    for (int first = thread - lane; first < a.columns; first += 4 * threads)
    {
        // A warp's four groups of 32 columns lie apart by all threads, as the strides above do.
        unsigned kept = 0;
        if (drops) kept = fn_keeps_of_warp(a.dropout, step, (unsigned)row, (unsigned)((first + lane / 8 * threads) / FN_WARP));
        float v[4];
        FN_UNROLL
        for (int i = 0; i < 4; i++)
        {
            const int c = first + lane + i * threads;
            v[i] = c < a.columns ? fn_fma(fn_fma(x[c] - mean, inverse, shift), a.gamma[c], a.beta[c]) : 0.0f;
        }

        FN_UNROLL
        for (int i = 0; i < 4; i++)
        {
            const int c = first + lane + i * threads;
            if (c >= a.columns) break;
            float f = a.activation ? fn_activate(a.activation, v[i]) : v[i];
            if (drops) f = kept >> 8 * i & 1 ? f * a.dropout.scale : 0.0f;
            y[c] = f;
        }
    }
}

FN_KERNEL_COOPERATIVE(256, fn_layer_norm, FnLayerNormArgs)
{
    const unsigned step = fn_step(a.dropout);
    const int warps = FN_THREADS / FN_WARP;
    for (fn_i64 row = (fn_i64)FN_BLOCK_X * warps + FN_THREAD / FN_WARP; row < a.rows; row += (fn_i64)FN_BLOCKS_X * warps)
        fn_layer_norm_row(a, step, (int)row, FN_LANE, FN_WARP, [](float v, int) { return fn_warp_sum(v); });
}

FN_KERNEL_COOPERATIVE(256, fn_layer_norm_long, FnLayerNormArgs)
{
    FN_SHARED(float, scratch, 3 * FN_WARP);
    const unsigned step = fn_step(a.dropout);
    for (int row = FN_BLOCK_X; row < a.rows; row += FN_BLOCKS_X)
        fn_layer_norm_row(a, step, row, FN_THREAD, FN_THREADS, [&](float v, int which) { return fn_block_sum(v, scratch + which * FN_WARP); });
}

struct FnLayerNormSumsArgs
{
    FnNormSumsArgs sums; // mean and inverse by row
    float* dgamma;       // [parts, columns]: each part's share of gamma's gradient
    float* dbeta;        // [parts, columns]
};

FN_KERNEL_COOPERATIVE(256, fn_layer_norm_sums, FnLayerNormSumsArgs)
{
    FN_SHARED(float, scratch, 2 * FN_PART_WARPS * FN_WARP);
    float dgamma, dbeta;
    fn_norm_sums<true>(a.sums, scratch, &dgamma, &dbeta);
    const int column = FN_COLUMN_BLOCK * FN_WARP + FN_LANE;
    if (FN_THREAD >= FN_WARP || column >= a.sums.columns) return;
    const fn_i64 at = (fn_i64)FN_ROW_PART * a.sums.columns + column;
    a.dgamma[at] = dgamma;
    a.dbeta[at] = dbeta;
}

struct FnLayerNormInputGradientArgs
{
    const float* g;       // [rows, columns]: f' * mask * dy
    const float* x;       // [rows, columns]
    const float* gamma;   // [columns]
    const float* mean;    // [rows]
    const float* inverse; // [rows]
    float* dx;            // [rows, columns], may be g
    int rows;
    int columns;
};

// With h = gamma g and n = (x - mean) / deviation: dx = (h - mean(h) - n mean(h n)) / deviation, the means over the row.
template <class Sum>
FN_DEVICE void fn_layer_norm_gradient_row(const FnLayerNormInputGradientArgs& a, int row, int thread, int threads, Sum sum)
{
    const float* g = a.g + (fn_i64)row * a.columns;
    const float* x = a.x + (fn_i64)row * a.columns;
    float* dx = a.dx + (fn_i64)row * a.columns;
    const float mean = a.mean[row];
    const float inverse = a.inverse[row];
    const auto load = [&](int c) { return FnPair{g[c] * a.gamma[c], (x[c] - mean) * inverse}; };
    float first = 0.0f, second = 0.0f;
    fn_strides(
        a.columns, thread, threads, load,
        [&](int, FnPair v)
        {
            first += v.a;
            second = fn_fma(v.a, v.b, second);
        });
    first = fn_divide(sum(first, 0), (float)a.columns);
    second = fn_divide(sum(second, 1), (float)a.columns);
    fn_strides(a.columns, thread, threads, load, [&](int c, FnPair v) { dx[c] = fn_fma(-v.b, second, v.a - first) * inverse; });
}

FN_KERNEL_COOPERATIVE(256, fn_layer_norm_input_gradient, FnLayerNormInputGradientArgs)
{
    const int warps = FN_THREADS / FN_WARP;
    for (fn_i64 row = (fn_i64)FN_BLOCK_X * warps + FN_THREAD / FN_WARP; row < a.rows; row += (fn_i64)FN_BLOCKS_X * warps)
        fn_layer_norm_gradient_row(a, (int)row, FN_LANE, FN_WARP, [](float v, int) { return fn_warp_sum(v); });
}

FN_KERNEL_COOPERATIVE(256, fn_layer_norm_input_gradient_long, FnLayerNormInputGradientArgs)
{
    FN_SHARED(float, scratch, 2 * FN_WARP);
    for (int row = FN_BLOCK_X; row < a.rows; row += FN_BLOCKS_X)
        fn_layer_norm_gradient_row(a, row, FN_THREAD, FN_THREADS, [&](float v, int which) { return fn_block_sum(v, scratch + which * FN_WARP); });
}
