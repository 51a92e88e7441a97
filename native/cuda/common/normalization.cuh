// What batch and layer normalisation share: sums by column over parts of the rows. A block of 256 threads lies on 32 columns and one part of the rows:
// a lane on a column, a warp on every eighth row.
#pragma once
#include "activations.cuh"
#include "dropout.cuh"

#define FN_PART_ROWS 256
#define FN_PART_WARPS 8

// df/dx of a chain, from its input.
FN_DEVICE_CALLED float fn_derivative_at(fn_u64 chain, float x)
{
    float slope = 1.0f;
    for (; chain != 0; chain >>= 4)
    {
        const int function = (int)(chain & 15);
        const bool of_input = fn_derivative_of_input(function);
        const float y = of_input && chain <= 15 ? 0.0f : fn_activate_one(function, x);
        slope *= fn_derivative_one(function, of_input ? x : y);
        x = y;
    }

    return slope;
}

// The warps' numbers added up by column, in the warps' order, for all threads; scratch of 8 * 32 numbers, free again after the next fn_sync.
template <class T>
FN_DEVICE T fn_part_sum(T v, T* scratch)
{
    scratch[FN_THREAD] = v;
    fn_sync();
    T sum = 0;
    for (int warp = 0; warp < FN_PART_WARPS; warp++) sum += scratch[warp * FN_WARP + FN_LANE];
    return sum;
}

struct FnNormSumsArgs
{
    const float* dy;      // [rows, columns]
    const float* x;       // [rows, columns]
    const float* gamma;   // [columns]
    const float* beta;    // [columns]
    const float* mean;    // [columns] or [rows]
    const float* inverse; // [columns] or [rows]: 1 / deviation
    float* g;             // [rows, columns]: where f' * mask * dy is kept, may be dy; or null
    fn_u64 activation;
    FnDropout dropout;
    int rows;
    int columns;
};

// With g = f' * mask * dy and n = (x - mean) / deviation: the sums of g n (gamma's gradient) and of g (beta's) over the block's part of the rows.
template <bool ByRow>
FN_DEVICE void fn_norm_sums(const FnNormSumsArgs& a, float* scratch, float* gamma_sum, float* beta_sum)
{
    const int column = FN_COLUMN_BLOCK * FN_WARP + FN_LANE;
    const bool there = column < a.columns;
    const int end = fn_min(a.rows, (FN_ROW_PART + 1) * FN_PART_ROWS);
    const bool drops = fn_drops(a.dropout);
    const unsigned step = fn_step(a.dropout);
    const float gamma = there ? a.gamma[column] : 0.0f;
    const float beta = there ? a.beta[column] : 0.0f;
    const float column_mean = !ByRow && there ? a.mean[column] : 0.0f;
    const float column_inverse = !ByRow && there ? a.inverse[column] : 0.0f;
    float sum_gamma = 0.0f, sum_beta = 0.0f;
    for (int row = FN_ROW_PART * FN_PART_ROWS + FN_THREAD / FN_WARP; row < end; row += 4 * FN_PART_WARPS)
    {
        unsigned kept = 0;
        if (drops) kept = fn_keeps_of_warp(a.dropout, step, (unsigned)(row + FN_LANE / 8 * FN_PART_WARPS), (unsigned)FN_COLUMN_BLOCK);
        float g[4], n[4];
        FN_UNROLL
        for (int i = 0; i < 4; i++)
        {
            const int r = row + i * FN_PART_WARPS;
            const bool reads = there && r < end;
            const fn_i64 at = (fn_i64)r * a.columns + column;
            g[i] = reads ? a.dy[at] : 0.0f;
            n[i] = reads ? (a.x[at] - (ByRow ? a.mean[r] : column_mean)) * (ByRow ? a.inverse[r] : column_inverse) : 0.0f;
        }

        FN_UNROLL
        for (int i = 0; i < 4; i++)
        {
            const int r = row + i * FN_PART_WARPS;
            if (!there || r >= end) break;
            if (a.activation) g[i] *= fn_derivative_at(a.activation, fn_fma(n[i], gamma, beta));
            if (drops) g[i] = kept >> 8 * i & 1 ? g[i] * a.dropout.scale : 0.0f;
            if (a.g) a.g[(fn_i64)r * a.columns + column] = g[i];
            sum_beta += g[i];
            sum_gamma = fn_fma(g[i], n[i], sum_gamma);
        }
    }

    *gamma_sum = fn_part_sum(sum_gamma, scratch);
    *beta_sum = fn_part_sum(sum_beta, scratch + FN_PART_WARPS * FN_WARP);
}
