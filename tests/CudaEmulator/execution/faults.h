// Accesses of a kernel to addresses that do not exist, which end the launch and not the process.
#pragma once
#include "launch.h"

namespace emulator::faults
{
    // Runs the blocks, and ends the launch where one of them faults.
    void run_caught(const Launch& launch, void (*run_blocks)(const Launch&), void (*on_fault)(LaunchEnd end, const std::string& text));
}
