// Initialisation, devices, contexts and injected failures.
#include "session.h"
#include <cstdlib>

TEST(nothing_works_before_initialisation)
{
    int value = 0;
    void* context = nullptr;
    EQUAL(3, cuDeviceGetCount(&value));
    EQUAL(3, cuDevicePrimaryCtxRetain(&context, 0));
    OK(cuDriverGetVersion(&value));
    EQUAL(13000, value);
    EQUAL(1, cuInit(1));
    OK(cuInit(0));
    OK(cuDeviceGetCount(&value));
    EQUAL(1, value);
    OK(cuCtxSetCurrent(nullptr));
    EQUAL(201, cuCtxSynchronize());
}

TEST(the_device_describes_itself)
{
    OK(cuInit(0));
    int device = -1, value = 0;
    OK(cuDeviceGet(&device, 0));
    EQUAL(0, device);
    EQUAL(101, cuDeviceGet(&device, 1));
    char name[100], bus[20];
    OK(cuDeviceGetName(name, sizeof name, 0));
    EQUAL(0, std::strcmp(name, "FastNets emulated GPU"));
    OK(cuDeviceGetName(name, 5, 0));
    EQUAL(4u, std::strlen(name));
    OK(cuDeviceGetPCIBusId(bus, sizeof bus, 0));
    EQUAL(12u, std::strlen(bus));
    unsigned char uuid[16];
    OK(cuDeviceGetUuid_v2(uuid, 0));
    size_t bytes = 0;
    OK(cuDeviceTotalMem_v2(&bytes, 0));
    EQUAL((size_t)4 << 30, bytes);
    const int expected[][2] = {{75, 9}, {76, 0}, {16, 8}, {10, 32}, {1, 1024}, {8, 49152}, {97, 232448}, {81, 233472}, {39, 2048}};
    for (const auto& pair : expected)
    {
        OK(cuDeviceGetAttribute(&value, pair[0], 0));
        EQUAL(pair[1], value);
    }

    EQUAL(1, cuDeviceGetAttribute(&value, 10000, 0));
    EQUAL(101, cuDeviceGetAttribute(&value, 75, 1));
}

TEST(machines_without_a_usable_device)
{
    fnEmulatorSetDeviceCount(0);
    EQUAL(100, cuInit(0));
    fnEmulatorSetDeviceCount(2);
    fnEmulatorSetInitialization(803);
    EQUAL(803, cuInit(0));
    fnEmulatorSetInitialization(0);
    int value = 0;
    EQUAL(3, cuDeviceGetCount(&value));
    OK(cuInit(0));
    OK(cuDeviceGetCount(&value));
    EQUAL(2, value);
    fnEmulatorSetDriverVersion(11040);
    OK(cuDriverGetVersion(&value));
    EQUAL(11040, value);
    fnEmulatorSetComputeCapability(5, 2);
    fnEmulatorSetMultiprocessors(132);
    OK(cuDeviceGetAttribute(&value, 75, 1));
    EQUAL(5, value);
    OK(cuDeviceGetAttribute(&value, 76, 1));
    EQUAL(2, value);
    OK(cuDeviceGetAttribute(&value, 16, 1));
    EQUAL(132, value);
}

TEST(primary_contexts_are_counted)
{
    OK(cuInit(0));
    EQUAL(201, cuDevicePrimaryCtxRelease_v2(0));
    void* first = nullptr;
    void* second = nullptr;
    void* current = nullptr;
    OK(cuDevicePrimaryCtxRetain(&first, 0));
    OK(cuDevicePrimaryCtxRetain(&second, 0));
    CHECK(first == second);
    EQUAL(2, fnEmulatorCount(FN_COUNT_RETAINED_CONTEXTS));
    unsigned flags = 1;
    int active = 0;
    OK(cuDevicePrimaryCtxGetState(0, &flags, &active));
    EQUAL(1, active);
    OK(cuCtxSetCurrent(first));
    OK(cuCtxGetCurrent(&current));
    CHECK(current == first);
    EQUAL(201, cuCtxSetCurrent(&active));
    Device x = 0;
    OK(cuMemAlloc_v2(&x, 4));
    OK(cuDevicePrimaryCtxRelease_v2(0));
    OK(cuCtxSynchronize());
    OK(cuDevicePrimaryCtxRelease_v2(0));
    OK(cuDevicePrimaryCtxGetState(0, &flags, &active));
    EQUAL(0, active);
    EQUAL(0, fnEmulatorCount(FN_COUNT_DEVICE_ALLOCATIONS));
    EQUAL(709, cuMemAlloc_v2(&x, 4));
    EQUAL(709, cuCtxSetCurrent(first));
}

TEST(calls_fail_when_asked)
{
    Session session;
    Device x = 0;
    fnEmulatorFailCall("cuMemAlloc_v2", 2, 2);
    fnEmulatorFailCall("cuMemAlloc_v2", 3, 719);
    OK(cuMemAlloc_v2(&x, 4));
    EQUAL(2, cuMemAlloc_v2(&x, 4));
    EQUAL(719, cuMemAlloc_v2(&x, 4));
    OK(cuMemAlloc_v2(&x, 4));
    EQUAL(2, fnEmulatorCount(FN_COUNT_DEVICE_ALLOCATIONS));
    fnEmulatorFailCall("cuInit", 1, 999);
    EQUAL(999, cuInit(0));
    fnEmulatorFailCall("cuLaunchKernel", 1, 701);
    EQUAL(701, session.launch("toy_add", 1, 32, AddArguments{x, x, 0, 0.0f}));
    OK(session.launch("toy_add", 1, 32, AddArguments{x, x, 0, 0.0f}));
    OK(cuCtxSynchronize());
}

TEST(kernels_fail_when_asked)
{
    Session session;
    const Device x = session.copy({1}), y = session.copy({0});
    fnEmulatorFailKernel(2, 700);
    OK(session.launch("toy_add", 1, 32, AddArguments{x, y, 1, 1.0f}));
    OK(session.launch("toy_add", 1, 32, AddArguments{x, y, 1, 1.0f}));
    EQUAL(700, cuStreamSynchronize(session.stream));
    EQUAL(700, session.launch("toy_add", 1, 32, AddArguments{x, y, 1, 1.0f}));
    OK(cuDevicePrimaryCtxReset_v2(0));
    EQUAL(709, cuStreamSynchronize(session.stream));
    Session again;
    again.allocate(4);
}

TEST(a_device_is_lost_when_asked)
{
    Session session;
    const Device x = session.copy({1});
    fnEmulatorLoseDevice(719);
    float number = 0.0f;
    EQUAL(719, cuMemcpyDtoH_v2(&number, x, 4));
    EQUAL(719, cuStreamDestroy_v2(session.stream));
    EQUAL(719, cuMemFree_v2(x));
    OK(cuDevicePrimaryCtxRelease_v2(0));
    EQUAL(0, fnEmulatorCount(FN_COUNT_DEVICE_ALLOCATIONS));
    EQUAL(0, fnEmulatorCount(FN_COUNT_STREAMS));
}

TEST(errors_have_names)
{
    const char* name = nullptr;
    const char* text = nullptr;
    OK(cuGetErrorName(719, &name));
    EQUAL(0, std::strcmp(name, "CUDA_ERROR_LAUNCH_FAILED"));
    OK(cuGetErrorString(2, &text));
    EQUAL(0, std::strcmp(text, "out of memory"));
    EQUAL(1, cuGetErrorName(12345, &name));
    CHECK(name == nullptr);
}
