// The kernels that are linked into the library.
#pragma once
#include "../emulated_device.h"

namespace emulator
{
    // The kernel of a name, or null; *count says how many files have one of that name.
    const FnKernelEntry* find_kernel(const char* name, int* count);
}
