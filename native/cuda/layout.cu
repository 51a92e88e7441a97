// Operations that move elements and compute nothing or nearly nothing. Places have fewer than 2^31 elements.
#include "common/activations.cuh"
#include "common/dropout.cuh"
#include "common/strides.cuh"

struct FnSwapAxesArgs
{
    const float* x; // [first, second, columns]
    float* y;       // [second, first, columns]
    int first;
    int second;
    int columns;
    int edge; // elements of both axes that a tile has, up to FN_TILE_EDGE; edge * columns is up to FN_TILE_COLUMNS
};

#define FN_TILE_EDGE 32
#define FN_TILE_COLUMNS 128
#define FN_FEW_COLUMNS 8 // no more for tiles

// y[j, i, :] = x[i, j, :] for few columns, tile by tile through shared memory: runs of memory are as long as a tile's edge both where they are read and
// where they are written. Rows in shared memory lie apart by the columns modulo the 32 banks, so that a written run's elements lie in banks of their own.
FN_KERNEL_COOPERATIVE(256, fn_swap_axes_tiles, FnSwapAxesArgs)
{
    FN_SHARED(float, tile, FN_TILE_EDGE * (FN_TILE_COLUMNS + FN_FEW_COLUMNS));
    const int run = a.edge * a.columns;
    const int pitch = (run - a.columns + FN_WARP - 1) / FN_WARP * FN_WARP + a.columns;
    const int tiles_second = (a.second + a.edge - 1) / a.edge;
    const int tiles = (a.first + a.edge - 1) / a.edge * tiles_second;
    const int warp = FN_THREAD / FN_WARP, warps = FN_THREADS / FN_WARP;
    for (int number = FN_BLOCK_X; number < tiles; number += FN_BLOCKS_X)
    {
        const int i0 = number / tiles_second * a.edge;
        const int j0 = number % tiles_second * a.edge;
        const int edge_first = fn_min(a.edge, a.first - i0);
        const int edge_second = fn_min(a.edge, a.second - j0);
        const int reads = edge_second * a.columns;
        const int writes = edge_first * a.columns;
        for (int i = warp; i < edge_first; i += warps)
        {
            const float* x = a.x + ((fn_i64)(i0 + i) * a.second + j0) * a.columns;
            for (int k = FN_LANE; k < reads; k += FN_WARP) tile[i * pitch + k] = x[k];
        }

        fn_sync();
        for (int j = warp; j < edge_second; j += warps)
        {
            float* y = a.y + ((fn_i64)(j0 + j) * a.first + i0) * a.columns;
            for (int k = FN_LANE; k < writes; k += FN_WARP)
            {
                const int i = k / a.columns;
                y[k] = tile[i * pitch + j * a.columns + k - i * a.columns];
            }
        }

        fn_sync();
    }
}

// The same where the columns alone are long enough runs.
FN_KERNEL(256, fn_swap_axes_rows, FnSwapAxesArgs)
{
    fn_grid_strides(
        (fn_i64)a.first * a.second * a.columns,
        [&](fn_i64 at)
        {
            const unsigned row = (unsigned)at / (unsigned)a.columns;
            const unsigned column = (unsigned)at - row * (unsigned)a.columns;
            const unsigned j = row / (unsigned)a.first;
            const unsigned i = row - j * (unsigned)a.first;
            return a.x[((fn_i64)i * a.second + j) * a.columns + column];
        },
        [&](fn_i64 at, float v) { a.y[at] = v; });
}

struct FnAddArgs
{
    const float* a; // [rows, columns]
    const float* b; // [rows, columns]
    float* y;       // [rows, columns], may be a or b
    fn_u64 activation;
    FnDropout dropout;
    int rows;
    int columns;
};

// y = f(a + b), where rows don't matter.
FN_KERNEL(256, fn_add, FnAddArgs)
{
    fn_grid_strides(
        (fn_i64)a.rows * a.columns, [&](fn_i64 at) { return a.a[at] + a.b[at]; },
        [&](fn_i64 at, float v) { a.y[at] = a.activation ? fn_activate(a.activation, v) : v; });
}

// y = dropout(f(a + b)): a warp takes four groups of 32 columns at a time, one after the other through the rows.
FN_KERNEL_COOPERATIVE(256, fn_add_dropout, FnAddArgs)
{
    const unsigned step = fn_step(a.dropout);
    const fn_i64 groups = (a.columns + FN_WARP - 1) / FN_WARP;
    const fn_i64 places = groups * a.rows;
    const int warps = FN_THREADS / FN_WARP;
    for (fn_i64 place = ((fn_i64)FN_BLOCK_X * warps + FN_THREAD / FN_WARP) * 4; place < places; place += (fn_i64)FN_BLOCKS_X * warps * 4)
    {
        const unsigned drawn = (unsigned)(place + FN_LANE / 8);
        const unsigned drawn_row = drawn / (unsigned)groups;
        const unsigned kept = fn_keeps_of_warp(a.dropout, step, drawn_row, drawn - drawn_row * (unsigned)groups);
        float v[4];
        fn_i64 at[4];
        FN_UNROLL
        for (int i = 0; i < 4; i++)
        {
            const unsigned row = (unsigned)(place + i) / (unsigned)groups;
            const int column = (int)((unsigned)(place + i) - row * (unsigned)groups) * FN_WARP + FN_LANE;
            const bool there = place + i < places && column < a.columns;
            at[i] = there ? (fn_i64)row * a.columns + column : -1;
            v[i] = there ? a.a[at[i]] + a.b[at[i]] : 0.0f;
        }

        FN_UNROLL
        for (int i = 0; i < 4; i++)
        {
            if (at[i] < 0) continue;
            const float f = a.activation ? fn_activate(a.activation, v[i]) : v[i];
            a.y[at[i]] = kept >> 8 * i & 1 ? f * a.dropout.scale : 0.0f;
        }
    }
}

struct FnCopyColumnsArgs
{
    const float* source; // [rows, source_columns], from its first column that is copied
    float* target;       // [rows, target_columns], from its first column that is written
    int source_columns;
    int target_columns;
    int rows;
    int count;
    int accumulate;
};

struct FnCopied
{
    unsigned to; // the place in the target: a pointer that is handed on would no longer be known to be one to device memory
    float value;
};

// target[r, j] (+)= source[r, j] for j below the count.
FN_KERNEL(256, fn_copy_columns, FnCopyColumnsArgs)
{
    fn_grid_strides(
        (fn_i64)a.rows * a.count,
        [&](fn_i64 item)
        {
            const unsigned row = (unsigned)item / (unsigned)a.count;
            const unsigned column = (unsigned)item - row * (unsigned)a.count;
            const float v = a.source[(fn_i64)row * a.source_columns + column];
            const unsigned to = row * (unsigned)a.target_columns + column;
            return FnCopied{to, a.accumulate ? a.target[to] + v : v};
        },
        [&](fn_i64, FnCopied c) { a.target[c.to] = c.value; });
}

struct FnBroadcastRowArgs
{
    const float* row; // [columns]
    float* y;         // [rows, columns]
    int rows;
    int columns;
};

FN_KERNEL(256, fn_broadcast_row, FnBroadcastRowArgs)
{
    fn_grid_strides(
        (fn_i64)a.rows * a.columns, [&](fn_i64 at) { return a.row[(unsigned)at % (unsigned)a.columns]; }, [&](fn_i64 at, float v) { a.y[at] = v; });
}

struct FnMoveTowardsArgs
{
    const float* x;
    float* y;
    int length;
    float fraction;
};

// y += fraction * (x - y): a y that equals x stays as it is.
FN_KERNEL(256, fn_move_towards, FnMoveTowardsArgs)
{
    fn_grid_strides(
        a.length, [&](fn_i64 at) { return FnPair{a.x[at], a.y[at]}; }, [&](fn_i64 at, FnPair v) { a.y[at] = fn_fma(a.fraction, v.a - v.b, v.b); });
}
