#include "kernels.h"
#include <cstring>

namespace
{
    // Zero before any constructor runs, whatever the order of files.
    FnKernelEntry* first_kernel;
}

FnKernelEntry::FnKernelEntry(const char* kernel_name, size_t bytes, int threads, bool meets, void (*run_kernel)(const void*))
    : name(kernel_name), argument_bytes(bytes), most_threads(threads), cooperative(meets), run(run_kernel), next(first_kernel)
{
    first_kernel = this;
}

const FnKernelEntry* emulator::find_kernel(const char* name, int* count)
{
    const FnKernelEntry* found = nullptr;
    *count = 0;
    for (const FnKernelEntry* kernel = first_kernel; kernel != nullptr; kernel = kernel->next)
    {
        if (std::strcmp(kernel->name, name) != 0) continue;
        found = kernel;
        ++*count;
    }

    return found;
}
