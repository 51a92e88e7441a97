// A device's primary context: all that a program has on the device, and what went wrong there.
#pragma once
#include "device_memory.h"
#include "handles.h"
#include "host_memory.h"
#include "modules.h"
#include "streams.h"

namespace emulator
{
    struct Context
    {
        int device = 0;
        bool active = false;
        int retained = 0;
        Status broken = Success; // the error that all calls give
        std::string last_kernel = "none";
        DeviceMemory memory;
        HostMemory host;
        Handles<Stream> streams;
        Handles<Event> events;
        Handles<Module> modules;
        Handles<Function> functions;
        Handles<Graph> graphs;
        Handles<GraphExec> graph_execs;
        std::shared_ptr<Stream> legacy;
        std::vector<std::shared_ptr<Capture>> captures;

        void begin();

        // Destroys all that is in it, without doing what still waits.
        void end();

        // From now on every call gives this error; returns it.
        Status break_with(Status status);

        // Whether all writes were to memory that is allocated.
        Status check_memory();

        // A stream's handle, or null.
        std::shared_ptr<Stream> stream(const void* handle) const;
    };

    // For calls that wait for the device, or may: the error that they give while a capture goes on, which they spoil.
    Status refuse_while_capturing(Context& context);

    // For calls that wait for all blocking streams.
    Status refuse_implicit_wait(Context& context);
}
