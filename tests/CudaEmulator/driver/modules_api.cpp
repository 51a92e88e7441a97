// Loading of modules. The text of the PTX is looked at, not run: what runs is the kernel of the same name that is linked into the library.
#include "../execution/shared_memory.h"
#include "api.h"
#include <algorithm>
#include <cstring>

using namespace emulator;

namespace
{
    // CUjit_option
    constexpr int InfoLog = 3;
    constexpr int InfoLogBytes = 4;
    constexpr int ErrorLog = 5;
    constexpr int ErrorLogBytes = 6;
    constexpr int LastOption = 32;

    struct Log
    {
        char* buffer = nullptr;
        void** bytes = nullptr; // its size, and how much of it is used in the end
    };

    void write_log(const Log& log, const std::string& text)
    {
        if (log.bytes == nullptr) return;
        const size_t room = reinterpret_cast<size_t>(*log.bytes) & 0xFFFFFFFFu;
        const size_t used = log.buffer == nullptr || room == 0 ? 0 : std::min(text.size() + 1, room);
        if (used != 0)
        {
            std::memcpy(log.buffer, text.c_str(), used);
            log.buffer[used - 1] = 0;
        }

        *log.bytes = reinterpret_cast<void*>(used);
    }

    Status load(Context& context, void** handle, const char* image, const Log& info, const Log& error)
    {
        const Status refused = refuse_while_capturing(context);
        if (refused != Success) return refused;
        if (handle == nullptr || image == nullptr) return InvalidValue;
        const Settings& settings = driver().settings;
        if (settings.module_failure != Success)
        {
            write_log(error, settings.module_log);
            write_log(info, "");
            return (Status)settings.module_failure;
        }

        // A cubin or a fat binary.
        if (std::memcmp(image, "\x7F" "ELF", 4) == 0 || std::memcmp(image, "\x50\xED\x55\xBA", 4) == 0)
        {
            write_log(error, "");
            write_log(info, "");
            return InvalidImage;
        }

        const auto module = std::make_shared<Module>();
        std::string log;
        const Status status = read_ptx(image, newest_ptx(settings.driver_version), settings.major * 10 + settings.minor, module->ptx, log);
        write_log(error, log);
        write_log(info, status == Success ? "emulated: " + std::to_string(module->ptx.kernels.size()) + " kernels" : "");
        if (status == Success) *handle = context.modules.add(module);
        return status;
    }

    // Whether the text and the kernel in the library are of one source.
    std::string mismatch(const PtxKernel& text, const FnKernelEntry& kernel)
    {
        if (text.parameters.size() != 1 || text.parameters[0] != kernel.argument_bytes)
        {
            std::string sizes;
            for (const size_t bytes : text.parameters) sizes += (sizes.empty() ? "" : ", ") + std::to_string(bytes);
            return "takes (" + sizes + ") bytes in the PTX, and " + std::to_string(kernel.argument_bytes) + " in the source";
        }

        if (text.most_threads != 0 && text.most_threads != kernel.most_threads)
            return "is for blocks of " + std::to_string(text.most_threads) + " threads in the PTX, and of " + std::to_string(kernel.most_threads) + " in the source";
        return "";
    }

    Status get_function(Context& context, void** handle, const void* module_handle, const char* name)
    {
        if (handle == nullptr || name == nullptr || *name == 0) return InvalidValue;
        const auto module = context.modules.find(module_handle);
        if (module == nullptr) return InvalidHandle;
        const PtxKernel* text = nullptr;
        for (const PtxKernel& kernel : module->ptx.kernels) text = kernel.name == name ? &kernel : text;
        if (text == nullptr)
        {
            report(std::string("kernel ") + name + " is not in the module's PTX");
            return NotFound;
        }

        int count = 0;
        const FnKernelEntry* const kernel = find_kernel(name, &count);
        if (count != 1)
        {
            report(std::string("kernel ") + name + (count == 0 ? " is in the PTX but not in the emulator; was it built again?" : " is in several files of the emulator"));
            return NotFound;
        }

        const std::string why = mismatch(*text, *kernel);
        if (!why.empty())
        {
            report(std::string("kernel ") + name + " " + why + "; the PTX or the emulator is stale");
            return NotFound;
        }

        for (const auto& entry : context.functions)
        {
            if (entry.second->module == module.get() && entry.second->kernel == kernel)
            {
                *handle = entry.second.get();
                return Success;
            }
        }

        const size_t most = shared_memory::MostStatic > text->static_shared ? shared_memory::MostStatic - text->static_shared : 0;
        *handle = context.functions.add(std::make_shared<Function>(Function{module.get(), kernel, text->static_shared, most}));
        return Success;
    }
}

FN_API cuModuleLoadDataEx(void** module, const void* image, unsigned count, const int* options, void** values)
{
    return call_in_context(
        __func__,
        [&](Context& context) -> int
        {
            if (count != 0 && (options == nullptr || values == nullptr)) return InvalidValue;
            Log info, error;
            for (unsigned i = 0; i < count; i++)
            {
                switch (options[i])
                {
                    case InfoLog: info.buffer = static_cast<char*>(values[i]); break;
                    case InfoLogBytes: info.bytes = &values[i]; break;
                    case ErrorLog: error.buffer = static_cast<char*>(values[i]); break;
                    case ErrorLogBytes: error.bytes = &values[i]; break;
                    default:
                        if (options[i] < 0 || options[i] > LastOption) return InvalidValue;
                        break;
                }
            }

            return load(context, module, static_cast<const char*>(image), info, error);
        });
}

FN_API cuModuleLoadData(void** module, const void* image)
{
    return call_in_context(__func__, [&](Context& context) { return load(context, module, static_cast<const char*>(image), Log(), Log()); });
}

FN_API cuModuleUnload(void* handle)
{
    return call_in_context(
        __func__,
        [&](Context& context) -> int
        {
            const auto module = context.modules.find(handle);
            if (module == nullptr) return InvalidHandle;
            Status status = refuse_while_capturing(context);
            if (status == Success) status = run_all(context);
            if (status != Success) return status;
            std::vector<const void*> gone;
            for (const auto& entry : context.functions)
            {
                if (entry.second->module == module.get()) gone.push_back(entry.first);
            }

            for (const void* function : gone) context.functions.remove(function);
            context.modules.remove(handle);
            return Success;
        });
}

FN_API cuModuleGetFunction(void** function, void* module, const char* name)
{
    return call_in_context(__func__, [&](Context& context) { return get_function(context, function, module, name); });
}
