// Launches of kernels, and their limits.
#include "../execution/launch.h"
#include "../execution/shared_memory.h"
#include "api.h"
#include <algorithm>
#include <cstring>

using namespace emulator;

namespace
{
    constexpr unsigned MostThreads = 1024;
    constexpr unsigned MostBlocksX = 2147483647;
    constexpr unsigned MostBlocksYZ = 65535;

    // CUfunction_attribute
    constexpr int MostDynamicShared = 8;
    constexpr int Carveout = 9;

    struct Recorded
    {
        const FnKernelEntry* kernel;
        std::vector<unsigned char> arguments;
        unsigned blocks[3];
        unsigned threads;
        size_t dynamic_shared;
    };

    Status run(Context& context, const Recorded& recorded)
    {
        context.last_kernel = recorded.kernel->name;
        const int injected = injected_failure(driver().kernel_failures, "");
        if (injected != Success)
        {
            report(std::string("kernel ") + recorded.kernel->name + " fails, as a test has asked");
            return (Status)injected;
        }

        const Launch launch = {recorded.kernel, recorded.arguments.data(), {recorded.blocks[0], recorded.blocks[1], recorded.blocks[2]}, recorded.threads, recorded.dynamic_shared};
        std::string text;
        const LaunchEnd end = run_launch(launch, text);
        if (end == LaunchEnd::Done) return Success;
        report(text);
        return end == LaunchEnd::IllegalAddress ? IllegalAddress : LaunchFailed;
    }

    // Why a launch is refused; empty where it is not.
    std::string refusal(const Function& function, const unsigned blocks[3], const unsigned threads[3], size_t shared, Status* status)
    {
        *status = InvalidValue;
        if (blocks[0] == 0 || blocks[1] == 0 || blocks[2] == 0) return "a grid without blocks";
        if (blocks[0] > MostBlocksX || blocks[1] > MostBlocksYZ || blocks[2] > MostBlocksYZ) return "a grid of too many blocks along x, y or z";
        if (threads[1] != 1 || threads[2] != 1) return "a block with threads along y or z, which no kernel of this library has";
        if (threads[0] == 0 || threads[0] > MostThreads) return "a block of " + std::to_string(threads[0]) + " threads";
        if (shared > function.most_dynamic_shared)
        {
            return std::to_string(shared) + " bytes of dynamic shared memory, where " + std::to_string(function.most_dynamic_shared) + " are allowed beside "
                + std::to_string(function.static_shared) + " static ones";
        }

        *status = LaunchOutOfResources;
        if (threads[0] > (unsigned)function.kernel->most_threads)
            return "a block of " + std::to_string(threads[0]) + " threads, where the kernel was compiled for " + std::to_string(function.kernel->most_threads);
        *status = Success;
        return "";
    }

    int active_blocks(const Function& function, int threads, size_t shared)
    {
        const int by_threads = 2048 / ((threads + 31) / 32 * 32);
        const size_t bytes = function.static_shared + shared + 1024;
        return std::min({by_threads, 32, (int)(233472 / bytes)});
    }
}

FN_API cuLaunchKernel(
    void* function_handle,
    unsigned blocks_x,
    unsigned blocks_y,
    unsigned blocks_z,
    unsigned threads_x,
    unsigned threads_y,
    unsigned threads_z,
    unsigned shared,
    void* stream_handle,
    void** parameters,
    void** extra)
{
    return call_in_context(
        __func__,
        [&](Context& context) -> int
        {
            const auto function = context.functions.find(function_handle);
            const auto stream = context.stream(stream_handle);
            if (function == nullptr || stream == nullptr) return InvalidHandle;
            if (parameters == nullptr || parameters[0] == nullptr || extra != nullptr) return InvalidValue;
            const unsigned blocks[] = {blocks_x, blocks_y, blocks_z};
            const unsigned threads[] = {threads_x, threads_y, threads_z};
            Status status;
            const std::string why = refusal(*function, blocks, threads, shared, &status);
            if (status != Success)
            {
                report(std::string("kernel ") + function->kernel->name + " is not launched: " + why);
                return status;
            }

            Recorded recorded = {function->kernel, {}, {blocks_x, blocks_y, blocks_z}, threads_x, shared};
            const unsigned char* const bytes = static_cast<const unsigned char*>(parameters[0]);
            recorded.arguments.assign(bytes, bytes + function->kernel->argument_bytes);
            const bool records = stream->capture != nullptr;
            status = enqueue(context, stream, WorkKind::Kernel, [recorded = std::move(recorded)](Context& running) { return run(running, recorded); });
            if (status == Success) (records ? driver().counts.recorded_launches : driver().counts.launches)++;
            return status;
        });
}

FN_API cuFuncSetAttribute(void* handle, int attribute, int value)
{
    return call_in_context(
        __func__,
        [&](Context& context)
        {
            const auto function = context.functions.find(handle);
            if (function == nullptr) return InvalidHandle;
            if (attribute == Carveout) return value >= -1 && value <= 100 ? Success : InvalidValue;
            if (attribute != MostDynamicShared || value < 0 || (size_t)value + function->static_shared > shared_memory::MostOfBlock) return InvalidValue;
            function->most_dynamic_shared = (size_t)value;
            return Success;
        });
}

FN_API cuFuncGetAttribute(int* value, int attribute, void* handle)
{
    return call_in_context(
        __func__,
        [&](Context& context)
        {
            const auto function = context.functions.find(handle);
            if (function == nullptr) return InvalidHandle;
            if (value == nullptr) return InvalidValue;
            switch (attribute)
            {
                case 0: *value = function->kernel->most_threads; return Success;
                case 1: *value = (int)function->static_shared; return Success;
                case 2: *value = 0; return Success;  // constant memory
                case 3: *value = 0; return Success;  // local memory
                case 4: *value = 32; return Success; // registers
                case 5: *value = function->module->ptx.version; return Success;
                case 6: *value = driver().settings.major * 10 + driver().settings.minor; return Success;
                case 7: *value = 0; return Success; // caching
                case MostDynamicShared: *value = (int)function->most_dynamic_shared; return Success;
                case Carveout: *value = -1; return Success;
                default: return InvalidValue;
            }
        });
}

FN_API cuOccupancyMaxActiveBlocksPerMultiprocessor(int* blocks, void* handle, int threads, size_t shared)
{
    return call_in_context(
        __func__,
        [&](Context& context)
        {
            const auto function = context.functions.find(handle);
            if (function == nullptr) return InvalidHandle;
            if (blocks == nullptr || threads <= 0) return InvalidValue;
            const bool fits = threads <= function->kernel->most_threads && shared <= function->most_dynamic_shared;
            *blocks = fits ? active_blocks(*function, threads, shared) : 0;
            return Success;
        });
}
