#include "streams.h"
#include "context.h"
#include "driver.h"

using namespace emulator;

namespace
{
    std::function<Status(Context&)> wait_for(const std::shared_ptr<Stream>& other)
    {
        return [other, position = other->enqueued](Context& context) { return run_until(context, *other, position); };
    }

    void push(Stream& stream, const WorkItem& work)
    {
        stream.queue.push_back(work);
        stream.enqueued++;
    }

    void push_wait(Stream& stream, const std::shared_ptr<Stream>& other)
    {
        if (other->done < other->enqueued) push(stream, std::make_shared<Work>(Work{WorkKind::Wait, wait_for(other)}));
    }

    // The legacy stream and the blocking ones wait for each other.
    void keep_legacy_order(Context& context, const std::shared_ptr<Stream>& stream)
    {
        if (!stream->blocking) return;
        if (stream != context.legacy) return push_wait(*stream, context.legacy);
        for (const auto& entry : context.streams)
        {
            if (entry.second->blocking) push_wait(*stream, entry.second);
        }
    }
}

Status emulator::enqueue(Context& context, const std::shared_ptr<Stream>& stream, const WorkItem& work)
{
    if (stream->capture != nullptr)
    {
        if (stream->capture->invalid) return CaptureInvalidated;
        stream->capture->nodes.push_back(work);
        stream->recorded++;
        return Success;
    }

    if (stream == context.legacy)
    {
        const Status refused = refuse_implicit_wait(context);
        if (refused != Success) return refused;
    }

    keep_legacy_order(context, stream);
    push(*stream, work);
    return driver().settings.eager ? run_all(context, stream) : Success;
}

Status emulator::enqueue(Context& context, const std::shared_ptr<Stream>& stream, WorkKind kind, std::function<Status(Context&)> run)
{
    return enqueue(context, stream, std::make_shared<Work>(Work{kind, std::move(run)}));
}

Status emulator::run_until(Context& context, Stream& stream, uint64_t position)
{
    while (stream.done < position)
    {
        const WorkItem work = std::move(stream.queue.front());
        stream.queue.pop_front();
        stream.done++;
        Status status = work->run(context);
        if (status == Success && driver().settings.eager) status = context.check_memory();
        if (status != Success) return context.break_with(status);
    }

    return Success;
}

Status emulator::run_all(Context& context, const std::shared_ptr<Stream>& stream)
{
    if (stream == context.legacy) return run_blocking(context);
    return run_until(context, *stream, stream->enqueued);
}

Status emulator::run_blocking(Context& context)
{
    // A copy of the list: work may not change it, but an error empties queues.
    for (const auto& entry : context.streams)
    {
        if (!entry.second->blocking) continue;
        const Status status = run_until(context, *entry.second, entry.second->enqueued);
        if (status != Success) return status;
    }

    return run_until(context, *context.legacy, context.legacy->enqueued);
}

Status emulator::run_all(Context& context)
{
    for (const auto& entry : context.streams)
    {
        const Status status = run_until(context, *entry.second, entry.second->enqueued);
        if (status != Success) return status;
    }

    return run_until(context, *context.legacy, context.legacy->enqueued);
}
