// Streams: work waits in a queue until something needs its result, as late as a GPU might do it.
#pragma once
#include "status.h"
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

namespace emulator
{
    struct Context;
    struct Stream;

    enum class WorkKind
    {
        Kernel,
        Library, // of cuBLAS
        Copy,
        Set,
        Free,
        Wait,
        Record,
    };

    // What a stream does; in a graph, again and again.
    struct Work
    {
        WorkKind kind;
        std::function<Status(Context&)> run;
    };

    using WorkItem = std::shared_ptr<const Work>;

    enum class CaptureMode
    {
        Global = 0,
        ThreadLocal = 1,
        Relaxed = 2,
    };

    // Work that is recorded instead of done. Streams join by waiting for an event of it, and must be waited for before its end.
    struct Capture
    {
        CaptureMode mode;
        std::thread::id thread;
        std::shared_ptr<Stream> origin;
        std::vector<std::shared_ptr<Stream>> joined;
        std::vector<WorkItem> nodes;
        bool invalid = false;
    };

    struct Stream
    {
        bool blocking; // does not overlap with the legacy stream
        std::deque<WorkItem> queue;
        uint64_t done = 0;
        uint64_t enqueued = 0;
        std::shared_ptr<Capture> capture;
        uint64_t recorded = 0;   // items, while it captures
        uint64_t waited_for = 0; // so many of them by the stream that the capture began with
    };

    struct Event
    {
        bool timed;
        std::shared_ptr<Stream> stream; // null before the first record
        uint64_t position = 0;          // of the stream when the event is complete
        double milliseconds = 0;
        std::shared_ptr<Capture> capture; // the event was last recorded in it
    };

    struct Graph
    {
        std::vector<WorkItem> nodes;
    };

    struct GraphExec
    {
        std::vector<WorkItem> nodes;
    };

    // Puts work behind all that the stream has, or records it.
    Status enqueue(Context& context, const std::shared_ptr<Stream>& stream, WorkKind kind, std::function<Status(Context&)> run);
    Status enqueue(Context& context, const std::shared_ptr<Stream>& stream, const WorkItem& work);

    // Does what the stream has up to a position, and what that waits for on other streams. An error breaks the context.
    Status run_until(Context& context, Stream& stream, uint64_t position);
    Status run_all(Context& context, const std::shared_ptr<Stream>& stream);

    // All streams; those that a synchronous copy waits for.
    Status run_all(Context& context);
    Status run_blocking(Context& context);
}
