#include "faults.h"
#include "fibers.h"
#include "../sanitizer.h"
#include <csetjmp>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <pthread.h>

namespace
{
    // The sanitizers report faults better, with the place in the source.
    constexpr bool Catches = !FN_ADDRESS_SANITIZER;
    constexpr int Signals[] = {SIGSEGV, SIGBUS, SIGFPE};

    sigjmp_buf back;
    volatile sig_atomic_t armed;
    pthread_t runner;
    int fault_signal;
    const void* fault_address;
    struct sigaction before[3];

    // The runtime of the program that uses the library has handlers of its own, for faults that are not a kernel's.
    void pass_on(int number, siginfo_t* information, void* context)
    {
        for (int i = 0; i < 3; i++)
        {
            if (Signals[i] != number) continue;
            if ((before[i].sa_flags & SA_SIGINFO) != 0 && before[i].sa_sigaction != nullptr) return before[i].sa_sigaction(number, information, context);
            if (before[i].sa_handler != SIG_DFL && before[i].sa_handler != SIG_IGN) return before[i].sa_handler(number);
            // Back to the default, and the fault happens again on return.
            sigaction(number, &before[i], nullptr);
        }
    }

    void on_signal(int number, siginfo_t* information, void* context)
    {
        if (!armed || !pthread_equal(runner, pthread_self())) return pass_on(number, information, context);
        armed = 0;
        fault_signal = number;
        fault_address = information->si_addr;
        siglongjmp(back, 1);
    }

    void install()
    {
        static bool installed = false;
        if (installed) return;
        installed = true;
        for (int i = 0; i < 3; i++)
        {
            struct sigaction action = {};
            action.sa_sigaction = on_signal;
            action.sa_flags = SA_SIGINFO | SA_ONSTACK;
            sigemptyset(&action.sa_mask);
            sigaction(Signals[i], &action, &before[i]);
        }
    }

    // A handler needs a stack where a thread's own has overflowed. Runtimes give their threads one; another thread gets one at its first launch.
    class SignalStack
    {
    public:
        SignalStack()
        {
            stack_t present;
            if (sigaltstack(nullptr, &present) != 0 || (present.ss_flags & SS_DISABLE) == 0) return;
            memory_ = std::make_unique<unsigned char[]>(Bytes);
            stack_t ours = {};
            ours.ss_sp = memory_.get();
            ours.ss_size = Bytes;
            sigaltstack(&ours, nullptr);
        }

        ~SignalStack()
        {
            if (memory_ == nullptr) return;
            stack_t none = {};
            none.ss_flags = SS_DISABLE;
            sigaltstack(&none, nullptr);
        }

        SignalStack(const SignalStack&) = delete;
        SignalStack& operator=(const SignalStack&) = delete;

    private:
        static constexpr size_t Bytes = 64 << 10;
        std::unique_ptr<unsigned char[]> memory_;
    };

    // The signal is blocked while its handler runs, which the jump out of the handler does not end.
    void unblock(int number)
    {
        sigset_t set;
        sigemptyset(&set);
        sigaddset(&set, number);
        pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
    }

    void report(void (*on_fault)(emulator::LaunchEnd end, const std::string& text))
    {
        char text[160];
        if (fault_signal == SIGFPE)
        {
            std::snprintf(text, sizeof text, "a division of integers by zero, whose result a GPU leaves open");
            return on_fault(emulator::LaunchEnd::Failed, text);
        }

        if (emulator::fibers::is_overflow(fault_address)) return on_fault(emulator::LaunchEnd::Failed, "a thread's stack overflows");
        // A processor does not give the address of an access that is not aligned, or that no 48-bit address has.
        if (fault_address == nullptr) std::snprintf(text, sizeof text, "an access to address 0, to one that does not exist or to one that is not aligned");
        else std::snprintf(text, sizeof text, "an access to address %p, which is no memory", fault_address);
        on_fault(emulator::LaunchEnd::IllegalAddress, text);
    }
}

void emulator::faults::run_caught(const Launch& launch, void (*run_blocks)(const Launch&), void (*on_fault)(LaunchEnd end, const std::string& text))
{
    if (!Catches) return run_blocks(launch);
    install();
    static thread_local const SignalStack signal_stack;
    runner = pthread_self();
    // The handler jumps from wherever the kernel was, also from a fiber's stack, to here.
    if (sigsetjmp(back, 0) != 0)
    {
        unblock(fault_signal);
        return report(on_fault);
    }

    armed = 1;
    run_blocks(launch);
    armed = 0;
}
