// A stack for each thread of a block, and switches between them.
#pragma once
#include <cstddef>

namespace emulator::fibers
{
    constexpr int Most = 1024;

    // Makes count fibers that start in entry at their first switch.
    void prepare(int count, void (*entry)());

    // From the main stack to a fiber; returns when a fiber calls to_main.
    void run(int fiber);

    // From one fiber to another.
    void to(int from, int fiber);

    // From a fiber to the main stack; it can't be resumed but by prepare.
    [[noreturn]] void to_main(int from);

    // Whether an address is in the page that lies below a stack.
    bool is_overflow(const void* address);
}
