#include "library_link.h"
#include "api.h"

using namespace emulator;

namespace
{
    // The context whose work runs at present; the lock is held then.
    Context* running_now;
}

FN_LINK int fnEmulatorInjected(const char* function)
{
    const std::lock_guard<std::mutex> hold(driver().lock);
    return injected_failure(driver().call_failures, function);
}

FN_LINK int fnEmulatorMayAllocate() { return call_in_context("", [](Context& context) { return refuse_while_capturing(context); }); }

FN_LINK int fnEmulatorIsStream(const void* stream)
{
    return call_in_context("", [&](Context& context) { return context.stream(stream) == nullptr ? InvalidHandle : Success; }) == Success;
}

FN_LINK void fnEmulatorWaitForAll()
{
    const std::lock_guard<std::mutex> hold(driver().lock);
    for (Context& context : driver().contexts)
    {
        if (!context.active) continue;
        for (const auto& capture : context.captures) capture->invalid = true;
        // An error breaks its context, where the next call finds it.
        if (context.broken == Success) run_all(context);
    }
}

FN_LINK int fnEmulatorEnqueue(void* stream_handle, int (*run)(const void* data), const void* data, size_t bytes)
{
    return call_in_context(
        "",
        [&](Context& context)
        {
            const auto stream = context.stream(stream_handle);
            if (stream == nullptr) return InvalidHandle;
            const unsigned char* const begin = static_cast<const unsigned char*>(data);
            return enqueue(
                context,
                stream,
                WorkKind::Library,
                [run, copy = std::vector<unsigned char>(begin, begin + bytes)](Context& running)
                {
                    running_now = &running;
                    running.last_kernel = "a product of cuBLAS";
                    return (Status)run(copy.data());
                });
        });
}

FN_LINK int fnEmulatorHolds(unsigned long long address, unsigned long long bytes, const char* what)
{
    if (running_now->memory.holding((uintptr_t)address, bytes) != nullptr) return 1;
    report(std::string(what) + " of " + std::to_string(bytes) + " bytes does not lie within one allocation");
    return 0;
}

FN_LINK void fnEmulatorCountHandles(int change)
{
    const std::lock_guard<std::mutex> hold(driver().lock);
    driver().counts.blas_handles += change;
}

FN_LINK void fnEmulatorCountProduct() { driver().counts.products++; }
