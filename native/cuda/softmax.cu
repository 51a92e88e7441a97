// Softmax over the rows of a matrix, forward and backward: by a few lanes of a warp where rows are short, by a block where they are long.
// A row is read once from memory and then from the first cache; exponentials are computed twice, which costs less than to store them.
#include "common/functions.cuh"
#include "common/reduction.cuh"
#include "common/strides.cuh"

struct FnSoftmaxArgs
{
    const float* x; // [rows, columns]
    float* y;       // [rows, columns], may be x
    int rows;
    int columns;
    int lanes; // on a row, a power of two up to 32
};

struct FnSoftmaxBackwardArgs
{
    const float* dy; // [rows, columns]
    const float* y;  // [rows, columns]
    float* dx;       // [rows, columns], may be dy
    int rows;
    int columns;
    int lanes;
};

// Over so many neighbouring lanes, a power of two.
FN_DEVICE float fn_lanes_max(float v, int lanes)
{
    for (int mask = lanes / 2; mask > 0; mask /= 2) v = fn_at_least(fn_shuffle_xor(v, mask), v);
    return v;
}

// A thread's share of a row: the largest element, the sum of exponentials, the output. A NaN need not be the largest: its exponential makes the sum
// NaN, and with it the row.
FN_DEVICE float fn_softmax_max(const float* x, int columns, int thread, int threads)
{
    float largest = -FN_INFINITY;
    fn_strides(columns, thread, threads, [&](int c) { return x[c]; }, [&](int, float v) { largest = fn_at_least(largest, v); });
    return largest;
}

FN_DEVICE float fn_softmax_sum(const float* x, float shift, int columns, int thread, int threads)
{
    float sum = 0.0f;
    fn_strides(columns, thread, threads, [&](int c) { return x[c]; }, [&](int, float v) { sum += fn_exp(v - shift); });
    return sum;
}

FN_DEVICE void fn_softmax_write(const float* x, float shift, float factor, float* y, int columns, int thread, int threads)
{
    fn_strides(columns, thread, threads, [&](int c) { return x[c]; }, [&](int c, float v) { y[c] = fn_exp(v - shift) * factor; });
}

FN_DEVICE float fn_softmax_dot(const float* dy, const float* y, int columns, int thread, int threads)
{
    float sum = 0.0f;
    fn_strides(columns, thread, threads, [&](int c) { return FnPair{y[c], dy[c]}; }, [&](int, FnPair v) { sum = fn_fma(v.a, v.b, sum); });
    return sum;
}

FN_DEVICE void fn_softmax_gradient(const float* dy, const float* y, float dot, float* dx, int columns, int thread, int threads)
{
    fn_strides(columns, thread, threads, [&](int c) { return FnPair{y[c], dy[c]}; }, [&](int c, FnPair v) { dx[c] = v.a * (v.b - dot); });
}

// y = e^(x - max) / sum(e^(x - max)); the lanes behind the last row have rows of no columns.
FN_KERNEL_COOPERATIVE(256, fn_softmax, FnSoftmaxArgs)
{
    const int lane = FN_THREAD & (a.lanes - 1);
    const int rows = FN_THREADS / a.lanes;
    for (fn_i64 first = (fn_i64)FN_BLOCK_X * rows; first < a.rows; first += (fn_i64)FN_BLOCKS_X * rows)
    {
        const fn_i64 row = first + FN_THREAD / a.lanes;
        const int columns = row < a.rows ? a.columns : 0;
        const float* x = a.x + row * a.columns;
        const float largest = fn_lanes_max(fn_softmax_max(x, columns, lane, a.lanes), a.lanes);
        const float sum = fn_lanes_sum(fn_softmax_sum(x, largest, columns, lane, a.lanes), a.lanes);
        fn_softmax_write(x, largest, fn_divide(1.0f, sum), a.y + row * a.columns, columns, lane, a.lanes);
    }
}

FN_KERNEL_COOPERATIVE(1024, fn_softmax_long, FnSoftmaxArgs)
{
    FN_SHARED(float, largests, 32);
    FN_SHARED(float, sums, 32);
    for (int row = FN_BLOCK_X; row < a.rows; row += FN_BLOCKS_X)
    {
        const float* x = a.x + (fn_i64)row * a.columns;
        const float largest = fn_block_max(fn_softmax_max(x, a.columns, FN_THREAD, FN_THREADS), largests);
        const float sum = fn_block_sum(fn_softmax_sum(x, largest, a.columns, FN_THREAD, FN_THREADS), sums);
        fn_softmax_write(x, largest, fn_divide(1.0f, sum), a.y + (fn_i64)row * a.columns, a.columns, FN_THREAD, FN_THREADS);
    }
}

// dx = y * (dy - sum(y * dy)).
FN_KERNEL_COOPERATIVE(256, fn_softmax_backward, FnSoftmaxBackwardArgs)
{
    const int lane = FN_THREAD & (a.lanes - 1);
    const int rows = FN_THREADS / a.lanes;
    for (fn_i64 first = (fn_i64)FN_BLOCK_X * rows; first < a.rows; first += (fn_i64)FN_BLOCKS_X * rows)
    {
        const fn_i64 row = first + FN_THREAD / a.lanes;
        const int columns = row < a.rows ? a.columns : 0;
        const float* dy = a.dy + row * a.columns;
        const float* y = a.y + row * a.columns;
        const float dot = fn_lanes_sum(fn_softmax_dot(dy, y, columns, lane, a.lanes), a.lanes);
        fn_softmax_gradient(dy, y, dot, a.dx + row * a.columns, columns, lane, a.lanes);
    }
}

FN_KERNEL_COOPERATIVE(1024, fn_softmax_backward_long, FnSoftmaxBackwardArgs)
{
    FN_SHARED(float, sums, 2 * 32);
    int turn = 0;
    for (int row = FN_BLOCK_X; row < a.rows; row += FN_BLOCKS_X)
    {
        const float* dy = a.dy + (fn_i64)row * a.columns;
        const float* y = a.y + (fn_i64)row * a.columns;
        // Two places in turn: a warp may be a row ahead of another one.
        const float dot = fn_block_sum(fn_softmax_dot(dy, y, a.columns, FN_THREAD, FN_THREADS), sums + 32 * turn);
        turn = 1 - turn;
        fn_softmax_gradient(dy, y, dot, a.dx + (fn_i64)row * a.columns, a.columns, FN_THREAD, FN_THREADS);
    }
}
