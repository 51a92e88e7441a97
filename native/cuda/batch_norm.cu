// Batch normalisation: statistics by column, normalisation with tail, gradients.
//
// A block lies on 32 columns and on a part of 256 rows (common/normalization.cuh). Where the batch has no more rows than a part, one launch does all;
// otherwise the parts' results are put together by a launch of their own, and a third one passes over the matrix again.
#include "common/normalization.cuh"
#include "common/strides.cuh"

// What is known of a column when its mean and variance are.
struct FnFeature
{
    const float* gamma;      // [columns]
    const float* beta;       // [columns]
    float* running_mean;     // [columns], updated
    float* running_variance; // [columns], updated
    float* mean;             // [columns]
    float* inverse;          // [columns]: 1 / sqrt(variance + epsilon)
    float momentum;
    float epsilon;
    int unbiased; // whether the running variance is divided by rows - 1
    int rows;
};

// Writes a column's statistics; the affine map of x - mean. In double precision, so that the variance keeps its digits whatever the mean.
FN_DEVICE void fn_feature(const FnFeature& f, int column, double mean, double variance, float* scale, float* shift)
{
    variance = variance < 0.0 ? 0.0 : variance;
    const double inverse = 1.0 / __builtin_sqrt(variance + f.epsilon);
    const float rounded = (float)mean;
    f.mean[column] = rounded;
    f.inverse[column] = (float)inverse;
    const double a = f.gamma[column] * inverse;
    *scale = (float)a;
    // With a large mean its rounding alone would shift the output.
    *shift = (float)(f.beta[column] + (rounded - mean) * a);

    const double momentum = f.momentum;
    f.running_mean[column] = (float)(momentum * f.running_mean[column] + (1.0 - momentum) * mean);
    if (f.unbiased)
    {
        if (f.rows == 1) return;
        variance *= f.rows / (f.rows - 1.0);
    }

    f.running_variance[column] = (float)(momentum * f.running_variance[column] + (1.0 - momentum) * variance);
}

struct FnBatchNormArgs
{
    const float* x;  // [rows, columns]
    float* y;        // [rows, columns], where there is one part
    float* partials; // [parts, 3, columns]: a part's first mean, and the sums of what x is more than it and of its square; where there are several parts
    FnFeature feature;
    fn_u64 activation;
    FnDropout dropout;
    int rows;
    int columns;
};

// The part's elements wait in registers: they are read once.
FN_KERNEL_COOPERATIVE(256, fn_batch_norm, FnBatchNormArgs)
{
    const int rows_of_thread = FN_PART_ROWS / FN_PART_WARPS;
    FN_SHARED(float, first_sums, FN_PART_WARPS * FN_WARP);
    FN_SHARED(float, sums, FN_PART_WARPS * FN_WARP);
    FN_SHARED(float, squares, FN_PART_WARPS * FN_WARP);
    FN_SHARED(float, map, 3 * FN_WARP);
    const int warp = FN_THREAD / FN_WARP;
    const int column = FN_COLUMN_BLOCK * FN_WARP + FN_LANE;
    const bool there = column < a.columns;
    const int begin = FN_ROW_PART * FN_PART_ROWS;
    const int end = fn_min(a.rows, begin + FN_PART_ROWS);
    // Lanes behind the last column repeat it, so that all branches are those of the whole warp.
    const float* element = a.x + (fn_i64)(begin + warp) * a.columns + fn_min(column, a.columns - 1);
    const fn_i64 stride = (fn_i64)FN_PART_WARPS * a.columns;
    float x[rows_of_thread];
    FN_UNROLL
    for (int i = 0; i < rows_of_thread; i++) x[i] = begin + warp + i * FN_PART_WARPS < end ? element[i * stride] : 0.0f;
    float sum = 0.0f;
    FN_UNROLL
    for (int i = 0; i < rows_of_thread; i++) sum += x[i];
    const int count = end - begin;
    const float centre = fn_divide(fn_part_sum(sum, first_sums), (float)count);

    // A first mean; what rounding took from it is found with the squares (Chan, Golub and LeVeque, 1983): a large mean costs no digits.
    sum = 0.0f;
    float square = 0.0f;
    FN_UNROLL
    for (int i = 0; i < rows_of_thread; i++)
    {
        const float difference = begin + warp + i * FN_PART_WARPS < end ? x[i] - centre : 0.0f;
        sum += difference;
        square = fn_fma(difference, difference, square);
    }

    sum = fn_part_sum(sum, sums);
    square = fn_part_sum(square, squares);
    if (FN_ROW_PARTS > 1)
    {
        if (warp != 0 || !there) return;
        float* partial = a.partials + (fn_i64)3 * FN_ROW_PART * a.columns + column;
        partial[0] = centre;
        partial[a.columns] = sum;
        partial[2 * (fn_i64)a.columns] = square;
        return;
    }

    if (warp == 0 && there)
    {
        const double rest = (double)sum / count;
        fn_feature(a.feature, column, centre + rest, (double)square / count - rest * rest, map + FN_WARP + FN_LANE, map + 2 * FN_WARP + FN_LANE);
        map[FN_LANE] = a.feature.mean[column];
    }

    fn_sync();
    const float mean = map[FN_LANE], scale = map[FN_WARP + FN_LANE], shift = map[2 * FN_WARP + FN_LANE];
    const bool drops = fn_drops(a.dropout);
    const unsigned step = fn_step(a.dropout);
    for (int row = warp; row < end; row += 4 * FN_PART_WARPS)
    {
        unsigned kept = 0;
        if (drops) kept = fn_keeps_of_warp(a.dropout, step, (unsigned)(row + FN_LANE / 8 * FN_PART_WARPS), (unsigned)FN_COLUMN_BLOCK);
        // From the first cache again: registers would have to outlast the calls of functions.
        float v[4];
        FN_UNROLL
        for (int i = 0; i < 4; i++)
        {
            const int r = row + i * FN_PART_WARPS;
            v[i] = there && r < end ? fn_fma(a.x[(fn_i64)r * a.columns + column] - mean, scale, shift) : 0.0f;
        }

        FN_UNROLL
        for (int i = 0; i < 4; i++)
        {
            const int r = row + i * FN_PART_WARPS;
            if (!there || r >= end) break;
            float y = a.activation ? fn_activate(a.activation, v[i]) : v[i];
            if (drops) y = kept >> 8 * i & 1 ? y * a.dropout.scale : 0.0f;
            a.y[(fn_i64)r * a.columns + column] = y;
        }
    }
}

struct FnBatchNormFinishArgs
{
    const float* partials; // [parts, 3, columns]
    float* scale;          // [columns]
    float* shift;          // [columns]
    FnFeature feature;
    int parts;
    int columns;
};

struct FnPartStatistics
{
    float centre, sum, square;
};

FN_DEVICE int fn_part_rows(int part, int rows) { return fn_min(FN_PART_ROWS, rows - part * FN_PART_ROWS); }

// The parts' statistics put together, in an order of their number: 32 columns a block, the parts dealt out to its warps.
FN_KERNEL_COOPERATIVE(1024, fn_batch_norm_finish, FnBatchNormFinishArgs)
{
    FN_SHARED(double, sums, 32 * FN_WARP);
    FN_SHARED(double, squares, 32 * FN_WARP);
    const int warp = FN_THREAD / FN_WARP, warps = FN_THREADS / FN_WARP;
    const int column = FN_BLOCK_X * FN_WARP + FN_LANE;
    const bool there = column < a.columns;
    const int rows = a.feature.rows;
    const auto load = [&](int part)
    {
        const float* partial = a.partials + (fn_i64)3 * part * a.columns + column;
        return FnPartStatistics{partial[0], partial[a.columns], partial[2 * (fn_i64)a.columns]};
    };
    const int parts = there ? a.parts : 0;
    double sum = 0.0;
    fn_strides(parts, warp, warps, load, [&](int part, FnPartStatistics p) { sum += (double)fn_part_rows(part, rows) * p.centre + p.sum; });
    sums[FN_THREAD] = sum;
    fn_sync();
    double mean = 0.0;
    for (int w = 0; w < warps; w++) mean += sums[w * FN_WARP + FN_LANE];
    mean /= rows;

    // The squares around the whole mean: those around the part's first one, moved.
    double square = 0.0;
    fn_strides(
        parts, warp, warps, load,
        [&](int part, FnPartStatistics p)
        {
            const double move = p.centre - mean;
            square += p.square + move * (2.0 * p.sum + fn_part_rows(part, rows) * move);
        });
    squares[FN_THREAD] = square;
    fn_sync();
    if (warp != 0 || !there) return;
    double variance = 0.0;
    for (int w = 0; w < warps; w++) variance += squares[w * FN_WARP + FN_LANE];
    fn_feature(a.feature, column, mean, variance / rows, a.scale + column, a.shift + column);
}

struct FnBatchNormBackwardArgs
{
    FnNormSumsArgs sums; // mean and inverse by column
    float* dx;           // [rows, columns], may be dy; or null
    float* partials;     // [2, parts, columns], where there are several parts
    float* dgamma;       // [columns], written where there is one part
    float* dbeta;        // [columns]
};

// dx = gamma / deviation * (g - dbeta / rows - n * dgamma / rows) on the block's part; g lies where fn_norm_sums kept it, or is dy.
FN_DEVICE void fn_batch_norm_combine(const FnBatchNormBackwardArgs& b, float dgamma, float dbeta)
{
    const FnNormSumsArgs& a = b.sums;
    const int column = FN_COLUMN_BLOCK * FN_WARP + FN_LANE;
    if (column >= a.columns) return;
    const float* g = a.g ? a.g : a.dy;
    const float mean = a.mean[column];
    const float inverse = a.inverse[column];
    const float scale = a.gamma[column] * inverse;
    const float slope = fn_divide(-scale * inverse * dgamma, (float)a.rows);
    const float shift = fn_divide(-scale * dbeta, (float)a.rows);
    const int end = fn_min(a.rows, (FN_ROW_PART + 1) * FN_PART_ROWS);
    for (int row = FN_ROW_PART * FN_PART_ROWS + FN_THREAD / FN_WARP; row < end; row += 4 * FN_PART_WARPS)
    {
        float v[4];
        FN_UNROLL
        for (int i = 0; i < 4; i++)
        {
            const int r = row + i * FN_PART_WARPS;
            const fn_i64 at = (fn_i64)r * a.columns + column;
            v[i] = r < end ? fn_fma(scale, g[at], fn_fma(slope, a.x[at] - mean, shift)) : 0.0f;
        }

        FN_UNROLL
        for (int i = 0; i < 4; i++)
        {
            const int r = row + i * FN_PART_WARPS;
            if (r < end) b.dx[(fn_i64)r * a.columns + column] = v[i];
        }
    }
}

FN_KERNEL_COOPERATIVE(256, fn_batch_norm_backward, FnBatchNormBackwardArgs)
{
    FN_SHARED(float, scratch, 2 * FN_PART_WARPS * FN_WARP);
    float dgamma, dbeta;
    fn_norm_sums<false>(a.sums, scratch, &dgamma, &dbeta);
    const int column = FN_COLUMN_BLOCK * FN_WARP + FN_LANE;
    const bool writes = FN_THREAD < FN_WARP && column < a.sums.columns;
    if (FN_ROW_PARTS > 1)
    {
        if (!writes) return;
        a.partials[(fn_i64)FN_ROW_PART * a.sums.columns + column] = dgamma;
        a.partials[(fn_i64)(FN_ROW_PARTS + FN_ROW_PART) * a.sums.columns + column] = dbeta;
        return;
    }

    if (writes)
    {
        a.dgamma[column] = dgamma;
        a.dbeta[column] = dbeta;
    }

    if (a.dx) fn_batch_norm_combine(a, dgamma, dbeta);
}

// The second pass where there are several parts, when dgamma and dbeta are there.
FN_KERNEL(256, fn_batch_norm_input_gradient, FnBatchNormBackwardArgs)
{
    const int column = FN_COLUMN_BLOCK * FN_WARP + FN_LANE;
    if (column < a.sums.columns) fn_batch_norm_combine(a, a.dgamma[column], a.dbeta[column]);
}
