// Work is done when something waits for it, and in what order.
#include "session.h"
#include <thread>

TEST(copies_wait_for_a_synchronisation)
{
    Session session;
    const Device x = session.copy({1, 2, 3}), y = session.copy({0, 0, 0});
    float numbers[3] = {10, 20, 30}, result[3] = {-1, -1, -1};
    OK(cuMemcpyHtoDAsync_v2(x, numbers, sizeof numbers, session.stream));
    OK(session.launch("toy_add", 1, 32, AddArguments{x, y, 3, 1.0f}));
    OK(cuMemcpyDtoHAsync_v2(result, y, sizeof result, session.stream));
    EQUAL(3, fnEmulatorCount(FN_COUNT_PENDING));
    EQUAL(-1.0f, result[0]);
    numbers[1] = 500; // too early: the copy has not been made
    OK(cuStreamSynchronize(session.stream));
    EQUAL(0, fnEmulatorCount(FN_COUNT_PENDING));
    EQUAL(10.0f, result[0]);
    EQUAL(500.0f, result[1]);
}

TEST(a_copy_from_the_host_beside_the_work_of_another_stream_is_counted)
{
    Session session;
    void* other = nullptr;
    OK(cuStreamCreate(&other, 1));
    const Device x = session.allocate(12), y = session.allocate(12);
    float numbers[3] = {1, 2, 3};
    OK(cuMemcpyHtoDAsync_v2(x, numbers, sizeof numbers, session.stream)); // nothing else is under way
    OK(cuMemcpyHtoDAsync_v2(y, numbers, sizeof numbers, session.stream)); // on the same stream
    EQUAL(0, fnEmulatorCount(FN_COUNT_OVERLAPPING_COPIES));
    OK(cuMemcpyHtoDAsync_v2(y, numbers, sizeof numbers, other));
    EQUAL(1, fnEmulatorCount(FN_COUNT_OVERLAPPING_COPIES));
    OK(cuStreamSynchronize(session.stream));
    OK(cuMemcpyHtoDAsync_v2(y, numbers, sizeof numbers, other));
    EQUAL(1, fnEmulatorCount(FN_COUNT_OVERLAPPING_COPIES));
}

TEST(eager_work_is_done_at_once)
{
    Session session;
    fnEmulatorSetEager(1);
    const Device y = session.allocate(12);
    float result[3] = {};
    OK(cuMemsetD32Async(y, 0x40000000, 3, session.stream));
    OK(cuMemcpyDtoHAsync_v2(result, y, sizeof result, session.stream));
    EQUAL(2.0f, result[2]);
}

TEST(a_synchronous_copy_waits_for_blocking_streams_only)
{
    for (const unsigned flags : {0u, 1u})
    {
        fnEmulatorReset();
        Session session(flags);
        const Device y = session.copy({1});
        OK(cuMemsetD32Async(y, 0x40000000, 1, session.stream));
        float result = 0.0f;
        OK(cuMemcpyDtoH_v2(&result, y, 4));
        EQUAL(flags == 0 ? 2.0f : 1.0f, result);
    }
}

TEST(the_legacy_stream_and_blocking_streams_keep_their_order)
{
    Session session(0);
    void* free_stream = nullptr;
    OK(cuStreamCreate(&free_stream, 1));
    const Device y = session.copy({1, 1, 1, 1});
    float result[4] = {};
    OK(cuMemsetD32Async(y, 0x40000000, 2, session.stream)); // 2
    OK(cuMemsetD32Async(y, 0x40400000, 1, nullptr));        // 3, behind it
    OK(cuMemsetD32Async(y + 12, 0x40400000, 1, free_stream));
    OK(cuMemcpyDtoHAsync_v2(result, y, 16, session.stream)); // behind both
    OK(cuStreamSynchronize(session.stream));
    EQUAL(3.0f, result[0]);
    EQUAL(2.0f, result[1]);
    EQUAL(1.0f, result[3]);
    OK(cuMemsetD32Async(y, 0x40800000, 1, session.stream));
    OK(cuStreamSynchronize((void*)1));
    OK(cuMemcpyDtoHAsync_v2(result, y, 4, free_stream));
    OK(cuStreamSynchronize(free_stream));
    EQUAL(4.0f, result[0]);
}

TEST(streams_wait_for_events)
{
    Session session;
    void* other = nullptr;
    void* event = nullptr;
    OK(cuStreamCreate(&other, 1));
    OK(cuEventCreate(&event, 2));
    const Device y = session.copy({1, 1});
    float result[2] = {};
    OK(cuMemsetD32Async(y, 0x40000000, 1, session.stream));
    OK(cuEventRecord(event, session.stream));
    OK(cuMemsetD32Async(y + 4, 0x40000000, 1, session.stream));
    OK(cuStreamWaitEvent(other, event, 0));
    OK(cuMemcpyDtoHAsync_v2(result, y, 8, other));
    OK(cuStreamSynchronize(other));
    EQUAL(2.0f, result[0]); // before the event
    EQUAL(1.0f, result[1]); // behind it
    EQUAL(1, fnEmulatorCount(FN_COUNT_PENDING));
    OK(cuEventSynchronize(event));
    EQUAL(1, fnEmulatorCount(FN_COUNT_PENDING));
}

TEST(queries_find_work_undone_once)
{
    Session session;
    void* event = nullptr;
    OK(cuEventCreate(&event, 0));
    OK(cuEventQuery(event));
    OK(cuStreamQuery(session.stream));
    const Device y = session.copy({1});
    OK(cuMemsetD32Async(y, 0, 1, session.stream));
    EQUAL(600, cuStreamQuery(session.stream));
    OK(cuStreamQuery(session.stream));
    OK(cuMemsetD32Async(y, 0, 1, session.stream));
    OK(cuEventRecord(event, session.stream));
    EQUAL(600, cuEventQuery(event));
    OK(cuEventQuery(event));
}

TEST(events_tell_the_time_between_them)
{
    Session session;
    void* start = nullptr;
    void* end = nullptr;
    void* untimed = nullptr;
    OK(cuEventCreate(&start, 0));
    OK(cuEventCreate(&end, 0));
    OK(cuEventCreate(&untimed, 2));
    EQUAL(3, fnEmulatorCount(FN_COUNT_EVENTS));
    float milliseconds = -1.0f;
    EQUAL(400, cuEventElapsedTime(&milliseconds, start, end));
    OK(cuEventRecord(start, session.stream));
    OK(cuEventRecord(end, session.stream));
    OK(cuEventRecord(untimed, session.stream));
    EQUAL(600, cuEventElapsedTime(&milliseconds, start, end));
    OK(cuEventSynchronize(untimed));
    OK(cuEventElapsedTime(&milliseconds, start, end));
    CHECK(milliseconds >= 0.0f && milliseconds < 10000.0f);
    OK(cuEventElapsedTime_v2(&milliseconds, start, end));
    EQUAL(400, cuEventElapsedTime(&milliseconds, start, untimed));
    OK(cuEventDestroy_v2(start));
    EQUAL(400, cuEventDestroy_v2(start));
    EQUAL(400, cuEventRecord(start, session.stream));
    EQUAL(2, fnEmulatorCount(FN_COUNT_EVENTS));
}

TEST(streams_are_counted_and_known)
{
    Session session;
    void* stream = nullptr;
    EQUAL(1, cuStreamCreate(&stream, 2));
    OK(cuStreamCreate(&stream, 0));
    EQUAL(2, fnEmulatorCount(FN_COUNT_STREAMS));
    OK(cuStreamDestroy_v2(stream));
    EQUAL(400, cuStreamDestroy_v2(stream));
    EQUAL(400, cuStreamSynchronize(stream));
    EQUAL(1, fnEmulatorCount(FN_COUNT_STREAMS));
}

TEST(a_stream_finishes_its_work_before_it_goes)
{
    Session session;
    const Device y = session.copy({1});
    OK(cuMemsetD32Async(y, 0x40000000, 1, session.stream));
    OK(cuStreamDestroy_v2(session.stream));
    EQUAL(2.0f, session.read(y, 1)[0]);
}

TEST(threads_share_the_library)
{
    Session session;
    const Device y = session.copy(std::vector<float>(8, 0.0f));
    const Device ones = session.copy({1});
    void* const kernel = session.kernel("toy_add", sizeof(AddArguments));
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; t++)
    {
        threads.emplace_back(
            [&, t]
            {
                Device none = 0;
                EQUAL(201, cuMemAlloc_v2(&none, 4)); // a thread has no context before it sets one
                OK(cuCtxSetCurrent(session.context));
                void* stream = nullptr;
                OK(cuStreamCreate(&stream, 1));
                for (int i = 0; i < 100; i++)
                {
                    AddArguments arguments = {ones, y + 4 * (Device)t, 1, 1.0f};
                    void* parameters[] = {&arguments};
                    OK(cuLaunchKernel(kernel, 1, 1, 1, 32, 1, 1, 0, stream, parameters, nullptr));
                    if (i % 10 == 0) OK(cuStreamSynchronize(stream));
                }

                OK(cuStreamSynchronize(stream));
                OK(cuStreamDestroy_v2(stream));
            });
    }

    for (std::thread& thread : threads) thread.join();
    const auto found = session.read(y, 4);
    for (const float value : found) EQUAL(100.0f, value);
}
