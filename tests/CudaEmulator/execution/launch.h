// Runs one launch of a kernel to its end, on the calling thread. One launch at a time: the driver's lock is held.
#pragma once
#include "kernels.h"
#include <string>

namespace emulator
{
    enum class BlockOrder
    {
        Alternating, // of launches; within a launch, of the warps of a block from barrier to barrier
        Forwards,
        Backwards,
    };

    struct Launch
    {
        const FnKernelEntry* kernel;
        const void* arguments;
        unsigned blocks[3];
        unsigned threads;
        size_t dynamic_shared;
    };

    enum class LaunchEnd
    {
        Done,
        Failed,         // a barrier or an exchange that never completes, a stack that overflows
        IllegalAddress, // an access outside memory
    };

    // What a kernel did wrong and where is put into text.
    LaunchEnd run_launch(const Launch& launch, std::string& text);

    void set_block_order(BlockOrder order);
}
