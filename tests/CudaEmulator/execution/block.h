// The block that runs at present, and how it ends early.
#pragma once
#include "launch.h"

namespace emulator
{
    // Thrown through a kernel without fibers; a fiber leaves by the switch to the main stack instead.
    struct BlockFailed
    {
    };

    // Says what the present block does wrong, with its kernel and place put before the text.
    void note_failure(LaunchEnd end, const std::string& text);

    // Ends the block and the launch, behind note_failure: a call of its own, since nothing on a fiber's stack is destroyed any more.
    [[noreturn]] void leave_block();

    // Whether the threads of the present block begin with the last one, and whether that changes at each barrier.
    bool backwards_now();
    bool alternates();
}
