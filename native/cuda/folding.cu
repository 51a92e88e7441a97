// Batch normalisation for inference: as an affine map by the running statistics, and folded into a neighbouring product. Run once a change of the
// parameters, in double precision.
#include "common/normalization.cuh"
#include "common/strides.cuh"

struct FnBatchNormAffineArgs
{
    const float* gamma;            // [columns]
    const float* beta;             // [columns]
    const float* running_mean;     // [columns]
    const float* running_variance; // [columns]
    float* scale;                  // [columns]
    float* shift;                  // [columns]
    int columns;
    float epsilon;
};

FN_KERNEL(256, fn_batch_norm_affine, FnBatchNormAffineArgs)
{
    const int column = FN_BLOCK_X * FN_THREADS + FN_THREAD;
    if (column >= a.columns) return;
    const double scale = a.gamma[column] / __builtin_sqrt((double)a.running_variance[column] + a.epsilon);
    a.scale[column] = (float)scale;
    a.shift[column] = (float)(a.beta[column] - a.running_mean[column] * scale);
}

struct FnFoldArgs
{
    const float* kernel; // W, [rows, columns]
    const float* bias;   // b, [columns], or null
    const float* scale;  // [rows] before, [columns] after
    const float* shift;  // [rows] before, [columns] after
    float* folded;       // W', [rows, columns], may be W
    float* folded_bias;  // b', [columns], may be b
    double* partials;    // [parts, columns], of a map before a product where there are several parts
    int rows;
    int columns;
    int parts;
};

FN_DEVICE void fn_fold_bias(const FnFoldArgs& a, int column, double sum)
{
    if (FN_THREAD < FN_WARP && column < a.columns) a.folded_bias[column] = (float)((a.bias ? a.bias[column] : 0.0f) + sum);
}

// W'[i, j] = scale[i] * W[i, j], and each part's share of shift W, in double precision: folding costs no digits. One part's share is all of it.
FN_KERNEL_COOPERATIVE(256, fn_fold_before, FnFoldArgs)
{
    FN_SHARED(double, scratch, FN_PART_WARPS * FN_WARP);
    const int column = FN_COLUMN_BLOCK * FN_WARP + FN_LANE;
    const int end = fn_min(a.rows, (FN_ROW_PART + 1) * FN_PART_ROWS);
    double sum = 0.0;
    if (column < a.columns)
    {
        fn_strides(
            end, FN_ROW_PART * FN_PART_ROWS + FN_THREAD / FN_WARP, FN_PART_WARPS, [&](int row) { return a.kernel[(fn_i64)row * a.columns + column]; },
            [&](int row, float w)
            {
                sum += (double)a.shift[row] * w;
                a.folded[(fn_i64)row * a.columns + column] = a.scale[row] * w;
            });
    }

    sum = fn_part_sum(sum, scratch);
    if (FN_ROW_PARTS == 1) fn_fold_bias(a, column, sum);
    else if (FN_THREAD < FN_WARP && column < a.columns) a.partials[(fn_i64)FN_ROW_PART * a.columns + column] = sum;
}

// b' = b + shift W, of the parts' shares.
FN_KERNEL_COOPERATIVE(256, fn_fold_before_bias, FnFoldArgs)
{
    FN_SHARED(double, scratch, FN_PART_WARPS * FN_WARP);
    const int column = FN_COLUMN_BLOCK * FN_WARP + FN_LANE;
    double sum = 0.0;
    if (column < a.columns)
    {
        const auto load = [&](int part) { return a.partials[(fn_i64)part * a.columns + column]; };
        fn_strides(a.parts, FN_THREAD / FN_WARP, FN_PART_WARPS, load, [&](int, double v) { sum += v; });
    }

    sum = fn_part_sum(sum, scratch);
    fn_fold_bias(a, column, sum);
}

// W'[i, j] = W[i, j] * scale[j], b' = b * scale + shift: the bias is the row behind the last one.
FN_KERNEL(256, fn_fold_after, FnFoldArgs)
{
    const fn_i64 elements = (fn_i64)a.rows * a.columns;
    fn_grid_strides(
        elements + a.columns,
        [&](fn_i64 at)
        {
            // Fewer than 2^32, for either part is below 2^31.
            const unsigned column = (unsigned)at % (unsigned)a.columns;
            if (at < elements) return a.kernel[at] * a.scale[column];
            return fn_fma(a.bias ? a.bias[column] : 0.0f, a.scale[column], a.shift[column]);
        },
        [&](fn_i64 at, float v)
        {
            if (at < elements) a.folded[at] = v;
            else a.folded_bias[at - elements] = v;
        });
}
