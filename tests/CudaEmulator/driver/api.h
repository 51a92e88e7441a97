// The frame of every exported function: the lock, injected failures, and what must hold before the call.
#pragma once
#include "driver.h"
#include <new>

#define FN_API extern "C" __attribute__((visibility("default"))) int

namespace emulator
{
    using DevicePointer = unsigned long long;

    // A call that needs no context, but that the driver is initialised.
    template <class Body> int call(const char* function, Body body)
    {
        const std::lock_guard<std::mutex> hold(driver().lock);
        const int injected = injected_failure(driver().call_failures, function);
        if (injected != Success) return injected;
        if (!driver().initialized) return NotInitialized;
        try
        {
            return body();
        }
        catch (const std::bad_alloc&)
        {
            return OutOfMemory;
        }
    }

    // A call that needs a context which is current, active and whole.
    template <class Body> int call_in_context(const char* function, Body body)
    {
        return call(
            function,
            [&]() -> int
            {
                Context* const context = current_context();
                if (context == nullptr) return InvalidContext;
                if (!context->active) return ContextIsDestroyed;
                if (context->broken != Success) return context->broken;
                return body(*context);
            });
    }
}
