#include "driver.h"
#include <cstdio>

using namespace emulator;

namespace
{
    thread_local Context* context_of_thread;
}

Driver& emulator::driver()
{
    // Never destroyed: threads of the program may call until its very end.
    static Driver* const only = new Driver();
    return *only;
}

Context*& emulator::current_context() { return context_of_thread; }

int emulator::injected_failure(std::vector<Failure>& failures, const char* function)
{
    int code = Success;
    for (size_t i = 0; i < failures.size();)
    {
        Failure& failure = failures[i];
        if (failure.function == function && --failure.calls_left == 0)
        {
            if (code == Success) code = failure.code;
            failures.erase(failures.begin() + (long)i);
        }
        else
        {
            i++;
        }
    }

    return code;
}

void emulator::report(const std::string& message)
{
    driver().last_message = message;
    std::fprintf(stderr, "emulated CUDA: %s\n", message.c_str());
}
