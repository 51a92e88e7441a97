// Allocations, their limits and their counts.
#include "session.h"

TEST(memory_is_aligned_counted_and_unwritten)
{
    Session session;
    Device first = session.allocate(100), second = session.allocate(1);
    EQUAL(0u, first % 256);
    EQUAL(0u, second % 256);
    EQUAL(2, fnEmulatorCount(FN_COUNT_DEVICE_ALLOCATIONS));
    EQUAL(101, fnEmulatorCount(FN_COUNT_DEVICE_BYTES));
    unsigned words[25];
    OK(cuMemcpyDtoH_v2(words, first, 100));
    for (const unsigned word : words) EQUAL(0xFFFFFFFFu, word);
    CHECK(fnEmulatorIsAllocated(first + 40, 60));
    CHECK(!fnEmulatorIsAllocated(first + 40, 61));
    size_t available = 0, total = 0;
    OK(cuMemGetInfo_v2(&available, &total));
    EQUAL(total - 101, available);
    OK(cuMemFree_v2(first));
    OK(cuMemFree_v2(second));
    OK(cuMemFree_v2(0));
    EQUAL(0, fnEmulatorCount(FN_COUNT_DEVICE_ALLOCATIONS));
    EQUAL(0, fnEmulatorCount(FN_COUNT_DEVICE_BYTES));
}

TEST(wrong_frees_and_copies_are_refused)
{
    Session session;
    const Device at = session.allocate(100);
    char bytes[200] = {};
    EQUAL(1, cuMemFree_v2(at + 4));
    EQUAL(1, cuMemcpyHtoD_v2(at, bytes, 101));
    EQUAL(1, cuMemcpyHtoD_v2(at + 50, bytes, 51));
    EQUAL(1, cuMemcpyDtoH_v2(bytes, at - 1, 2));
    EQUAL(1, cuMemcpyHtoD_v2(reinterpret_cast<Device>(bytes), bytes, 1));
    EQUAL(1, cuMemcpyHtoDAsync_v2(at, bytes, 101, session.stream));
    EQUAL(1, cuMemcpyDtoHAsync_v2(bytes, at, 101, session.stream));
    EQUAL(1, cuMemcpyDtoDAsync_v2(at, at + 4, 8, session.stream));
    EQUAL(1, cuMemsetD8Async(at, 0, 101, session.stream));
    EQUAL(1, cuMemsetD32Async(at, 0, 26, session.stream));
    EQUAL(1, cuMemsetD32Async(at + 1, 0, 1, session.stream));
    EQUAL(400, cuMemsetD8Async(at, 0, 1, bytes));
    EQUAL(1, cuMemcpyHtoDAsync_v2(0, bytes, 1, session.stream));
    OK(cuMemcpyHtoDAsync_v2(0, nullptr, 0, session.stream));
    OK(cuMemFree_v2(at));
    EQUAL(1, cuMemFree_v2(at));
    EQUAL(1, cuMemcpyHtoD_v2(at, bytes, 1));
    OK(cuCtxSynchronize());
}

TEST(memory_ends)
{
    fnEmulatorSetMemory(1000);
    Session session;
    Device first = session.allocate(600), second = 0;
    EQUAL(2, cuMemAlloc_v2(&second, 401));
    EQUAL(1, cuMemAlloc_v2(&second, 0));
    second = session.allocate(400);
    // What was freed on a stream is there again when it is needed.
    OK(cuMemFreeAsync(first, session.stream));
    EQUAL(1, cuMemFreeAsync(first, session.stream));
    EQUAL(1, cuMemFree_v2(first));
    float number = 0.0f;
    EQUAL(1, cuMemcpyHtoDAsync_v2(first, &number, 4, session.stream));
    Device third = 0;
    OK(cuMemAllocAsync(&third, 600, session.stream));
    EQUAL(2, fnEmulatorCount(FN_COUNT_DEVICE_ALLOCATIONS));
    size_t total = 0;
    OK(cuDeviceTotalMem_v2(&total, 0));
    EQUAL(1000u, total);
}

TEST(memory_freed_on_a_stream_lives_until_its_turn)
{
    Session session;
    const Device x = session.copy({1, 2, 3}), y = session.copy({0, 0, 0});
    OK(session.launch("toy_add", 1, 32, AddArguments{x, y, 3, 1.0f}));
    OK(cuMemFreeAsync(x, session.stream));
    EQUAL(2, fnEmulatorCount(FN_COUNT_DEVICE_ALLOCATIONS));
    OK(cuStreamSynchronize(session.stream));
    EQUAL(1, fnEmulatorCount(FN_COUNT_DEVICE_ALLOCATIONS));
    EQUAL(3.0f, session.read(y, 3)[2]);
}

TEST(host_memory_is_counted)
{
    Session session;
    void* first = nullptr;
    void* second = nullptr;
    OK(cuMemAllocHost_v2(&first, 100));
    OK(cuMemHostAlloc(&second, 50, 4));
    EQUAL(2, fnEmulatorCount(FN_COUNT_HOST_ALLOCATIONS));
    EQUAL(150, fnEmulatorCount(FN_COUNT_HOST_BYTES));
    OK(cuMemFreeHost(first));
    EQUAL(1, cuMemFreeHost(first));
    OK(cuMemFreeHost(second));
    EQUAL(0, fnEmulatorCount(FN_COUNT_HOST_ALLOCATIONS));
    EQUAL(1, cuMemAllocHost_v2(&first, 0));
    EQUAL(1, cuMemHostAlloc(&first, 10, 8));
}
