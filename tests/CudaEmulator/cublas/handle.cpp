#include "handle.h"
#include "../driver/handles.h"
#include "../driver/library_link.h"
#include <mutex>

using namespace emulator::blas;

namespace
{
    std::mutex lock;

    emulator::Handles<Handle>& handles()
    {
        static auto* const all = new emulator::Handles<Handle>();
        return *all;
    }

    template <class Body> int with_handle(void* handle, const char* function, Body body)
    {
        int status;
        const auto found = find(handle, function, &status);
        return found == nullptr ? status : (int)body(*found);
    }
}

std::shared_ptr<Handle> emulator::blas::find(void* handle, const char* function, int* status)
{
    *status = fnEmulatorInjected(function);
    if (*status != Success) return nullptr;
    const std::lock_guard<std::mutex> hold(lock);
    const auto found = handles().find(handle);
    *status = found == nullptr ? NotInitialized : Success;
    return found;
}

FN_BLAS_API cublasCreate_v2(void** handle)
{
    const int injected = fnEmulatorInjected(__func__);
    if (injected != Success) return injected;
    if (handle == nullptr) return InvalidValue;
    if (fnEmulatorMayAllocate() != 0) return NotInitialized;
    const std::lock_guard<std::mutex> hold(lock);
    *handle = handles().add(std::make_shared<Handle>());
    fnEmulatorCountHandles(1);
    return Success;
}

FN_BLAS_API cublasDestroy_v2(void* handle)
{
    const int injected = fnEmulatorInjected(__func__);
    if (injected != Success) return injected;
    {
        const std::lock_guard<std::mutex> hold(lock);
        if (!handles().remove(handle)) return NotInitialized;
    }

    fnEmulatorCountHandles(-1);
    fnEmulatorWaitForAll();
    return Success;
}

FN_BLAS_API cublasGetVersion_v2(void*, int* version)
{
    const int injected = fnEmulatorInjected(__func__);
    if (injected != Success) return injected;
    if (version == nullptr) return InvalidValue;
    *version = 120500;
    return Success;
}

FN_BLAS_API cublasSetStream_v2(void* handle, void* stream)
{
    return with_handle(
        handle,
        __func__,
        [&](Handle& found)
        {
            if (!fnEmulatorIsStream(stream)) return ExecutionFailed;
            found.stream = stream;
            // As the library does: a workspace that was set before is forgotten.
            found.workspace = 0;
            found.workspace_bytes = 0;
            return Success;
        });
}

FN_BLAS_API cublasGetStream_v2(void* handle, void** stream)
{
    return with_handle(
        handle,
        __func__,
        [&](Handle& found)
        {
            if (stream == nullptr) return InvalidValue;
            *stream = found.stream;
            return Success;
        });
}

FN_BLAS_API cublasSetWorkspace_v2(void* handle, void* workspace, size_t bytes)
{
    return with_handle(
        handle,
        __func__,
        [&](Handle& found)
        {
            const auto address = reinterpret_cast<unsigned long long>(workspace);
            if (address % 256 != 0 || (address == 0 && bytes != 0)) return InvalidValue;
            found.workspace = address;
            found.workspace_bytes = bytes;
            return Success;
        });
}

FN_BLAS_API cublasSetMathMode(void* handle, int mode)
{
    return with_handle(
        handle,
        __func__,
        [&](Handle& found)
        {
            const int math = mode & ~MathFlags;
            if (math != DefaultMath && math != PedanticMath && math != Tf32Math) return InvalidValue;
            found.math = math;
            return Success;
        });
}

FN_BLAS_API cublasSetAtomicsMode(void* handle, int mode)
{
    return with_handle(
        handle,
        __func__,
        [&](Handle& found)
        {
            if (mode != 0 && mode != 1) return InvalidValue;
            found.atomics = mode;
            return Success;
        });
}

FN_BLAS_API cublasSetPointerMode_v2(void* handle, int mode)
{
    return with_handle(
        handle,
        __func__,
        [&](Handle& found)
        {
            if (mode != 0 && mode != 1) return InvalidValue;
            found.scalars_on_device = mode == 1;
            return Success;
        });
}
