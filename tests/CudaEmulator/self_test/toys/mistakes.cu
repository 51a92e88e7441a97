// Kernels that do what a GPU does not allow.
#include "../../../../native/cuda/common/device.cuh"

struct ToyMistakeArgs
{
    float* y;  // [count]
    int count;
    int which; // a block, lane or index
};

FN_KERNEL_COOPERATIVE(256, toy_deadlock, ToyMistakeArgs)
{
    if (FN_BLOCK_X == a.which && FN_THREAD >= 64) return;
    fn_sync();
    a.y[FN_THREAD] = 1.0f;
}

FN_KERNEL_COOPERATIVE(256, toy_diverge, ToyMistakeArgs)
{
    if (FN_LANE < a.which) a.y[FN_THREAD] = fn_shuffle_xor(1.0f, 1);
    else fn_sync();
}

FN_KERNEL_COOPERATIVE(256, toy_mix, ToyMistakeArgs)
{
    if (FN_LANE < a.which) a.y[FN_THREAD] = fn_shuffle_xor(1.0f, 1);
    else a.y[FN_THREAD] = (float)fn_ballot(true);
}

FN_KERNEL_COOPERATIVE(256, toy_leave_warp, ToyMistakeArgs)
{
    if (FN_LANE == a.which) return;
    a.y[FN_THREAD] = fn_shuffle(1.0f, 0);
}

FN_KERNEL(256, toy_sync_apart, ToyMistakeArgs)
{
    a.y[FN_THREAD] = 1.0f;
    fn_sync();
}

FN_KERNEL(256, toy_shuffle_apart, ToyMistakeArgs) { a.y[FN_THREAD] = fn_shuffle(1.0f, 0); }

// Reads what another warp writes, without a barrier between.
FN_KERNEL_COOPERATIVE(64, toy_race, ToyMistakeArgs)
{
    FN_SHARED(float, row, 64);
    row[FN_THREAD] = 1.0f;
    a.y[FN_BLOCK_X * 64 + FN_THREAD] = row[FN_THREAD ^ 32];
}

FN_KERNEL(32, toy_write, ToyMistakeArgs)
{
    if (FN_THREAD == 0) a.y[a.which] = 1.0f;
}

FN_KERNEL_COOPERATIVE(32, toy_write_on_fiber, ToyMistakeArgs)
{
    fn_sync();
    if (FN_THREAD == 31) a.y[a.which] = 1.0f;
}

FN_KERNEL_COOPERATIVE(32, toy_overrun_static, ToyMistakeArgs)
{
    FN_SHARED(float, first, 32);
    FN_SHARED(float, second, 32);
    second[FN_THREAD] = 2.0f;
    float* const row = first;
    if (FN_THREAD == 0) row[a.which] = 1.0f;
    fn_sync();
    a.y[FN_THREAD] = first[FN_THREAD] + second[FN_THREAD];
}

FN_KERNEL_COOPERATIVE(32, toy_overrun_dynamic, ToyMistakeArgs)
{
    FN_SHARED_DYNAMIC(float, row);
    if (FN_THREAD == 0) row[a.which] = 1.0f;
}

FN_KERNEL(32, toy_divide, ToyMistakeArgs) { a.y[FN_THREAD] = (float)(100 / a.which); }

FN_DEVICE_CALLED int toy_depth(volatile int* deeper, int level)
{
    volatile int here[64];
    here[level & 63] = level;
    return *deeper ? toy_depth(deeper, level + 1) + here[level & 63] : level;
}

FN_KERNEL_COOPERATIVE(32, toy_overflow, ToyMistakeArgs)
{
    int deeper = 1;
    a.y[FN_THREAD] = (float)toy_depth(&deeper, 0);
    fn_sync();
}
