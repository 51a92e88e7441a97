// Kernels whose threads meet.
#include "../../../../native/cuda/common/reduction.cuh"

struct ToySumArgs
{
    const float* x; // [rows, columns]
    float* sums;    // [rows]
    float* largest; // [rows]
    int columns;
};

FN_KERNEL_COOPERATIVE(256, toy_sum, ToySumArgs)
{
    FN_SHARED(float, scratch, 8);
    const float* const row = a.x + (fn_i64)FN_BLOCK_X * a.columns;
    float sum = 0.0f;
    float most = -FN_INFINITY;
    for (int i = FN_THREAD; i < a.columns; i += FN_THREADS)
    {
        sum += row[i];
        most = fn_at_least(most, row[i]);
    }

    sum = fn_block_sum(sum, scratch);
    fn_sync();
    most = fn_block_max(most, scratch);
    if (FN_THREAD != 0) return;
    a.sums[FN_BLOCK_X] = sum;
    a.largest[FN_BLOCK_X] = most;
}

struct ToyExchangeArgs
{
    int* y; // [threads, 5]
};

FN_KERNEL_COOPERATIVE(96, toy_exchange, ToyExchangeArgs)
{
    int* const y = a.y + 5 * FN_THREAD;
    const int value = FN_THREAD * 10;
    y[0] = fn_shuffle_xor(value, 5);
    y[1] = fn_shuffle(value, 31 - FN_LANE);
    y[2] = (int)fn_ballot(FN_LANE % 3 == 0);
    y[3] = (int)fn_shuffle_xor((float)value, 1);
    fn_sync_warp();
    // Exchange upon exchange, where a lane must not see the value of the next one.
    int total = 0;
    for (int i = 0; i < 100; i++) total += fn_shuffle(value + i, (FN_LANE + i) & 31);
    y[4] = total;
}

struct ToyReverseArgs
{
    const float* x; // [blocks, threads]
    float* y;       // [blocks, threads]: reversed in each block, and doubled
};

FN_KERNEL_COOPERATIVE(1024, toy_reverse, ToyReverseArgs)
{
    FN_SHARED(float, row, 1024);
    FN_SHARED_DYNAMIC(float, twice);
    const int at = FN_BLOCK_X * FN_THREADS + FN_THREAD;
    row[FN_THREAD] = a.x[at];
    fn_sync();
    twice[FN_THREAD] = 2.0f * row[FN_THREADS - 1 - FN_THREAD];
    fn_sync();
    const int neighbour = FN_THREAD ^ 1;
    a.y[FN_BLOCK_X * FN_THREADS + neighbour] = twice[neighbour];
}

struct ToyUnwrittenArgs
{
    float* y; // [blocks, 2]
};

// What shared memory holds before it is written to: nothing of the block before.
FN_KERNEL_COOPERATIVE(32, toy_unwritten, ToyUnwrittenArgs)
{
    FN_SHARED(float, row, 32);
    FN_SHARED_DYNAMIC(float, other);
    if (FN_THREAD == 7)
    {
        a.y[2 * FN_BLOCK_X] = row[7];
        a.y[2 * FN_BLOCK_X + 1] = other[7];
    }

    fn_sync();
    row[FN_THREAD] = 1.0f;
    other[FN_THREAD] = 1.0f;
}
