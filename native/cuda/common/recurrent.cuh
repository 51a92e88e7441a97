// What the recurrent layers have in common: where the steps lie, and the product of a step with a matrix that stays on the chip.
//
// A block has a tile of S samples from the first step to the last. Its thread t has one column of the product, t = gate * units + unit: the
// sum over k < units of operand[k] * w[k, t]. Forward the operand is h for every gate and w is U; backward the operand of a gate's
// columns is that gate's dz and w[k, gate * units + unit] = U[unit, gate * units + k], so that a unit's dh is the sum of its gates' columns.
// The first R elements of a thread's column are in its registers, where reading them costs nothing; the rest is in shared memory,
// [k - R, columns], read without bank conflicts. R, a multiple of 8, is 64 where blocks have up to 512 threads, of 128 registers each, 48 with four samples (40 with three gates), and 32 for few units. In the
// cell's functions thread t has the unit t % units of the samples gate, gate + G, ...
//
// What a step needs of device memory is loaded A steps ahead, into the registers that the step before has just used of a ring of A: a step of few units takes
// less time than a load. So A steps in a row are in the code. A is as large as registers allow without spilling: up to 4 for few units, 1 or 2 for many.
//
// Dynamic shared memory, in floats: the operands, rows of `depth`; what gates exchange; the rest of w, rows of `columns`: where there are more units
// than R, those units rounded up to 4, less R. The kernels of R = 32 begin backward with U in the same place, 33 numbers a
// column. The engine's RecurrentKernelForms has the same sizes.
#pragma once
#include "activations.cuh"

struct FnScan
{
    const int* lengths; // [batch]: from there on the state is carried on unchanged; or null
    int time;
    int batch;
    int units;
    int reverse; // not 0: the scan begins at the end of time
};

// The place in time of a step of the scan, and the state blocks that it reads and writes.
FN_DEVICE int fn_at(const FnScan& scan, int step) { return scan.reverse ? scan.time - 1 - step : step; }
FN_DEVICE int fn_before(const FnScan& scan, int step) { return scan.reverse ? scan.time - step : step; }
FN_DEVICE int fn_after(const FnScan& scan, int step) { return scan.reverse ? scan.time - 1 - step : step + 1; }

// Whether no gradient flows from a step to the one before it.
FN_DEVICE bool fn_is_cut(int truncate, int step) { return truncate > 0 && step > 0 && step % truncate == 0; }

// A block's samples and a thread's part in them.
template <int G, int R, int S>
struct FnTile
{
    static constexpr int Items = (S + G - 1) / G; // samples whose cell functions a thread computes

    int units;
    int columns; // G * units
    int depth;   // of an operand in shared memory: R or more, whole groups of 4, 0 behind the units
    int first;   // the first sample
    int count;   // samples, up to S
    int column;
    int gate;
    int unit;
    bool active; // whether the thread has a column
};

template <int G, int R, int S>
FN_DEVICE FnTile<G, R, S> fn_tile(const FnScan& scan)
{
    FnTile<G, R, S> tile;
    tile.units = scan.units;
    tile.columns = G * scan.units;
    tile.depth = fn_max(R, (scan.units + 3) & ~3);
    tile.first = FN_BLOCK_X * S;
    tile.count = fn_min(S, scan.batch - tile.first);
    tile.column = FN_THREAD;
    tile.active = tile.column < tile.columns;
    tile.gate = G == 1 ? 0 : tile.column / scan.units;
    tile.unit = tile.column - tile.gate * scan.units;
    return tile;
}

// The length of a sample of the tile; behind the batch all samples are over at once.
template <int G, int R, int S>
FN_DEVICE int fn_length(const FnScan& scan, const FnTile<G, R, S>& tile, int s)
{
    return s >= tile.count ? 0 : scan.lengths ? scan.lengths[tile.first + s] : scan.time;
}

// Whether a thread has a column, or a unit, and the tile has a sample.
template <int G, int R, int S>
FN_DEVICE bool fn_has(const FnTile<G, R, S>& tile, int s) { return tile.active && s < tile.count; }

// The row of a sample of the tile in a block of a sequence. Places are 32 bits wide, for a whole sequence has fewer than 2^31 numbers, and unsigned, so that the
// compiler doesn't keep 64-bit pointers to all of them: registers are what is scarce.
template <int G, int R, int S>
FN_DEVICE unsigned fn_row(const FnScan& scan, const FnTile<G, R, S>& tile, int block, int s)
{
    return (unsigned)(block * scan.batch + tile.first + s);
}

// A thread's column of w.
template <int R>
struct FnColumn
{
    static_assert(R % 8 == 0, "The product takes 8 elements at a time.");
    float held[R];
    float* rest; // the column's first element in shared memory, for k = R
};

// Loads w, [units, columns]; the threads then read what they have written themselves.
template <int G, int R, int S>
FN_DEVICE void fn_load_column(const float* matrix, const FnTile<G, R, S>& tile, float* rest, FnColumn<R>& w)
{
    const float* const from = matrix + (tile.active ? tile.column : 0);
    FN_UNROLL
    for (int k = 0; k < R; k++) w.held[k] = k < tile.units ? from[k * tile.columns] : 0.0f;
    w.rest = rest + tile.column;
    if (R == 32 || !tile.active) return;
    // Whole groups of 4 rows, so that the product needs no remainder; many loads at a time, for a block may be alone on its multiprocessor.
    const int end = (tile.units + 3) & ~3;
    for (int k = R; k < end; k += 8)
    {
        float v[8];
        FN_UNROLL
        for (int i = 0; i < 8; i++) v[i] = k + i < tile.units ? from[(k + i) * tile.columns] : 0.0f;
        FN_UNROLL
        for (int i = 0; i < 8; i++)
        {
            if (k + i < end) w.rest[(k - R + i) * tile.columns] = v[i];
        }
    }
}

// Loads w = U transposed within each gate, of up to 32 units, by way of [columns, 33] numbers of shared memory. U is G * units rows of `units` numbers, and
// row unit * G + gate becomes column gate * units + unit. A warp reads 32 rows, all at once.
template <int G, int S>
FN_DEVICE void fn_load_transposed(const float* kernel, const FnTile<G, 32, S>& tile, float* scratch, FnColumn<32>& w)
{
    const int first = FN_THREAD / FN_WARP * 32;
    float v[32];
    FN_UNROLL
    for (int i = 0; i < 32; i++) v[i] = first + i < tile.columns && FN_LANE < tile.units ? kernel[(first + i) * tile.units + FN_LANE] : 0.0f;
    FN_UNROLL
    for (int i = 0; i < 32; i++)
    {
        const int row = first + i;
        if (row < tile.columns) scratch[(row % G * tile.units + row / G) * 33 + FN_LANE] = v[i];
    }

    fn_sync();
    FN_UNROLL
    for (int k = 0; k < 32; k++) w.held[k] = tile.active ? scratch[tile.column * 33 + k] : 0.0f;
    w.rest = scratch;
    fn_sync();
}

struct FnTransposeArgs
{
    const float* kernel; // U, [units, gates * units]
    float* transposed;   // [units, gates * units]: U transposed within each gate
    int gates;
    int units;
};

// The matrix of the backward pass, for all blocks, in squares of 32 x 32; FN_BLOCK_Z is the gate. 256 threads.
FN_DEVICE void fn_transpose_gates(const FnTransposeArgs& a, float* square)
{
    const int columns = a.gates * a.units;
    const int row = FN_BLOCK_Y * 32 + FN_THREAD / 32, column = FN_BLOCK_X * 32 + FN_LANE;
    FN_UNROLL
    for (int i = 0; i < 32; i += 8)
    {
        if (row + i < a.units && column < a.units) square[(FN_THREAD / 32 + i) * 33 + FN_LANE] = a.kernel[(row + i) * columns + FN_BLOCK_Z * a.units + column];
    }

    fn_sync();
    const int k = FN_BLOCK_X * 32 + FN_THREAD / 32, unit = FN_BLOCK_Y * 32 + FN_LANE;
    FN_UNROLL
    for (int i = 0; i < 32; i += 8)
    {
        if (k + i < a.units && unit < a.units) a.transposed[(k + i) * columns + FN_BLOCK_Z * a.units + unit] = square[FN_LANE * 33 + FN_THREAD / 32 + i];
    }
}

// sum[s] += the product of the thread's column with the operands of all samples, which lie `stride` apart. Every other k is summed apart, whatever S:
// two chains of multiply-adds a sample, and the same bits for all tiles.
template <int G, int R, int S>
FN_DEVICE void fn_multiply(const FnColumn<R>& w, const FnTile<G, R, S>& tile, const float* operand, int stride, float (&sum)[S])
{
    float even[S], odd[S];
    FN_UNROLL
    for (int s = 0; s < S; s++) even[s] = odd[s] = 0.0f;
    FN_UNROLL
    for (int k = 0; k < R; k += 8)
    {
        FN_UNROLL
        for (int s = 0; s < S; s++)
        {
            const FnFloat4* const p = (const FnFloat4*)(operand + s * stride + k);
            const FnFloat4 low = p[0], high = p[1];
            even[s] = fn_fma(low.x, w.held[k], even[s]);
            odd[s] = fn_fma(low.y, w.held[k + 1], odd[s]);
            even[s] = fn_fma(low.z, w.held[k + 2], even[s]);
            odd[s] = fn_fma(low.w, w.held[k + 3], odd[s]);
            even[s] = fn_fma(high.x, w.held[k + 4], even[s]);
            odd[s] = fn_fma(high.y, w.held[k + 5], odd[s]);
            even[s] = fn_fma(high.z, w.held[k + 6], even[s]);
            odd[s] = fn_fma(high.w, w.held[k + 7], odd[s]);
        }
    }

    const float* rest = w.rest;
    for (int k = R; R > 32 && k < tile.units; k += 4, rest += 4 * tile.columns)
    {
        const float w0 = rest[0], w1 = rest[tile.columns], w2 = rest[2 * tile.columns], w3 = rest[3 * tile.columns];
        FN_UNROLL
        for (int s = 0; s < S; s++)
        {
            const FnFloat4 p = *(const FnFloat4*)(operand + s * stride + k);
            even[s] = fn_fma(p.x, w0, even[s]);
            odd[s] = fn_fma(p.y, w1, odd[s]);
            even[s] = fn_fma(p.z, w2, even[s]);
            odd[s] = fn_fma(p.w, w3, odd[s]);
        }
    }

    FN_UNROLL
    for (int s = 0; s < S; s++) sum[s] += even[s] + odd[s];
}

// The place of a thread's first unit of all samples, and the threads of a launch, for the kernels of one step: like all places of 32 bits.
FN_DEVICE unsigned fn_first_item() { return (unsigned)FN_BLOCK_X * (unsigned)FN_THREADS + (unsigned)FN_THREAD; }
FN_DEVICE unsigned fn_all_threads() { return (unsigned)FN_BLOCKS_X * (unsigned)FN_THREADS; }

// Sets numbers of shared memory to 0, by all threads; visible after the next barrier.
FN_DEVICE void fn_clear_shared(float* p, int count)
{
    for (int i = FN_THREAD; i < count; i += FN_THREADS) p[i] = 0.0f;
}
