// Copies and fills.
#include "api.h"
#include <cstring>

using namespace emulator;

namespace
{
    // Whether a range lies in one allocation that has not been freed.
    bool is_allocated(Context& context, DevicePointer address, size_t bytes)
    {
        const Allocation* const allocation = context.memory.holding((uintptr_t)address, bytes);
        return allocation != nullptr && !allocation->freed;
    }

    bool others_have_work(const Context& context, const std::shared_ptr<Stream>& stream)
    {
        for (const auto& entry : context.streams)
        {
            if (entry.second != stream && !entry.second->queue.empty()) return true;
        }

        return false;
    }

    // Work whose memory is looked for at the call, where the program can still be told, and again when it is done.
    template <class Body>
    int enqueue_on(const char* function, void* stream_handle, WorkKind kind, DevicePointer written, DevicePointer read, size_t bytes, bool valid, Body body)
    {
        return call_in_context(
            function,
            [&](Context& context) -> int
            {
                const auto stream = context.stream(stream_handle);
                if (stream == nullptr) return InvalidHandle;
                if (!valid) return InvalidValue;
                if (bytes == 0) return Success;
                if ((written != 0 && !is_allocated(context, written, bytes)) || (read != 0 && !is_allocated(context, read, bytes)))
                {
                    report(std::string(function) + " of " + std::to_string(bytes) + " bytes is not within one allocation");
                    return InvalidValue;
                }

                const bool from_host = kind == WorkKind::Copy && written != 0 && read == 0;
                if (from_host && stream->capture == nullptr && others_have_work(context, stream)) driver().counts.overlapping_copies++;
                return enqueue(
                    context,
                    stream,
                    kind,
                    [=](Context& running)
                    {
                        if ((written != 0 && running.memory.holding((uintptr_t)written, bytes) == nullptr)
                            || (read != 0 && running.memory.holding((uintptr_t)read, bytes) == nullptr))
                        {
                            report("a copy or fill of " + std::to_string(bytes) + " bytes came to its turn when its memory had been freed");
                            return IllegalAddress;
                        }

                        body();
                        return Success;
                    });
            });
    }

    template <class Body> int copy_now(const char* function, DevicePointer address, const void* host, size_t bytes, Body body)
    {
        return call_in_context(
            function,
            [&](Context& context) -> int
            {
                Status status = refuse_while_capturing(context);
                if (status == Success) status = refuse_implicit_wait(context);
                if (status != Success) return status;
                if (bytes == 0) return Success;
                if (host == nullptr || !is_allocated(context, address, bytes))
                {
                    report(std::string(function) + " of " + std::to_string(bytes) + " bytes is not within one allocation");
                    return InvalidValue;
                }

                driver().counts.synchronizations++;
                status = run_blocking(context);
                if (status == Success) status = context.check_memory();
                if (status == Success) body();
                return status;
            });
    }

    void* pointer(DevicePointer address) { return reinterpret_cast<void*>(address); }
}

FN_API cuMemcpyHtoD_v2(DevicePointer to, const void* from, size_t bytes)
{
    return copy_now(__func__, to, from, bytes, [&] { std::memcpy(pointer(to), from, bytes); });
}

FN_API cuMemcpyDtoH_v2(void* to, DevicePointer from, size_t bytes)
{
    return copy_now(__func__, from, to, bytes, [&] { std::memcpy(to, pointer(from), bytes); });
}

FN_API cuMemcpyHtoDAsync_v2(DevicePointer to, const void* from, size_t bytes, void* stream)
{
    const bool valid = bytes == 0 || (to != 0 && from != nullptr);
    return enqueue_on(__func__, stream, WorkKind::Copy, to, 0, bytes, valid, [=] { std::memcpy(pointer(to), from, bytes); });
}

FN_API cuMemcpyDtoHAsync_v2(void* to, DevicePointer from, size_t bytes, void* stream)
{
    const bool valid = bytes == 0 || (to != nullptr && from != 0);
    return enqueue_on(__func__, stream, WorkKind::Copy, 0, from, bytes, valid, [=] { std::memcpy(to, pointer(from), bytes); });
}

FN_API cuMemcpyDtoDAsync_v2(DevicePointer to, DevicePointer from, size_t bytes, void* stream)
{
    // What a copy onto a part of itself gives is not defined.
    const bool apart = to + bytes <= from || from + bytes <= to;
    const bool valid = bytes == 0 || (to != 0 && from != 0 && apart);
    return enqueue_on(__func__, stream, WorkKind::Copy, to, from, bytes, valid, [=] { std::memcpy(pointer(to), pointer(from), bytes); });
}

FN_API cuMemsetD8Async(DevicePointer to, unsigned char value, size_t count, void* stream)
{
    return enqueue_on(__func__, stream, WorkKind::Set, to, 0, count, count == 0 || to != 0, [=] { std::memset(pointer(to), value, count); });
}

FN_API cuMemsetD32Async(DevicePointer to, unsigned value, size_t count, void* stream)
{
    const bool valid = count == 0 || (to != 0 && to % 4 == 0 && count < (size_t)1 << 60);
    return enqueue_on(
        __func__,
        stream,
        WorkKind::Set,
        to,
        0,
        count * 4,
        valid,
        [=]
        {
            unsigned* const words = static_cast<unsigned*>(pointer(to));
            for (size_t i = 0; i < count; i++) words[i] = value;
        });
}
