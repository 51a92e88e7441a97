// Sums over all blocks of a launch within the launch: each block leaves its part in device memory, and the last one to finish adds the
// parts up, in their order, whichever block that is.
#pragma once
#include "reduction.cuh"
#include "strides.cuh"

// Whether this is the last block to come here: then what the others have written before is there to read, by fn_reread. All threads of
// all blocks come here, once. The counter is 0 before and afterwards; flag is shared by the block.
FN_DEVICE bool fn_is_last_block(unsigned* counter, int* flag)
{
    fn_fence();
    fn_sync();
    if (FN_THREAD == 0)
    {
        const bool last = fn_atomic_add(counter, 1u) == (unsigned)FN_BLOCKS_X - 1;
        if (last) *counter = 0;
        *flag = last ? 1 : 0;
    }

    fn_sync();
    fn_fence();
    return *flag != 0;
}

// What another block has written in this launch: read from where all blocks see the same.
FN_DEVICE double fn_reread(const double* p) { return *(const volatile double*)p; }
FN_DEVICE int fn_reread(const int* p) { return *(const volatile int*)p; }

// The sum of the parts, for all threads of the block: of each thread's share in their order, then of the threads as fn_block_sum has it.
FN_DEVICE double fn_sum_parts(const double* parts, int count, double* scratch)
{
    double sum = 0.0;
    fn_strides(count, FN_THREAD, FN_THREADS, [&](int i) { return fn_reread(parts + i); }, [&](int, double v) { sum += v; });
    return fn_block_sum(sum, scratch);
}
