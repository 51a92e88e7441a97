// Kernels whose threads work apart.
#include "../../../../native/cuda/common/device.cuh"

struct ToyAddArgs
{
    const float* x; // [count]
    float* y;       // [count]
    int count;
    float scale;
};

// y += scale * x
FN_KERNEL(256, toy_add, ToyAddArgs)
{
    for (int i = FN_BLOCK_X * FN_THREADS + FN_THREAD; i < a.count; i += FN_BLOCKS_X * FN_THREADS) a.y[i] = fn_fma(a.scale, a.x[i], a.y[i]);
}

struct ToyPlacesArgs
{
    int* places; // [blocks z, blocks y, blocks x, threads, 4]
};

FN_KERNEL(1024, toy_places, ToyPlacesArgs)
{
    const int block = (FN_BLOCK_Z * FN_BLOCKS_Y + FN_BLOCK_Y) * FN_BLOCKS_X + FN_BLOCK_X;
    int* const place = a.places + 4 * (block * FN_THREADS + FN_THREAD);
    place[0] = FN_THREAD;
    place[1] = FN_BLOCK_X;
    place[2] = FN_BLOCK_Y;
    place[3] = FN_BLOCK_Z;
}

struct ToyCountArgs
{
    unsigned* counter;
    unsigned* order; // [blocks]: which block came how many-th
};

FN_KERNEL(32, toy_count, ToyCountArgs)
{
    if (FN_THREAD != 0) return;
    a.order[FN_BLOCK_X] = fn_atomic_add(a.counter, 1);
    fn_fence();
}

struct ToyMathArgs
{
    float* y; // [8]
    float x;
};

FN_KERNEL(1, toy_math, ToyMathArgs)
{
    a.y[0] = fn_fma(a.x, a.x, -1.0f);
    a.y[1] = (float)fn_popcount(0xF0F0u);
    a.y[2] = fn_from_bits(fn_multiply_high(0x80000000u, 0x7F000000u));
    a.y[3] = fn_sqrt(a.x);
    a.y[4] = fn_divide(1.0f, a.x);
    a.y[5] = fn_round(2.5f);
    a.y[6] = fn_abs(-a.x);
    a.y[7] = (float)fn_fma((double)a.x, (double)a.x, -1.0);
}
