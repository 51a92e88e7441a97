// Loops in strides of all threads that keep four loads in flight: neither compiler unrolls a loop whose stride it doesn't know, nor moves a load before
// a store that may be to the same place.
#pragma once
#include "device.cuh"

struct FnPair
{
    float a, b;
};

template <class Index, class Load>
FN_DEVICE auto fn_load_if(bool there, Index i, Load load) -> decltype(load(i))
{
    decltype(load(i)) nothing{};
    return there ? load(i) : nothing;
}

// use(i, load(i)) for the thread's share of 0 ... count - 1: thread, thread + threads, and so on, in this order. Up to four elements are loaded before
// the first of them is used: a thread may change what it alone loads.
template <class Load, class Use>
FN_DEVICE void fn_strides(int count, int thread, int threads, Load load, Use use)
{
    for (int i = thread; i < count; i += 4 * threads)
    {
        const bool there1 = i < count - threads, there2 = i < count - 2 * threads, there3 = i < count - 3 * threads;
        const auto v0 = load(i);
        const auto v1 = fn_load_if(there1, i + threads, load);
        const auto v2 = fn_load_if(there2, i + 2 * threads, load);
        const auto v3 = fn_load_if(there3, i + 3 * threads, load);
        use(i, v0);
        if (there1) use(i + threads, v1);
        if (there2) use(i + 2 * threads, v2);
        if (there3) use(i + 3 * threads, v3);
    }
}

// The same for all threads of a launch, in no order: a block takes runs of four times its threads.
template <class Load, class Use>
FN_DEVICE void fn_grid_strides(fn_i64 count, Load load, Use use)
{
    const int threads = FN_THREADS;
    for (fn_i64 i = (fn_i64)FN_BLOCK_X * threads * 4 + FN_THREAD; i < count; i += (fn_i64)FN_BLOCKS_X * threads * 4)
    {
        const bool there1 = i < count - threads, there2 = i < count - 2 * threads, there3 = i < count - 3 * threads;
        const auto v0 = load(i);
        const auto v1 = fn_load_if(there1, i + threads, load);
        const auto v2 = fn_load_if(there2, i + 2 * threads, load);
        const auto v3 = fn_load_if(there3, i + 3 * threads, load);
        use(i, v0);
        if (there1) use(i + threads, v1);
        if (there2) use(i + 2 * threads, v2);
        if (there3) use(i + 3 * threads, v3);
    }
}
