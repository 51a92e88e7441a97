// Allocations in device memory and in page-locked host memory.
#include "api.h"

using namespace emulator;

namespace
{
    // Memory that was freed on a stream is there again once the stream has come so far.
    Status allocate(Context& context, DevicePointer* address, size_t bytes)
    {
        if (address == nullptr || bytes == 0) return InvalidValue;
        uintptr_t place = 0;
        Status status = context.memory.allocate(bytes, driver().settings.memory, &place);
        if (status == OutOfMemory)
        {
            status = run_all(context);
            if (status == Success) status = context.memory.allocate(bytes, driver().settings.memory, &place);
        }

        if (status == Success) *address = place;
        return status;
    }

    int allocate_host(Context& context, void** memory, size_t bytes)
    {
        const Status refused = refuse_while_capturing(context);
        if (refused != Success) return refused;
        if (memory == nullptr || bytes == 0) return InvalidValue;
        *memory = context.host.allocate(bytes);
        return *memory == nullptr ? OutOfMemory : Success;
    }

    // The allocation that begins at an address and that has not been freed, or null.
    Allocation* living(Context& context, DevicePointer address)
    {
        Allocation* const allocation = context.memory.at((uintptr_t)address);
        if (allocation != nullptr && !allocation->freed) return allocation;
        report(
            allocation != nullptr ? "memory is freed twice" : "an address is freed where no allocation begins; the last kernel was " + context.last_kernel);
        return nullptr;
    }
}

FN_API cuMemAlloc_v2(DevicePointer* address, size_t bytes)
{
    return call_in_context(
        __func__,
        [&](Context& context)
        {
            const Status refused = refuse_while_capturing(context);
            return refused != Success ? refused : allocate(context, address, bytes);
        });
}

FN_API cuMemFree_v2(DevicePointer address)
{
    return call_in_context(
        __func__,
        [&](Context& context) -> int
        {
            const Status refused = refuse_while_capturing(context);
            if (refused != Success) return refused;
            if (address == 0) return Success;
            if (living(context, address) == nullptr) return InvalidValue;
            Status status = run_all(context);
            if (status == Success) status = context.check_memory();
            if (status != Success) return status;
            context.memory.release(context.memory.at((uintptr_t)address));
            return context.check_memory();
        });
}

FN_API cuMemAllocAsync(DevicePointer* address, size_t bytes, void* stream_handle)
{
    return call_in_context(
        __func__,
        [&](Context& context) -> int
        {
            const auto stream = context.stream(stream_handle);
            if (stream == nullptr) return InvalidHandle;
            if (stream->capture != nullptr)
            {
                stream->capture->invalid = true;
                return CaptureUnsupported;
            }

            return allocate(context, address, bytes);
        });
}

FN_API cuMemFreeAsync(DevicePointer address, void* stream_handle)
{
    return call_in_context(
        __func__,
        [&](Context& context) -> int
        {
            const auto stream = context.stream(stream_handle);
            if (stream == nullptr) return InvalidHandle;
            if (stream->capture != nullptr)
            {
                stream->capture->invalid = true;
                return CaptureUnsupported;
            }

            if (address == 0) return Success;
            Allocation* const allocation = living(context, address);
            if (allocation == nullptr) return InvalidValue;
            allocation->freed = true;
            return enqueue(
                context,
                stream,
                WorkKind::Free,
                [address](Context& running)
                {
                    const Status status = running.check_memory();
                    if (status == Success) running.memory.release(running.memory.at((uintptr_t)address));
                    return status;
                });
        });
}

FN_API cuMemGetInfo_v2(size_t* available, size_t* total)
{
    return call_in_context(
        __func__,
        [&](Context& context)
        {
            if (available == nullptr || total == nullptr) return InvalidValue;
            *total = driver().settings.memory;
            *available = *total > context.memory.bytes() ? *total - context.memory.bytes() : 0;
            return Success;
        });
}

FN_API cuMemAllocHost_v2(void** memory, size_t bytes)
{
    return call_in_context(__func__, [&](Context& context) { return allocate_host(context, memory, bytes); });
}

FN_API cuMemHostAlloc(void** memory, size_t bytes, unsigned flags)
{
    // Portable, mapped, write-combined.
    return call_in_context(__func__, [&](Context& context) { return flags > 7 ? (int)InvalidValue : allocate_host(context, memory, bytes); });
}

FN_API cuMemFreeHost(void* memory)
{
    return call_in_context(
        __func__,
        [&](Context& context) -> int
        {
            Status status = refuse_while_capturing(context);
            if (status == Success) status = run_all(context);
            if (status != Success) return status;
            return context.host.release(memory) ? Success : InvalidValue;
        });
}
