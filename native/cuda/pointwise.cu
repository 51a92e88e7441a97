// Functions of each element: bias, activation and dropout behind a product, and their gradients with column sums.
//
// The threads of a warp lie on 4 groups of 32 columns, 8 on each; a thread has the columns lane + 0, 8, 16, 24 of its group, which share one Philox
// counter (common/dropout.cuh), and 8 neighbouring threads fill a memory sector.
#include "common/normalization.cuh"
#include "common/strides.cuh"

struct FnTailArgs
{
    const float* x;       // [rows, columns]
    const float* centre;  // [columns], subtracted first; or null
    const float* scale;   // [columns], or null
    const float* shift;   // [columns], or null
    float* preactivation; // [rows, columns], or null
    float* y;             // [rows, columns]
    fn_u64 activation;
    FnDropout dropout;
    int rows;
    int columns;
};

// y = dropout(f(scale * (x - centre) + shift)), in any order of rows; x, preactivation and y may be one place.
FN_KERNEL(256, fn_tail, FnTailArgs)
{
    const int groups = (a.columns + 31) / 32;
    const fn_i64 items = (fn_i64)a.rows * groups * 8;
    const bool drops = fn_drops(a.dropout);
    for (fn_i64 item = (fn_i64)FN_BLOCK_X * FN_THREADS + FN_THREAD; item < items; item += (fn_i64)FN_BLOCKS_X * FN_THREADS)
    {
        const int lane = (int)(item % 8);
        const fn_i64 place = item / 8;
        const int row = (int)(place / groups);
        const int group = (int)(place - (fn_i64)row * groups);
        FnWords words = {};
        if (drops) words = fn_dropout_words(a.dropout, (unsigned)row, (unsigned)group, (unsigned)lane);
        const unsigned word[4] = {words.x0, words.x1, words.x2, words.x3};
        FN_UNROLL
        for (int i = 0; i < 4; i++)
        {
            const int column = group * 32 + lane + 8 * i;
            if (column >= a.columns) break;
            const fn_i64 at = (fn_i64)row * a.columns + column;
            float v = a.x[at];
            if (a.centre) v -= a.centre[column];
            if (a.scale) v = fn_fma(v, a.scale[column], a.shift[column]);
            else if (a.shift) v += a.shift[column];
            if (a.preactivation) a.preactivation[at] = v;
            if (a.activation) v = fn_activate(a.activation, v);
            if (drops) v = word[i] >= a.dropout.threshold ? v * a.dropout.scale : 0.0f;
            a.y[at] = v;
        }
    }
}

struct FnTailBackwardArgs
{
    const float* dy;    // [rows, columns]
    const float* saved; // [rows, columns]: f's input, or the output with dropout; null for the identity
    float* dx;          // [rows, columns], may be dy; or null
    float* partials;    // [parts, columns]: each part's column sums; or null
    fn_u64 activation;
    FnDropout dropout;
    int rows;
    int columns;
    int part; // rows of a part
};

// dx = f'(saved) * mask * dy and the sums of each part's rows. A block of 256 threads is 8 warps, on 4 groups of columns and one
// part of the rows; a warp takes every eighth row, and the warps' sums are added up in their order.
FN_KERNEL_COOPERATIVE(256, fn_tail_backward, FnTailBackwardArgs)
{
    FN_SHARED(float, sums, 8 * 128);
    const int lane = FN_LANE % 8;
    const int group = FN_COLUMN_BLOCK * 4 + FN_LANE / 8;
    const int warp = FN_THREAD / FN_WARP;
    const bool drops = fn_drops(a.dropout);
    // What undoes the scale of a saved output; an input was saved before it was scaled.
    const float undo = drops && !fn_saves_input(a.activation) ? fn_divide(1.0f, a.dropout.scale) : 1.0f;
    const int end = fn_min(a.rows, (FN_ROW_PART + 1) * a.part);
    float sum[4] = {0.0f, 0.0f, 0.0f, 0.0f};
    for (int row = FN_ROW_PART * a.part + warp; row < end; row += 8)
    {
        FnWords words = {};
        if (drops) words = fn_dropout_words(a.dropout, (unsigned)row, (unsigned)group, (unsigned)lane);
        const unsigned word[4] = {words.x0, words.x1, words.x2, words.x3};
        FN_UNROLL
        for (int i = 0; i < 4; i++)
        {
            const int column = group * 32 + lane + 8 * i;
            if (column >= a.columns) break;
            const fn_i64 at = (fn_i64)row * a.columns + column;
            float g = a.dy[at];
            if (a.saved) g *= fn_derivative(a.activation, a.saved[at] * undo);
            if (drops) g = word[i] >= a.dropout.threshold ? g * a.dropout.scale : 0.0f;
            if (a.dx) a.dx[at] = g;
            sum[i] += g;
        }
    }

    if (!a.partials) return;
    FN_UNROLL
    for (int i = 0; i < 4; i++) sums[warp * 128 + FN_LANE / 8 * 32 + lane + 8 * i] = sum[i];
    fn_sync();
    const int column = FN_COLUMN_BLOCK * 128 + FN_THREAD;
    if (FN_THREAD >= 128 || column >= a.columns) return;
    float total = 0.0f;
    for (int w = 0; w < 8; w++) total += sums[w * 128 + FN_THREAD];
    a.partials[(fn_i64)FN_ROW_PART * a.columns + column] = total;
}

struct FnAddPartsArgs
{
    const float* partials; // [vectors, parts, columns]
    float* first;          // [columns]: the sums of the first vector
    float* second;         // [columns]: those of the second one, where there is one
    int parts;
    int columns;
};

// The sums of the parts of one or two vectors, one for each block along y: 32 columns a block, the parts dealt out to its warps, whose sums are added up
// in their order.
FN_KERNEL_COOPERATIVE(256, fn_add_parts, FnAddPartsArgs)
{
    FN_SHARED(float, scratch, FN_PART_WARPS * FN_WARP);
    const int column = FN_BLOCK_X * FN_WARP + FN_LANE;
    const float* partials = a.partials + (fn_i64)FN_BLOCK_Y * a.parts * a.columns;
    float sum = 0.0f;
    if (column < a.columns)
    {
        const auto load = [&](int part) { return partials[(fn_i64)part * a.columns + column]; };
        fn_strides(a.parts, FN_THREAD / FN_WARP, FN_PART_WARPS, load, [&](int, float v) { sum += v; });
    }

    sum = fn_part_sum(sum, scratch);
    if (FN_THREAD < FN_WARP && column < a.columns) (FN_BLOCK_Y == 0 ? a.first : a.second)[column] = sum;
}
