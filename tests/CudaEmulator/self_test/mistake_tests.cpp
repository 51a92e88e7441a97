// Kernels' mistakes: each is found, named, and breaks the context.
#include "session.h"

namespace
{
    // Runs a kernel that must end with an error, and checks that nothing works after it until the context is gone.
    void fails(const char* kernel, unsigned blocks, unsigned threads, int which, int code, std::initializer_list<const char*> words, unsigned shared = 0, int count = 256)
    {
        fnEmulatorReset();
        Session session;
        const Device y = session.allocate((size_t)count * 4);
        OK(session.launch(kernel, blocks, threads, MistakeArguments{y, count, which}, shared));
        EQUAL(code, cuStreamSynchronize(session.stream));
        CHECK(message_says(kernel));
        for (const char* const word : words) CHECK(message_says(word));
        Device other = 0;
        float number = 0.0f;
        EQUAL(code, cuMemAlloc_v2(&other, 4));
        EQUAL(code, cuMemcpyDtoH_v2(&number, y, 4));
        EQUAL(code, cuStreamSynchronize(session.stream));
        EQUAL(code, cuMemFree_v2(y));
        OK(cuDevicePrimaryCtxRelease_v2(0));
        EQUAL(709, cuCtxSynchronize());
        EQUAL(0, fnEmulatorCount(FN_COUNT_DEVICE_ALLOCATIONS));
        Session again;
        again.allocate(4);
        OK(cuCtxSynchronize());
    }
}

TEST(threads_that_return_before_a_barrier_are_a_deadlock)
{
    fails("toy_deadlock", 3, 256, 1, 719, {"block (1, 0, 0)", "192 threads of the block have returned", "64 wait"});
    fails("toy_deadlock", 3, 96, 2, 719, {"block (2, 0, 0)", "32 threads of the block have returned"});
}

TEST(lanes_that_do_not_all_exchange_have_diverged)
{
    fails("toy_diverge", 1, 64, 16, 719, {"have diverged", "0-15 wait in fn_shuffle_xor", "16-31 in fn_sync"});
    fails("toy_mix", 1, 64, 4, 719, {"have diverged", "0-3 wait in fn_shuffle_xor", "4 is in fn_ballot"});
    fails("toy_leave_warp", 1, 64, 3, 719, {"have diverged", "0-2, 4-31 wait in fn_shuffle", "3 have returned"});
}

TEST(an_exchange_needs_a_whole_warp) { fails("toy_mix", 1, 48, 32, 719, {"fn_shuffle_xor in warp 1", "only 16 lanes"}); }

TEST(threads_that_work_apart_can_not_meet)
{
    fails("toy_sync_apart", 1, 64, 0, 719, {"fn_sync in a kernel that is not FN_KERNEL_COOPERATIVE"});
    fails("toy_shuffle_apart", 1, 64, 0, 719, {"fn_shuffle in a kernel that is not FN_KERNEL_COOPERATIVE"});
}

TEST(a_missing_barrier_shows)
{
    Session session;
    const Device y = session.allocate(2 * 64 * 4);
    OK(session.launch("toy_race", 2, 64, MistakeArguments{y, 128, 0}));
    const auto found = session.read(y, 128);
    CHECK(std::isnan(found[0]));  // block 0 ran its warps forwards
    CHECK(std::isnan(found[96])); // block 1 backwards
}

TEST(a_write_outside_an_allocation_is_found)
{
    if (is_sanitized()) return;
    fails("toy_write", 1, 32, 100, 700, {"at byte 400 of an allocation of 400 bytes"}, 0, 100);
    fails("toy_write", 1, 32, -1, 700, {"at byte -4 of an allocation of 400 bytes"}, 0, 100);
    fails("toy_write_on_fiber", 1, 32, 130, 700, {"at byte 520 of an allocation of 400 bytes"}, 0, 100);
}

TEST(eager_checks_name_the_kernel_that_wrote)
{
    if (is_sanitized()) return;
    Session session;
    fnEmulatorSetEager(1);
    const Device y = session.allocate(400);
    EQUAL(700, session.launch("toy_write", 1, 32, MistakeArguments{y, 100, 100}));
    CHECK(message_says("the last kernel was toy_write"));
}

TEST(a_write_to_freed_memory_is_found)
{
    if (is_sanitized()) return;
    Session session;
    const Device y = session.allocate(400);
    OK(cuMemFree_v2(y));
    OK(session.launch("toy_write", 1, 32, MistakeArguments{y, 100, 3}));
    OK(cuCtxSynchronize());
    OK(cuDevicePrimaryCtxRelease_v2(0));
    CHECK(message_says("freed memory of 400 bytes was written to"));
}

TEST(a_wild_address_ends_the_launch_and_not_the_process)
{
    if (is_sanitized()) return;
    for (const char* const kernel : {"toy_write", "toy_write_on_fiber"})
    {
        fnEmulatorReset();
        Session session;
        OK(session.launch(kernel, 2, 32, MistakeArguments{0x10, 1, 0}));
        EQUAL(700, cuStreamSynchronize(session.stream));
        CHECK(message_says(kernel));
        CHECK(message_says("0x10"));
        OK(cuDevicePrimaryCtxReset_v2(0));
        Session again;
        again.allocate(4);
    }
}

TEST(an_overflowing_stack_ends_the_launch)
{
    if (is_sanitized()) return;
    fails("toy_overflow", 1, 32, 0, 719, {"stack overflows"});
}

TEST(a_division_by_zero_ends_the_launch)
{
    if (is_sanitized()) return;
    fails("toy_divide", 1, 32, 0, 719, {"division"});
}

TEST(writes_behind_shared_memory_are_found)
{
    fails("toy_overrun_static", 1, 32, 35, 700, {"static shared memory"});
    fails("toy_overrun_dynamic", 1, 32, 20, 700, {"dynamic shared memory"}, 80);
    Session session;
    OK(session.launch("toy_overrun_dynamic", 1, 32, MistakeArguments{0, 0, 19}, 80));
    OK(cuStreamSynchronize(session.stream));
}
