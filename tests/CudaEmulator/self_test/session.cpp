#include "session.h"
#include <algorithm>
#include <cstdlib>

bool is_sanitized()
{
    const char* const value = std::getenv("SANITIZE");
    return value != nullptr && std::strcmp(value, "1") == 0;
}

std::string last_message()
{
    std::string text((size_t)fnEmulatorLastMessage(nullptr, 0) + 1, ' ');
    fnEmulatorLastMessage(&text[0], (int)text.size());
    text.pop_back();
    return text;
}

bool message_says(const char* words)
{
    const std::string text = last_message();
    if (text.find(words) != std::string::npos) return true;
    std::printf("the message is: %s\n", text.c_str());
    return false;
}

std::string ptx_of(const char* kernel, size_t bytes, const char* version, const char* target, const char* body, int threads)
{
    const std::string name = kernel;
    return "//\n// Generated\n//\n.version " + std::string(version) + "\n.target " + target + "\n.address_size 64\n\n.visible .entry " + name + "(\n\t.param .align 8 .b8 " + name + "_param_0["
        + std::to_string(bytes) + "]\n)\n" + (threads == 0 ? "" : ".maxntid " + std::to_string(threads) + ", 1, 1\n") + "{\n\t" + body + "\n}\n";
}

Session::Session(unsigned stream_flags)
{
    OK(cuInit(0));
    OK(cuDevicePrimaryCtxRetain(&context, 0));
    OK(cuCtxSetCurrent(context));
    OK(cuStreamCreate(&stream, stream_flags));
}

Device Session::allocate(size_t bytes)
{
    Device address = 0;
    OK(cuMemAlloc_v2(&address, bytes));
    return address;
}

Device Session::copy(const std::vector<float>& numbers)
{
    const Device address = allocate(std::max(numbers.size(), (size_t)1) * sizeof(float));
    OK(cuMemcpyHtoD_v2(address, numbers.data(), numbers.size() * sizeof(float)));
    return address;
}

std::vector<float> Session::read(Device from, size_t count)
{
    std::vector<float> numbers(count);
    OK(cuCtxSynchronize());
    OK(cuMemcpyDtoH_v2(numbers.data(), from, count * sizeof(float)));
    return numbers;
}

void* Session::kernel(const char* name, size_t bytes)
{
    for (const auto& known : kernels_)
    {
        if (known.first == name) return known.second;
    }

    void* module = nullptr;
    void* function = nullptr;
    OK(cuModuleLoadData(&module, ptx_of(name, bytes).c_str()));
    OK(cuModuleGetFunction(&function, module, name));
    kernels_.emplace_back(name, function);
    return function;
}
