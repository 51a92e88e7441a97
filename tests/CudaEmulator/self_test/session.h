// What most tests begin with: a context, a stream, memory with numbers in it, kernels.
#pragma once
#include "check.h"
#include "library.h"
#include "toy_arguments.h"
#include <cmath>
#include <cstring>
#include <limits>

// Whether the address sanitizer watches, which ends the process at a mistake that the emulator would report.
bool is_sanitized();

// The text of the last message, for what it must say.
std::string last_message();
bool message_says(const char* words);

// PTX of one kernel that takes bytes.
std::string ptx_of(const char* kernel, size_t bytes, const char* version = "7.0", const char* target = "sm_80", const char* body = "ret;", int threads = 0);

struct Session
{
    void* context = nullptr;
    void* stream = nullptr;

    explicit Session(unsigned stream_flags = 1);

    // Device memory with copies of numbers.
    Device copy(const std::vector<float>& numbers);
    Device allocate(size_t bytes);

    // What device memory holds, after all work.
    std::vector<float> read(Device from, size_t count);

    // The kernel of a name that takes bytes.
    void* kernel(const char* name, size_t bytes);

    template <class Arguments> int launch(const char* name, unsigned blocks, unsigned threads, Arguments arguments, unsigned shared = 0)
    {
        void* parameters[] = {&arguments};
        return cuLaunchKernel(kernel(name, sizeof arguments), blocks, 1, 1, threads, 1, 1, shared, stream, parameters, nullptr);
    }

private:
    std::vector<std::pair<std::string, void*>> kernels_;
};
