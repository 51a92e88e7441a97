#include "../emulator_control.h"
#include "../execution/launch.h"
#include "api.h"
#include <algorithm>
#include <cstring>

#define FN_CONTROL extern "C" __attribute__((visibility("default")))

using namespace emulator;

namespace
{
    using Hold = std::lock_guard<std::mutex>;

    template <class Value> long long sum_of(Value value)
    {
        long long sum = 0;
        for (const Context& context : driver().contexts) sum += (long long)value(context);
        return sum;
    }

    long long pending(const Context& context)
    {
        long long items = context.legacy == nullptr ? 0 : (long long)context.legacy->queue.size();
        for (const auto& entry : context.streams) items += (long long)entry.second->queue.size();
        return items;
    }
}

FN_CONTROL void fnEmulatorReset(void)
{
    const Hold hold(driver().lock);
    for (Context& context : driver().contexts)
    {
        if (context.active) context.end();
        context.retained = 0;
    }

    driver().initialized = false;
    driver().settings = Settings();
    driver().counts = Counts();
    driver().call_failures.clear();
    driver().kernel_failures.clear();
    driver().last_message.clear();
    set_block_order(BlockOrder::Alternating);
}

FN_CONTROL long long fnEmulatorCount(int which)
{
    const Hold hold(driver().lock);
    const Counts& counts = driver().counts;
    switch (which)
    {
        case FN_COUNT_DEVICE_ALLOCATIONS: return sum_of([](const Context& context) { return context.memory.count(); });
        case FN_COUNT_DEVICE_BYTES: return sum_of([](const Context& context) { return context.memory.bytes(); });
        case FN_COUNT_HOST_ALLOCATIONS: return sum_of([](const Context& context) { return context.host.count(); });
        case FN_COUNT_HOST_BYTES: return sum_of([](const Context& context) { return context.host.bytes(); });
        case FN_COUNT_STREAMS: return sum_of([](const Context& context) { return context.streams.count(); });
        case FN_COUNT_EVENTS: return sum_of([](const Context& context) { return context.events.count(); });
        case FN_COUNT_MODULES: return sum_of([](const Context& context) { return context.modules.count(); });
        case FN_COUNT_GRAPHS: return sum_of([](const Context& context) { return context.graphs.count(); });
        case FN_COUNT_GRAPH_EXECS: return sum_of([](const Context& context) { return context.graph_execs.count(); });
        case FN_COUNT_RETAINED_CONTEXTS: return sum_of([](const Context& context) { return context.retained; });
        case FN_COUNT_BLAS_HANDLES: return counts.blas_handles;
        case FN_COUNT_LAUNCHES: return counts.launches;
        case FN_COUNT_RECORDED_LAUNCHES: return counts.recorded_launches;
        case FN_COUNT_GRAPH_KERNELS: return counts.graph_kernels;
        case FN_COUNT_GRAPH_LAUNCHES: return counts.graph_launches;
        case FN_COUNT_PRODUCTS: return counts.products;
        case FN_COUNT_SYNCHRONIZATIONS: return counts.synchronizations;
        case FN_COUNT_PENDING: return sum_of(pending);
        case FN_COUNT_OVERLAPPING_COPIES: return counts.overlapping_copies;
        default: return -1;
    }
}

FN_CONTROL int fnEmulatorLastMessage(char* buffer, int bytes)
{
    const Hold hold(driver().lock);
    const std::string& message = driver().last_message;
    if (buffer != nullptr && bytes > 0)
    {
        const size_t used = std::min(message.size(), (size_t)bytes - 1);
        std::memcpy(buffer, message.data(), used);
        buffer[used] = 0;
    }

    return (int)message.size();
}

FN_CONTROL void fnEmulatorSetInitialization(int code)
{
    const Hold hold(driver().lock);
    driver().settings.initialization = code;
    driver().initialized = false;
}

FN_CONTROL void fnEmulatorSetDriverVersion(int version)
{
    const Hold hold(driver().lock);
    driver().settings.driver_version = version;
}

FN_CONTROL void fnEmulatorSetDeviceCount(int count)
{
    const Hold hold(driver().lock);
    driver().settings.devices = std::clamp(count, 0, MostDevices);
}

FN_CONTROL void fnEmulatorSetComputeCapability(int major, int minor)
{
    const Hold hold(driver().lock);
    driver().settings.major = major;
    driver().settings.minor = minor;
}

FN_CONTROL void fnEmulatorSetMultiprocessors(int count)
{
    const Hold hold(driver().lock);
    driver().settings.multiprocessors = count;
}

FN_CONTROL void fnEmulatorSetMemory(unsigned long long bytes)
{
    const Hold hold(driver().lock);
    driver().settings.memory = bytes;
}

FN_CONTROL void fnEmulatorSetEager(int eager)
{
    const Hold hold(driver().lock);
    driver().settings.eager = eager != 0;
}

FN_CONTROL void fnEmulatorSetOrder(int order)
{
    const Hold hold(driver().lock);
    set_block_order(order == 1 ? BlockOrder::Forwards : order == 2 ? BlockOrder::Backwards : BlockOrder::Alternating);
}

FN_CONTROL void fnEmulatorFailCall(const char* function, long long nth, int code)
{
    const Hold hold(driver().lock);
    auto& failures = driver().call_failures;
    if (code != 0) failures.push_back(Failure{function, nth, code});
    else failures.erase(std::remove_if(failures.begin(), failures.end(), [&](const Failure& one) { return one.function == function; }), failures.end());
}

FN_CONTROL void fnEmulatorFailKernel(long long nth, int code)
{
    const Hold hold(driver().lock);
    driver().kernel_failures.push_back(Failure{"", nth, code});
}

FN_CONTROL void fnEmulatorLoseDevice(int code)
{
    const Hold hold(driver().lock);
    for (Context& context : driver().contexts)
    {
        if (context.active) context.broken = (Status)code;
    }
}

FN_CONTROL void fnEmulatorFailModules(int code, const char* log)
{
    const Hold hold(driver().lock);
    driver().settings.module_failure = code;
    driver().settings.module_log = log == nullptr ? "" : log;
}

FN_CONTROL int fnEmulatorIsAllocated(unsigned long long address, unsigned long long bytes)
{
    const Hold hold(driver().lock);
    const Context* const context = current_context();
    return context != nullptr && context->active && context->memory.holding((uintptr_t)address, bytes) != nullptr;
}
