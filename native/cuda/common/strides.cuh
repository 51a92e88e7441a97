// Loops in strides of all threads that keep four loads in flight: neither compiler unrolls a loop whose stride it doesn't know, nor moves a load before
// a store that may be to the same place.
#pragma once
#include "device.cuh"

struct FnPair
{
    float a, b;
};

// use(i, load(i)) for the thread's share of 0 ... count - 1: thread, thread + threads, and so on, in this order. An element's load comes before its use,
// but after the use of its neighbours in part: each thread may change what it alone has loaded.
template <class Load, class Use>
FN_DEVICE void fn_strides(int count, int thread, int threads, Load load, Use use)
{
    int i = thread;
    for (; i < count - 3 * threads; i += 4 * threads)
    {
        const auto v0 = load(i);
        const auto v1 = load(i + threads);
        const auto v2 = load(i + 2 * threads);
        const auto v3 = load(i + 3 * threads);
        use(i, v0);
        use(i + threads, v1);
        use(i + 2 * threads, v2);
        use(i + 3 * threads, v3);
    }

    for (; i < count; i += threads) use(i, load(i));
}

// The same over more than 2^31 items, or for all threads of a launch: a block takes runs of four times its threads.
template <class Load, class Use>
FN_DEVICE void fn_grid_strides(fn_i64 count, Load load, Use use)
{
    const fn_i64 run = 4 * (fn_i64)FN_THREADS;
    for (fn_i64 first = FN_BLOCK_X * run; first < count; first += FN_BLOCKS_X * run)
    {
        const fn_i64 i = first + FN_THREAD;
        if (first + run <= count)
        {
            const auto v0 = load(i);
            const auto v1 = load(i + FN_THREADS);
            const auto v2 = load(i + 2 * FN_THREADS);
            const auto v3 = load(i + 3 * FN_THREADS);
            use(i, v0);
            use(i + FN_THREADS, v1);
            use(i + 2 * FN_THREADS, v2);
            use(i + 3 * FN_THREADS, v3);
        }
        else
        {
            for (fn_i64 rest = i; rest < count; rest += FN_THREADS) use(rest, load(rest));
        }
    }
}
