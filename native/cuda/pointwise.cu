// Functions of each element: bias, activation and dropout behind a product, and their gradients with column sums.
//
// Eight neighbouring threads lie on a group of 32 columns of a row; a thread has the columns lane + 0, 8, 16, 24 of its group, which share one Philox
// counter (common/dropout.cuh), and the eight fill a memory sector.
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

// y = dropout(f(scale * (x - centre) + shift)), in any order of rows; x, preactivation and y may be one place. A thread loads its four columns of
// two places, a place being a group of a row, before it uses the first of them: it may write only where it has read.
FN_KERNEL(256, fn_tail, FnTailArgs)
{
    const int Places = 2;
    const unsigned columns = (unsigned)a.columns;
    const unsigned groups = (columns + 31) / 32;
    const unsigned places = (unsigned)a.rows * groups; // fewer than the elements, which are fewer than 2^31
    const unsigned stride = (unsigned)FN_BLOCKS_X * FN_THREADS / 8;
    const unsigned lane = (unsigned)FN_THREAD % 8;
    const bool drops = fn_drops(a.dropout);
    const unsigned step = fn_step(a.dropout);
    for (unsigned place = ((unsigned)FN_BLOCK_X * FN_THREADS + FN_THREAD) / 8; place < places; place += Places * stride)
    {
        unsigned row[Places], first[Places], kept[Places];
        float v[Places][4];
        FN_UNROLL
        for (int p = 0; p < Places; p++)
        {
            const unsigned own = place + p * stride;
            row[p] = own / groups;
            first[p] = own < places ? (own - row[p] * groups) * 32 + lane : columns;
            FN_UNROLL
            for (int i = 0; i < 4; i++) v[p][i] = first[p] + 8 * i < columns ? a.x[(fn_i64)row[p] * a.columns + first[p] + 8 * i] : 0.0f;
        }

        FN_UNROLL
        for (int p = 0; p < Places; p++)
        {
            kept[p] = drops ? fn_keeps_of_thread(a.dropout, step, row[p], first[p] / 32, lane) : 0u;
            FN_UNROLL
            for (int i = 0; i < 4; i++)
            {
                const unsigned column = first[p] + 8 * i;
                if (column >= columns) break;
                if (a.centre) v[p][i] -= a.centre[column];
                if (a.scale) v[p][i] = fn_fma(v[p][i], a.scale[column], a.shift[column]);
                else if (a.shift) v[p][i] += a.shift[column];
            }
        }

        FN_UNROLL
        for (int p = 0; p < Places; p++)
        {
            FN_UNROLL
            for (int i = 0; i < 4; i++)
            {
                if (first[p] + 8 * i >= columns) break;
                const fn_i64 at = (fn_i64)row[p] * a.columns + first[p] + 8 * i;
                float y = v[p][i];
                if (a.preactivation) a.preactivation[at] = y;
                if (a.activation) y = fn_activate(a.activation, y);
                if (drops) y = kept[p] >> i & 1 ? y * a.dropout.scale : 0.0f;
                a.y[at] = y;
            }
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

// dx = f'(saved) * mask * dy and the sums of each part's rows. A block of 256 threads lies on 32 columns and one part of the rows, 8 threads on each
// of 32 rows, and loads what it needs of two times 32 rows before it uses the first of them. The sums of the rows that a thread has are added up over the
// four rows of its warp, then over the warps in their order.
FN_KERNEL_COOPERATIVE(256, fn_tail_backward, FnTailBackwardArgs)
{
    const int Rows = 2;
    FN_SHARED(float, scratch, FN_PART_WARPS * FN_WARP);
    const int lane = FN_LANE % 8;
    const int first = FN_COLUMN_BLOCK * FN_WARP + lane;
    const int end = fn_min(a.rows, (FN_ROW_PART + 1) * a.part);
    const bool drops = fn_drops(a.dropout);
    const unsigned step = fn_step(a.dropout);
    // What undoes the scale of a saved output; an input was saved before it was scaled.
    const float undo = drops && !fn_saves_input(a.activation) ? fn_divide(1.0f, a.dropout.scale) : 1.0f;
    float sum[4] = {0.0f, 0.0f, 0.0f, 0.0f};
    for (int row = FN_ROW_PART * a.part + FN_THREAD / 8; row < end; row += 32 * Rows)
    {
        float g[Rows][4], saved[Rows][4];
        unsigned kept[Rows];
        FN_UNROLL
        for (int r = 0; r < Rows; r++)
        {
            const fn_i64 at = (fn_i64)(row + 32 * r) * a.columns + first;
            FN_UNROLL
            for (int i = 0; i < 4; i++)
            {
                const bool there = row + 32 * r < end && first + 8 * i < a.columns;
                g[r][i] = there ? a.dy[at + 8 * i] : 0.0f;
                saved[r][i] = there && a.saved ? a.saved[at + 8 * i] : 0.0f;
            }
        }

        FN_UNROLL
        for (int r = 0; r < Rows; r++) kept[r] = drops ? fn_keeps_of_thread(a.dropout, step, (unsigned)(row + 32 * r), (unsigned)FN_COLUMN_BLOCK, (unsigned)lane) : 0u;
        FN_UNROLL
        for (int r = 0; r < Rows; r++)
        {
            if (row + 32 * r >= end) break;
            FN_UNROLL
            for (int i = 0; i < 4; i++)
            {
                if (first + 8 * i >= a.columns) break;
                float d = g[r][i];
                if (a.saved) d *= fn_derivative(a.activation, saved[r][i] * undo);
                if (drops) d = kept[r] >> i & 1 ? d * a.dropout.scale : 0.0f;
                if (a.dx) a.dx[(fn_i64)(row + 32 * r) * a.columns + first + 8 * i] = d;
                sum[i] += d;
            }
        }
    }

    if (!a.partials) return;
    FN_UNROLL
    for (int i = 0; i < 4; i++)
    {
        sum[i] += fn_shuffle_xor(sum[i], 8);
        sum[i] += fn_shuffle_xor(sum[i], 16);
    }

    // Lane l of a warp goes on with column l.
    const int which = FN_LANE / 8;
    const float total = fn_part_sum(which < 2 ? (which == 0 ? sum[0] : sum[1]) : (which == 2 ? sum[2] : sum[3]), scratch);
    const int column = FN_COLUMN_BLOCK * FN_WARP + FN_LANE;
    if (FN_THREAD < FN_WARP && column < a.columns) a.partials[(fn_i64)FN_ROW_PART * a.columns + column] = total;
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
