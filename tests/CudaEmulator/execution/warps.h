// The threads of a block of a cooperative kernel, which meet at barriers and exchange values within warps.
#pragma once
#include "launch.h"

namespace emulator::warps
{
    // Runs a block to its end, or until leave_block; on the main stack.
    void run_block(const Launch& launch);

    // Whether the present code runs on a fiber.
    bool running();

    // After a fault, which left the fibers without a switch.
    void abandon();

    // Leaves the block for the main stack, from a fiber.
    [[noreturn]] void leave();
}
