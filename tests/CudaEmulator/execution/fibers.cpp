#include "fibers.h"
#include "../sanitizer.h"
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <sys/mman.h>

#if !defined(__x86_64__) || defined(FN_EMULATE_UCONTEXT)
#define FN_BY_UCONTEXT
#include <ucontext.h>
#endif

#if FN_ADDRESS_SANITIZER
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif

namespace
{
    constexpr size_t PageBytes = 4096;
#if FN_ADDRESS_SANITIZER
    constexpr size_t StackBytes = 256 << 10;
#else
    constexpr size_t StackBytes = 64 << 10;
#endif
    constexpr size_t StrideBytes = StackBytes + PageBytes;

    struct Fiber
    {
#ifdef FN_BY_UCONTEXT
        ucontext_t context;
#else
        void* stack_pointer;
#endif
    };

    Fiber fiber_of[emulator::fibers::Most];
    Fiber main_fiber;
    unsigned char* region;
    int made;

#if FN_ADDRESS_SANITIZER
    const void* main_bottom;
    size_t main_bytes;
    bool knows_main;
#endif

    unsigned char* bottom_of(int fiber) { return region + (size_t)fiber * StrideBytes + PageBytes; }

    // Stacks are touched only where they are used, and the page below each can't be touched at all.
    void make(int count)
    {
        if (region == nullptr)
        {
            void* const memory = mmap(nullptr, StrideBytes * emulator::fibers::Most, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
            if (memory == MAP_FAILED)
            {
                std::fputs("emulated CUDA: no memory for the stacks of threads\n", stderr);
                std::abort();
            }

            region = static_cast<unsigned char*>(memory);
        }

        for (; made < count; made++)
        {
            if (mprotect(bottom_of(made), StackBytes, PROT_READ | PROT_WRITE) == 0) continue;
            std::fputs("emulated CUDA: no memory for the stacks of threads\n", stderr);
            std::abort();
        }
    }
}

#ifndef FN_BY_UCONTEXT
// Saves what a called function must keep (System V, x86-64), and goes on where the other stack was left. The modes of rounding are
// the same everywhere, so they are not switched.
extern "C" __attribute__((visibility("hidden"))) void fn_emulated_switch(void** save, void* to);
__asm__(R"(
    .text
    .p2align 4
    .globl fn_emulated_switch
    .hidden fn_emulated_switch
    .type fn_emulated_switch, @function
fn_emulated_switch:
    push %rbp
    push %rbx
    push %r12
    push %r13
    push %r14
    push %r15
    mov %rsp, (%rdi)
    mov %rsi, %rsp
    pop %r15
    pop %r14
    pop %r13
    pop %r12
    pop %rbx
    pop %rbp
    ret
    .size fn_emulated_switch, . - fn_emulated_switch
)");
#endif

namespace
{
    void (*start)();

    // The sanitizer wants to know of each switch, before it and behind it.
    void entry()
    {
#if FN_ADDRESS_SANITIZER
        const void* bottom;
        size_t bytes;
        __sanitizer_finish_switch_fiber(nullptr, &bottom, &bytes);
        if (!knows_main)
        {
            main_bottom = bottom;
            main_bytes = bytes;
            knows_main = true;
        }
#endif
        start();
    }

    void switch_between(Fiber& from, Fiber& to, [[maybe_unused]] const void* bottom, [[maybe_unused]] size_t bytes)
    {
#if FN_ADDRESS_SANITIZER
        void* fake;
        __sanitizer_start_switch_fiber(&fake, bottom, bytes);
#endif
#ifdef FN_BY_UCONTEXT
        swapcontext(&from.context, &to.context);
#else
        fn_emulated_switch(&from.stack_pointer, to.stack_pointer);
#endif
#if FN_ADDRESS_SANITIZER
        __sanitizer_finish_switch_fiber(fake, nullptr, nullptr);
#endif
    }
}

void emulator::fibers::prepare(int count, void (*entry_point)())
{
    make(count);
    start = entry_point;
#if FN_ADDRESS_SANITIZER
    knows_main = false;
#endif
    for (int i = 0; i < count; i++)
    {
        // The tops of stacks would all lie on the same cache sets without a distance of their own.
        const size_t colour = (size_t)(i % 32) * 128;
#if FN_ADDRESS_SANITIZER
        // A thread that was left in the middle has left its marks.
        ASAN_UNPOISON_MEMORY_REGION(bottom_of(i), StackBytes);
#endif
#ifdef FN_BY_UCONTEXT
        ucontext_t& context = fiber_of[i].context;
        getcontext(&context);
        context.uc_stack.ss_sp = bottom_of(i);
        context.uc_stack.ss_size = StackBytes - colour;
        context.uc_link = nullptr;
        makecontext(&context, entry, 0);
#else
        // A function begins with a return address, here none, on a stack that was a multiple of 16 before the call.
        void** pointer = reinterpret_cast<void**>(bottom_of(i) + StackBytes - colour);
        *--pointer = nullptr;
        *--pointer = reinterpret_cast<void*>(entry);
        for (int saved = 0; saved < 6; saved++) *--pointer = nullptr;
        fiber_of[i].stack_pointer = pointer;
#endif
    }
}

void emulator::fibers::run(int fiber) { switch_between(main_fiber, fiber_of[fiber], bottom_of(fiber), StackBytes); }

void emulator::fibers::to(int from, int fiber) { switch_between(fiber_of[from], fiber_of[fiber], bottom_of(fiber), StackBytes); }

void emulator::fibers::to_main(int from)
{
#if FN_ADDRESS_SANITIZER
    switch_between(fiber_of[from], main_fiber, main_bottom, main_bytes);
#else
    switch_between(fiber_of[from], main_fiber, nullptr, 0);
#endif
    __builtin_unreachable();
}

bool emulator::fibers::is_overflow(const void* address)
{
    if (region == nullptr) return false;
    const uintptr_t offset = (uintptr_t)address - (uintptr_t)region;
    return offset < StrideBytes * Most && offset % StrideBytes < PageBytes;
}
