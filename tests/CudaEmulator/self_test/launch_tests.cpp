// Limits of launches.
#include "session.h"

namespace
{
    int launch(Session& session, void* kernel, unsigned x, unsigned y, unsigned z, unsigned threads, unsigned threads_y, unsigned threads_z, unsigned shared)
    {
        AddArguments arguments = {0, 0, 0, 0.0f};
        void* parameters[] = {&arguments};
        return cuLaunchKernel(kernel, x, y, z, threads, threads_y, threads_z, shared, session.stream, parameters, nullptr);
    }
}

TEST(launches_over_the_limits_are_refused)
{
    Session session;
    void* const kernel = session.kernel("toy_add", sizeof(AddArguments));
    OK(launch(session, kernel, 1, 1, 1, 256, 1, 1, 0));
    EQUAL(701, launch(session, kernel, 1, 1, 1, 257, 1, 1, 0));
    CHECK(message_says("toy_add"));
    CHECK(message_says("compiled for 256"));
    EQUAL(1, launch(session, kernel, 1, 1, 1, 1025, 1, 1, 0));
    EQUAL(1, launch(session, kernel, 1, 1, 1, 0, 1, 1, 0));
    EQUAL(1, launch(session, kernel, 1, 1, 1, 32, 2, 1, 0));
    EQUAL(1, launch(session, kernel, 1, 1, 1, 32, 1, 2, 0));
    EQUAL(1, launch(session, kernel, 0, 1, 1, 32, 1, 1, 0));
    EQUAL(1, launch(session, kernel, 1, 65536, 1, 32, 1, 1, 0));
    EQUAL(1, launch(session, kernel, 1, 1, 65536, 32, 1, 1, 0));
    EQUAL(1, launch(session, kernel, 0x80000000u, 1, 1, 32, 1, 1, 0));
    EQUAL(400, launch(session, &session, 1, 1, 1, 32, 1, 1, 0));
    EQUAL(1, cuLaunchKernel(kernel, 1, 1, 1, 32, 1, 1, 0, session.stream, nullptr, nullptr));
    EQUAL(1, fnEmulatorCount(FN_COUNT_LAUNCHES));
    OK(cuCtxSynchronize());
}

TEST(shared_memory_over_48_KB_must_be_asked_for)
{
    Session session;
    void* const kernel = session.kernel("toy_add", sizeof(AddArguments));
    OK(launch(session, kernel, 1, 1, 1, 32, 1, 1, 49152));
    EQUAL(1, launch(session, kernel, 1, 1, 1, 32, 1, 1, 49153));
    int most = 0;
    OK(cuFuncGetAttribute(&most, 8, kernel));
    EQUAL(49152, most);
    EQUAL(1, cuFuncSetAttribute(kernel, 8, 232449));
    OK(cuFuncSetAttribute(kernel, 8, 232448));
    OK(launch(session, kernel, 1, 1, 1, 32, 1, 1, 232448));
    EQUAL(1, launch(session, kernel, 1, 1, 1, 32, 1, 1, 232449));
    OK(cuCtxSynchronize());
}

TEST(static_shared_memory_counts_too)
{
    Session session;
    void* module = nullptr;
    void* kernel = nullptr;
    const char* const body = ".shared .align 4 .b8 _ZZ11toy_reverseE3row[4096];\n\tmov.u64 %rd1, _ZZ11toy_reverseE3row;\n\tret;";
    OK(cuModuleLoadData(&module, ptx_of("toy_reverse", sizeof(ReverseArguments), "7.0", "sm_80", body).c_str()));
    OK(cuModuleGetFunction(&kernel, module, "toy_reverse"));
    int bytes = 0;
    OK(cuFuncGetAttribute(&bytes, 1, kernel));
    EQUAL(4096, bytes);
    EQUAL(1, launch(session, kernel, 1, 1, 1, 32, 1, 1, 49152 - 4095));
    EQUAL(1, cuFuncSetAttribute(kernel, 8, 232448 - 4095));
    OK(cuFuncSetAttribute(kernel, 8, 232448 - 4096));
    int blocks = 0;
    OK(cuOccupancyMaxActiveBlocksPerMultiprocessor(&blocks, kernel, 256, 0));
    EQUAL(8, blocks);
    OK(cuOccupancyMaxActiveBlocksPerMultiprocessor(&blocks, kernel, 32, 100000));
    EQUAL(2, blocks);
    OK(cuOccupancyMaxActiveBlocksPerMultiprocessor(&blocks, kernel, 1025, 0));
    EQUAL(0, blocks);
}

TEST(arguments_are_copied_at_the_call)
{
    Session session;
    const Device x = session.copy({1, 2, 3}), y = session.copy({0, 0, 0});
    AddArguments arguments = {x, y, 3, 1.0f};
    void* parameters[] = {&arguments};
    OK(cuLaunchKernel(session.kernel("toy_add", sizeof arguments), 1, 1, 1, 32, 1, 1, 0, session.stream, parameters, nullptr));
    arguments.scale = 100.0f;
    EQUAL(2.0f, session.read(y, 3)[1]);
}
