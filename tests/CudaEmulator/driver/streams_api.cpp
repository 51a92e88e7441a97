// Streams and events.
#include "api.h"
#include <algorithm>
#include <chrono>

using namespace emulator;

namespace
{
    constexpr unsigned NonBlocking = 1;  // CU_STREAM_NON_BLOCKING
    constexpr unsigned MostEventFlags = 7;
    constexpr unsigned DisableTiming = 2; // CU_EVENT_DISABLE_TIMING

    double now() { return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

    Status synchronize(Context& context, const std::shared_ptr<Stream>& stream, uint64_t position)
    {
        driver().counts.synchronizations++;
        const Status status = stream == context.legacy ? run_blocking(context) : run_until(context, *stream, position);
        return status != Success ? status : context.check_memory();
    }

    // A call that would wait for a stream whose work is being recorded.
    Status refuse_on(Context& context, const Stream& stream)
    {
        if (stream.capture != nullptr)
        {
            stream.capture->invalid = true;
            return CaptureUnsupported;
        }

        return &stream == context.legacy.get() ? refuse_implicit_wait(context) : Success;
    }

    Status refuse_captured(const Event& event)
    {
        if (event.capture == nullptr) return Success;
        event.capture->invalid = true;
        return CapturedEvent;
    }

    // A program that asks finds the work undone once, and done when it asks again.
    Status query(Context& context, Stream& stream, uint64_t position)
    {
        if (stream.done >= position) return context.check_memory();
        Status status = run_until(context, stream, position);
        if (status == Success) status = context.check_memory();
        return status == Success ? NotReady : status;
    }

    Status record(Context& context, const std::shared_ptr<Event>& event, const std::shared_ptr<Stream>& stream)
    {
        if (stream->capture != nullptr)
        {
            if (stream->capture->invalid) return CaptureInvalidated;
            event->stream = stream;
            event->capture = stream->capture;
            event->position = stream->recorded;
            return Success;
        }

        const Status status = enqueue(
            context,
            stream,
            WorkKind::Record,
            [event](Context&)
            {
                event->milliseconds = now();
                return Success;
            });
        if (status != Success) return status;
        event->capture.reset();
        event->stream = stream;
        event->position = stream->enqueued;
        return Success;
    }

    // The stream takes part in the capture that the event was recorded in.
    Status wait_in_capture(const std::shared_ptr<Stream>& stream, const Event& event)
    {
        const auto& capture = event.capture;
        if (capture->origin == nullptr) return CapturedEvent;
        if (capture->invalid) return CaptureInvalidated;
        if (stream->capture == nullptr)
        {
            if (stream->done < stream->enqueued) return CaptureIsolation;
            stream->capture = capture;
            stream->recorded = 0;
            stream->waited_for = 0;
            capture->joined.push_back(stream);
            return Success;
        }

        if (stream->capture != capture)
        {
            stream->capture->invalid = true;
            capture->invalid = true;
            return CaptureMerge;
        }

        if (stream == capture->origin) event.stream->waited_for = std::max(event.stream->waited_for, event.position + 1);
        return Success;
    }

    Status wait(Context& context, const std::shared_ptr<Stream>& stream, const Event& event)
    {
        if (event.stream == nullptr) return Success;
        if (event.capture != nullptr) return wait_in_capture(stream, event);
        if (stream->capture != nullptr)
        {
            stream->capture->invalid = true;
            return CaptureIsolation;
        }

        return enqueue(
            context,
            stream,
            WorkKind::Wait,
            [other = event.stream, position = event.position](Context& running) { return run_until(running, *other, position); });
    }
}

FN_API cuStreamCreate(void** handle, unsigned flags)
{
    return call_in_context(
        __func__,
        [&](Context& context)
        {
            if (handle == nullptr || flags > NonBlocking) return InvalidValue;
            const auto stream = std::make_shared<Stream>();
            stream->blocking = flags != NonBlocking;
            *handle = context.streams.add(stream);
            return Success;
        });
}

FN_API cuStreamDestroy_v2(void* handle)
{
    return call_in_context(
        __func__,
        [&](Context& context) -> int
        {
            const auto stream = context.streams.find(handle);
            if (stream == nullptr) return InvalidHandle;
            if (stream->capture != nullptr) return refuse_on(context, *stream);
            // A GPU would finish the stream's work later.
            const Status status = run_until(context, *stream, stream->enqueued);
            stream->queue.clear();
            context.streams.remove(handle);
            return status;
        });
}

FN_API cuStreamSynchronize(void* handle)
{
    return call_in_context(
        __func__,
        [&](Context& context) -> int
        {
            const auto stream = context.stream(handle);
            if (stream == nullptr) return InvalidHandle;
            const Status refused = refuse_on(context, *stream);
            return refused != Success ? refused : synchronize(context, stream, stream->enqueued);
        });
}

FN_API cuStreamQuery(void* handle)
{
    return call_in_context(
        __func__,
        [&](Context& context) -> int
        {
            const auto stream = context.stream(handle);
            if (stream == nullptr) return InvalidHandle;
            const Status refused = refuse_on(context, *stream);
            return refused != Success ? refused : query(context, *stream, stream->enqueued);
        });
}

FN_API cuStreamWaitEvent(void* stream_handle, void* event_handle, unsigned flags)
{
    return call_in_context(
        __func__,
        [&](Context& context) -> int
        {
            const auto stream = context.stream(stream_handle);
            const auto event = context.events.find(event_handle);
            if (stream == nullptr || event == nullptr) return InvalidHandle;
            return flags != 0 ? InvalidValue : wait(context, stream, *event);
        });
}

FN_API cuEventCreate(void** handle, unsigned flags)
{
    return call_in_context(
        __func__,
        [&](Context& context)
        {
            if (handle == nullptr || flags > MostEventFlags) return InvalidValue;
            const auto event = std::make_shared<Event>();
            event->timed = (flags & DisableTiming) == 0;
            *handle = context.events.add(event);
            return Success;
        });
}

FN_API cuEventDestroy_v2(void* handle)
{
    return call_in_context(__func__, [&](Context& context) { return context.events.remove(handle) ? Success : InvalidHandle; });
}

FN_API cuEventRecord(void* event_handle, void* stream_handle)
{
    return call_in_context(
        __func__,
        [&](Context& context) -> int
        {
            const auto event = context.events.find(event_handle);
            const auto stream = context.stream(stream_handle);
            return event == nullptr || stream == nullptr ? InvalidHandle : record(context, event, stream);
        });
}

FN_API cuEventSynchronize(void* handle)
{
    return call_in_context(
        __func__,
        [&](Context& context) -> int
        {
            const auto event = context.events.find(handle);
            if (event == nullptr) return InvalidHandle;
            const Status refused = refuse_captured(*event);
            if (refused != Success || event->stream == nullptr) return refused;
            driver().counts.synchronizations++;
            const Status status = run_until(context, *event->stream, event->position);
            return status != Success ? status : context.check_memory();
        });
}

FN_API cuEventQuery(void* handle)
{
    return call_in_context(
        __func__,
        [&](Context& context) -> int
        {
            const auto event = context.events.find(handle);
            if (event == nullptr) return InvalidHandle;
            const Status refused = refuse_captured(*event);
            if (refused != Success || event->stream == nullptr) return refused;
            return query(context, *event->stream, event->position);
        });
}

namespace
{
    int elapsed(const char* function, float* milliseconds, const void* start_handle, const void* end_handle)
    {
        return call_in_context(
            function,
            [&](Context& context) -> int
            {
                const auto start = context.events.find(start_handle);
                const auto end = context.events.find(end_handle);
                if (start == nullptr || end == nullptr) return InvalidHandle;
                if (milliseconds == nullptr) return InvalidValue;
                if (start->capture != nullptr || end->capture != nullptr) return CapturedEvent;
                if (start->stream == nullptr || end->stream == nullptr || !start->timed || !end->timed) return InvalidHandle;
                if (start->stream->done < start->position || end->stream->done < end->position) return NotReady;
                *milliseconds = (float)(end->milliseconds - start->milliseconds);
                return Success;
            });
    }
}

FN_API cuEventElapsedTime(float* milliseconds, void* start, void* end) { return elapsed(__func__, milliseconds, start, end); }

FN_API cuEventElapsedTime_v2(float* milliseconds, void* start, void* end) { return elapsed(__func__, milliseconds, start, end); }
