#include "context.h"
#include "driver.h"

using namespace emulator;

void emulator::Context::begin()
{
    active = true;
    broken = Success;
    last_kernel = "none";
    legacy = std::make_shared<Stream>();
    legacy->blocking = true;
}

void emulator::Context::end()
{
    const std::string late = memory.late_writes();
    if (!late.empty()) report(late + "; the last kernel was " + last_kernel);
    for (const auto& capture : captures)
    {
        capture->origin.reset();
        capture->joined.clear();
    }

    captures.clear();
    // Work that waits holds events and streams, which hold streams.
    for (const auto& entry : streams)
    {
        entry.second->capture.reset();
        entry.second->queue.clear();
    }

    legacy->queue.clear();
    streams.clear();
    events.clear();
    functions.clear();
    modules.clear();
    graphs.clear();
    graph_execs.clear();
    legacy.reset();
    memory.clear();
    host.clear();
    active = false;
    broken = Success;
}

Status emulator::Context::break_with(Status status)
{
    if (broken == Success) broken = status;
    return broken;
}

Status emulator::Context::check_memory()
{
    if (broken != Success) return broken;
    const std::string damage = memory.damage();
    if (damage.empty()) return Success;
    report(damage + "; the last kernel was " + last_kernel);
    return break_with(IllegalAddress);
}

std::shared_ptr<Stream> emulator::Context::stream(const void* handle) const
{
    // The handles 0 and 1 are the legacy stream's.
    if (reinterpret_cast<uintptr_t>(handle) <= 1) return legacy;
    return streams.find(handle);
}

Status emulator::refuse_while_capturing(Context& context)
{
    Status status = Success;
    for (const auto& capture : context.captures)
    {
        if (capture->mode == CaptureMode::Relaxed) continue;
        if (capture->mode == CaptureMode::ThreadLocal && capture->thread != std::this_thread::get_id()) continue;
        capture->invalid = true;
        status = CaptureUnsupported;
    }

    return status;
}

Status emulator::refuse_implicit_wait(Context& context)
{
    Status status = Success;
    for (const auto& capture : context.captures)
    {
        if (!capture->origin->blocking) continue;
        capture->invalid = true;
        status = CaptureImplicit;
    }

    return status;
}
