// A handle of cuBLAS and the results of its functions (cublasStatus_t).
#pragma once
#include <cstddef>
#include <memory>

#define FN_BLAS_API extern "C" __attribute__((visibility("default"))) int

namespace emulator::blas
{
    enum Status : int
    {
        Success = 0,
        NotInitialized = 1,
        InvalidValue = 7,
        MappingError = 11,
        ExecutionFailed = 13,
        NotSupported = 15,
    };

    // cublasMath_t; the flags of reduced-precision sums change nothing here.
    constexpr int DefaultMath = 0;
    constexpr int PedanticMath = 2;
    constexpr int Tf32Math = 3;
    constexpr int MathFlags = 16;

    struct Handle
    {
        void* stream = nullptr;
        int math = DefaultMath;
        int atomics = 0;
        bool scalars_on_device = false;
        unsigned long long workspace = 0;
        size_t workspace_bytes = 0;
    };

    // The handle if it is one and the device can work, else null with the reason; with the failure that a test has asked for.
    std::shared_ptr<Handle> find(void* handle, const char* function, int* status);
}
