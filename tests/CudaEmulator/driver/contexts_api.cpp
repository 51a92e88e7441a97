// Primary contexts, and which of them a thread works in.
#include "api.h"

using namespace emulator;

namespace
{
    template <class Body> int call_on_primary(const char* function, int device, Body body)
    {
        return call(
            function,
            [&]() -> int
            {
                if (device < 0 || device >= driver().settings.devices) return InvalidDevice;
                driver().contexts[device].device = device;
                return body(driver().contexts[device]);
            });
    }
}

FN_API cuDevicePrimaryCtxRetain(void** handle, int device)
{
    return call_on_primary(
        __func__,
        device,
        [&](Context& context)
        {
            if (handle == nullptr) return InvalidValue;
            if (!context.active) context.begin();
            context.retained++;
            *handle = &context;
            return Success;
        });
}

FN_API cuDevicePrimaryCtxRelease_v2(int device)
{
    return call_on_primary(
        __func__,
        device,
        [&](Context& context)
        {
            if (context.retained == 0) return InvalidContext;
            if (--context.retained == 0 && context.active) context.end();
            return Success;
        });
}

FN_API cuDevicePrimaryCtxReset_v2(int device)
{
    return call_on_primary(
        __func__,
        device,
        [&](Context& context)
        {
            if (context.active) context.end();
            return Success;
        });
}

FN_API cuDevicePrimaryCtxGetState(int device, unsigned* flags, int* active)
{
    return call_on_primary(
        __func__,
        device,
        [&](Context& context)
        {
            if (flags == nullptr || active == nullptr) return InvalidValue;
            *flags = 0;
            *active = context.active ? 1 : 0;
            return Success;
        });
}

FN_API cuCtxSetCurrent(void* handle)
{
    return call(
        __func__,
        [&]
        {
            if (handle == nullptr)
            {
                current_context() = nullptr;
                return Success;
            }

            for (Context& context : driver().contexts)
            {
                if (&context != handle) continue;
                if (!context.active) return ContextIsDestroyed;
                current_context() = &context;
                return Success;
            }

            return InvalidContext;
        });
}

FN_API cuCtxGetCurrent(void** handle)
{
    return call(
        __func__,
        [&]
        {
            if (handle == nullptr) return InvalidValue;
            *handle = current_context();
            return Success;
        });
}

FN_API cuCtxSynchronize()
{
    return call_in_context(
        __func__,
        [&](Context& context)
        {
            for (const auto& capture : context.captures) capture->invalid = true;
            if (!context.captures.empty()) return CaptureUnsupported;
            driver().counts.synchronizations++;
            const Status status = run_all(context);
            return status != Success ? status : context.check_memory();
        });
}
