// What the driver must know of a module's PTX text.
#pragma once
#include "status.h"
#include <string>
#include <vector>

namespace emulator
{
    struct PtxKernel
    {
        std::string name;
        std::vector<size_t> parameters; // bytes of each
        size_t static_shared = 0;
        int most_threads = 0; // 0: the text does not say
    };

    struct PtxModule
    {
        int version = 0; // 10 * major + minor
        int target = 0;
        std::vector<PtxKernel> kernels;
    };

    // Reads the text for a driver that knows PTX up to a version and a device of a compute capability (both 10 * major + minor).
    Status read_ptx(const char* text, int newest_version, int capability, PtxModule& module, std::string& log);

    // The newest PTX that a driver of a version (1000 * major + 10 * minor) knows.
    int newest_ptx(int driver_version);
}
