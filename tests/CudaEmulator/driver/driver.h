// What the library knows: devices and their contexts, settings and injected failures of tests, and counts.
#pragma once
#include "context.h"
#include <mutex>

namespace emulator
{
    constexpr int MostDevices = 8;

    struct Settings
    {
        int initialization = Success; // what cuInit gives
        int driver_version = 13000;
        int devices = 1;
        int major = 9;
        int minor = 0;
        int multiprocessors = 8;
        size_t memory = (size_t)4 << 30;
        bool eager = false;
        int module_failure = Success;
        std::string module_log;
    };

    struct Counts
    {
        long long launches = 0;
        long long recorded_launches = 0;
        long long graph_kernels = 0;
        long long graph_launches = 0;
        long long products = 0;
        long long blas_handles = 0;
        long long synchronizations = 0;
        long long overlapping_copies = 0;
    };

    // The nth next call of a function, or kernel that runs, fails once.
    struct Failure
    {
        std::string function;
        long long calls_left;
        int code;
    };

    struct Driver
    {
        std::mutex lock;
        bool initialized = false;
        Settings settings;
        Counts counts;
        std::vector<Failure> call_failures;
        std::vector<Failure> kernel_failures;
        std::string last_message;
        Context contexts[MostDevices];
    };

    Driver& driver();

    // The calling thread's context, or null.
    Context*& current_context();

    // A code, if a test has asked that this call fails; else 0.
    int injected_failure(std::vector<Failure>& failures, const char* function);

    // Writes to stderr what a program did wrong, where a code says too little.
    void report(const std::string& message);
}
