// Recording of work, and its replay.
#include "api.h"
#include <algorithm>

using namespace emulator;

namespace
{
    // CUstreamCaptureStatus
    constexpr int NotCapturing = 0;
    constexpr int Capturing = 1;
    constexpr int Invalidated = 2;

    // Whether a stream that joined has work that the first stream does not wait for.
    bool has_unjoined(const Capture& capture)
    {
        return std::any_of(capture.joined.begin(), capture.joined.end(), [](const auto& stream) { return stream->waited_for < stream->recorded + 1; });
    }

    Status end_capture(Context& context, const std::shared_ptr<Capture>& capture, void** graph)
    {
        const bool unjoined = has_unjoined(*capture);
        for (const auto& stream : capture->joined) stream->capture.reset();
        capture->origin->capture.reset();
        capture->joined.clear();
        capture->origin.reset();
        context.captures.erase(std::find(context.captures.begin(), context.captures.end(), capture));
        *graph = nullptr;
        if (capture->invalid) return CaptureInvalidated;
        if (unjoined) return CaptureUnjoined;
        *graph = context.graphs.add(std::make_shared<Graph>(Graph{capture->nodes}));
        return Success;
    }
}

FN_API cuStreamBeginCapture_v2(void* handle, int mode)
{
    return call_in_context(
        __func__,
        [&](Context& context)
        {
            const auto stream = context.stream(handle);
            if (stream == nullptr) return InvalidHandle;
            if (mode < 0 || mode > (int)CaptureMode::Relaxed) return InvalidValue;
            if (stream == context.legacy) return CaptureUnsupported;
            if (stream->capture != nullptr) return IllegalState;
            const auto capture = std::make_shared<Capture>();
            capture->mode = (CaptureMode)mode;
            capture->thread = std::this_thread::get_id();
            capture->origin = stream;
            stream->capture = capture;
            stream->recorded = 0;
            context.captures.push_back(capture);
            return Success;
        });
}

FN_API cuStreamEndCapture(void* handle, void** graph)
{
    return call_in_context(
        __func__,
        [&](Context& context) -> int
        {
            const auto stream = context.stream(handle);
            if (stream == nullptr) return InvalidHandle;
            if (graph == nullptr) return InvalidValue;
            if (stream->capture == nullptr) return IllegalState;
            const auto capture = stream->capture;
            if (capture->origin != stream)
            {
                capture->invalid = true;
                return CaptureUnmatched;
            }

            if (capture->mode != CaptureMode::Relaxed && capture->thread != std::this_thread::get_id()) return CaptureWrongThread;
            return end_capture(context, capture, graph);
        });
}

FN_API cuStreamIsCapturing(void* handle, int* status)
{
    return call_in_context(
        __func__,
        [&](Context& context)
        {
            const auto stream = context.stream(handle);
            if (stream == nullptr) return InvalidHandle;
            if (status == nullptr) return InvalidValue;
            *status = stream->capture == nullptr ? NotCapturing : stream->capture->invalid ? Invalidated : Capturing;
            return Success;
        });
}

FN_API cuGraphGetNodes(void* handle, void** nodes, size_t* count)
{
    return call_in_context(
        __func__,
        [&](Context& context)
        {
            const auto graph = context.graphs.find(handle);
            if (graph == nullptr) return InvalidHandle;
            if (count == nullptr) return InvalidValue;
            const size_t room = nodes == nullptr ? 0 : *count;
            for (size_t i = 0; i < room; i++) nodes[i] = i < graph->nodes.size() ? const_cast<Work*>(graph->nodes[i].get()) : nullptr;
            *count = nodes == nullptr ? graph->nodes.size() : std::min(room, graph->nodes.size());
            return Success;
        });
}

FN_API cuGraphInstantiateWithFlags(void** exec, void* handle, unsigned long long flags)
{
    return call_in_context(
        __func__,
        [&](Context& context)
        {
            const auto graph = context.graphs.find(handle);
            if (graph == nullptr) return InvalidHandle;
            if (exec == nullptr || flags > 15) return InvalidValue;
            *exec = context.graph_execs.add(std::make_shared<GraphExec>(GraphExec{graph->nodes}));
            return Success;
        });
}

FN_API cuGraphUpload(void* handle, void* stream_handle)
{
    return call_in_context(
        __func__,
        [&](Context& context)
        {
            const auto stream = context.stream(stream_handle);
            if (context.graph_execs.find(handle) == nullptr || stream == nullptr) return InvalidHandle;
            if (stream->capture == nullptr) return Success;
            stream->capture->invalid = true;
            return CaptureUnsupported;
        });
}

FN_API cuGraphLaunch(void* handle, void* stream_handle)
{
    return call_in_context(
        __func__,
        [&](Context& context) -> int
        {
            const auto exec = context.graph_execs.find(handle);
            const auto stream = context.stream(stream_handle);
            if (exec == nullptr || stream == nullptr) return InvalidHandle;
            for (const WorkItem& work : exec->nodes)
            {
                const Status status = enqueue(context, stream, work);
                if (status != Success) return status;
                if (work->kind == WorkKind::Kernel) driver().counts.graph_kernels++;
            }

            driver().counts.graph_launches++;
            return Success;
        });
}

FN_API cuGraphExecDestroy(void* handle)
{
    return call_in_context(__func__, [&](Context& context) { return context.graph_execs.remove(handle) ? Success : InvalidHandle; });
}

FN_API cuGraphDestroy(void* handle)
{
    return call_in_context(__func__, [&](Context& context) { return context.graphs.remove(handle) ? Success : InvalidHandle; });
}
