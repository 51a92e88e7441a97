// Modules and the functions in them.
#pragma once
#include "../execution/kernels.h"
#include "ptx.h"
#include <memory>

namespace emulator
{
    struct Module
    {
        PtxModule ptx;
    };

    struct Function
    {
        Module* module;
        const FnKernelEntry* kernel;
        size_t static_shared;
        size_t most_dynamic_shared;
    };
}
