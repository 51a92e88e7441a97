// Recording and replay.
#include "session.h"
#include <thread>

TEST(recorded_work_is_done_at_each_replay)
{
    Session session;
    const Device x = session.copy({1, 1, 1}), y = session.copy({0, 0, 0});
    float numbers[3] = {1, 2, 3};
    session.kernel("toy_add", sizeof(AddArguments));
    OK(cuStreamBeginCapture_v2(session.stream, 0));
    int status = 0;
    OK(cuStreamIsCapturing(session.stream, &status));
    EQUAL(1, status);
    OK(cuMemcpyHtoDAsync_v2(x, numbers, sizeof numbers, session.stream));
    OK(session.launch("toy_add", 1, 32, AddArguments{x, y, 3, 1.0f}));
    OK(session.launch("toy_add", 1, 32, AddArguments{x, y, 3, 10.0f}));
    void* graph = nullptr;
    OK(cuStreamEndCapture(session.stream, &graph));
    OK(cuStreamIsCapturing(session.stream, &status));
    EQUAL(0, status);
    EQUAL(0, fnEmulatorCount(FN_COUNT_LAUNCHES));
    EQUAL(2, fnEmulatorCount(FN_COUNT_RECORDED_LAUNCHES));
    EQUAL(0.0f, session.read(y, 3)[0]); // nothing was done
    size_t nodes = 0;
    OK(cuGraphGetNodes(graph, nullptr, &nodes));
    EQUAL(3u, nodes);
    void* handles[4] = {};
    nodes = 4;
    OK(cuGraphGetNodes(graph, handles, &nodes));
    EQUAL(3u, nodes);
    CHECK(handles[2] != nullptr && handles[3] == nullptr);
    void* exec = nullptr;
    OK(cuGraphInstantiateWithFlags(&exec, graph, 0));
    EQUAL(1, fnEmulatorCount(FN_COUNT_GRAPHS));
    EQUAL(1, fnEmulatorCount(FN_COUNT_GRAPH_EXECS));
    OK(cuGraphDestroy(graph));
    OK(cuGraphUpload(exec, session.stream));
    OK(cuGraphLaunch(exec, session.stream));
    OK(cuStreamSynchronize(session.stream));
    EQUAL(22.0f, session.read(y, 3)[1]);
    numbers[1] = 100; // read anew at the next replay
    OK(cuGraphLaunch(exec, session.stream));
    OK(cuGraphLaunch(exec, session.stream));
    OK(cuGraphExecDestroy(exec));
    EQUAL(22.0f + 2200.0f, session.read(y, 3)[1]);
    EQUAL(6, fnEmulatorCount(FN_COUNT_GRAPH_KERNELS));
    EQUAL(3, fnEmulatorCount(FN_COUNT_GRAPH_LAUNCHES));
    EQUAL(0, fnEmulatorCount(FN_COUNT_GRAPHS));
    EQUAL(0, fnEmulatorCount(FN_COUNT_GRAPH_EXECS));
    EQUAL(400, cuGraphLaunch(exec, session.stream));
    EQUAL(400, cuGraphDestroy(graph));
}

TEST(calls_that_wait_spoil_a_capture)
{
    for (int which = 0; which < 10; which++)
    {
        fnEmulatorReset();
        Session session;
        const Device x = session.copy({1});
        float number = 0.0f;
        Device other = 0;
        void* host = nullptr;
        void* module = nullptr;
        OK(cuMemAllocHost_v2(&host, 4));
        OK(cuStreamBeginCapture_v2(session.stream, 0));
        int code = 0;
        switch (which)
        {
            case 0: code = cuStreamSynchronize(session.stream); break;
            case 1: code = cuCtxSynchronize(); break;
            case 2: code = cuMemAlloc_v2(&other, 4); break;
            case 3: code = cuMemFree_v2(x); break;
            case 4: code = cuMemcpyDtoH_v2(&number, x, 4); break;
            case 5: code = cuMemcpyHtoD_v2(x, &number, 4); break;
            case 6: code = cuStreamQuery(session.stream); break;
            case 7: code = cuMemAllocAsync(&other, 4, session.stream); break;
            case 8: code = cuMemFreeHost(host); break;
            default: code = cuModuleLoadData(&module, ptx_of("toy_add", 24).c_str()); break;
        }

        EQUAL(900, code);
        int status = 0;
        OK(cuStreamIsCapturing(session.stream, &status));
        EQUAL(2, status);
        EQUAL(901, cuMemsetD32Async(x, 0, 1, session.stream));
        void* graph = &session;
        EQUAL(901, cuStreamEndCapture(session.stream, &graph));
        CHECK(graph == nullptr);
        // The stream works again.
        OK(cuMemsetD32Async(x, 0, 1, session.stream));
        OK(cuStreamSynchronize(session.stream));
        EQUAL(0, fnEmulatorCount(FN_COUNT_GRAPHS));
    }
}

TEST(the_end_of_a_cublas_handle_spoils_captures_of_all_threads)
{
    for (const int mode : {0, 1, 2})
    {
        fnEmulatorReset();
        Session session;
        const Device x = session.copy({1});
        void* const context = session.context;
        void* handle = nullptr;
        OK(cublasCreate_v2(&handle));
        OK(cuStreamBeginCapture_v2(session.stream, mode));
        std::thread(
            [&]
            {
                OK(cuCtxSetCurrent(context));
                OK(cublasDestroy_v2(handle));
            })
            .join();
        int status = 0;
        OK(cuStreamIsCapturing(session.stream, &status));
        EQUAL(2, status);
        EQUAL(901, cuMemsetD32Async(x, 0, 1, session.stream));
        void* graph = nullptr;
        EQUAL(901, cuStreamEndCapture(session.stream, &graph));
    }
}

TEST(the_end_of_a_cublas_handle_waits_for_work)
{
    Session session;
    void* handle = nullptr;
    OK(cublasCreate_v2(&handle));
    const Device x = session.copy({1});
    float number = 0.0f;
    OK(cuMemcpyDtoHAsync_v2(&number, x, 4, session.stream));
    EQUAL(0.0f, number);
    OK(cublasDestroy_v2(handle));
    EQUAL(1.0f, number);
}

TEST(a_relaxed_capture_allows_allocations)
{
    Session session;
    OK(cuStreamBeginCapture_v2(session.stream, 2));
    const Device x = session.allocate(4);
    OK(cuMemsetD32Async(x, 0x40000000, 1, session.stream));
    void* graph = nullptr;
    OK(cuStreamEndCapture(session.stream, &graph));
    CHECK(graph != nullptr);
}

TEST(captures_begin_and_end_in_order)
{
    Session session(0);
    void* graph = nullptr;
    void* other = nullptr;
    OK(cuStreamCreate(&other, 1));
    EQUAL(900, cuStreamBeginCapture_v2(nullptr, 0));
    EQUAL(1, cuStreamBeginCapture_v2(session.stream, 3));
    EQUAL(401, cuStreamEndCapture(session.stream, &graph));
    OK(cuStreamBeginCapture_v2(session.stream, 0));
    EQUAL(401, cuStreamBeginCapture_v2(session.stream, 0));
    // The legacy stream would have to wait for the stream that captures.
    Device x = 0;
    EQUAL(900, cuMemAlloc_v2(&x, 4));
    EQUAL(901, cuStreamEndCapture(session.stream, &graph));
    x = session.allocate(4);
    OK(cuStreamBeginCapture_v2(session.stream, 0));
    EQUAL(906, cuMemsetD32Async(x, 0, 1, nullptr));
    EQUAL(901, cuStreamEndCapture(session.stream, &graph));
    // Another stream goes on meanwhile.
    OK(cuStreamBeginCapture_v2(session.stream, 0));
    OK(cuMemsetD32Async(x, 0, 1, other));
    OK(cuStreamSynchronize(other));
    OK(cuStreamEndCapture(session.stream, &graph));
    size_t nodes = 1;
    OK(cuGraphGetNodes(graph, nullptr, &nodes));
    EQUAL(0u, nodes);
}

TEST(streams_join_a_capture_by_events)
{
    Session session;
    void* other = nullptr;
    void* begun = nullptr;
    void* done = nullptr;
    void* graph = nullptr;
    OK(cuStreamCreate(&other, 1));
    OK(cuEventCreate(&begun, 2));
    OK(cuEventCreate(&done, 2));
    const Device x = session.copy({1, 1});
    for (const bool joins : {true, false})
    {
        OK(cuStreamBeginCapture_v2(session.stream, 0));
        OK(cuEventRecord(begun, session.stream));
        OK(cuStreamWaitEvent(other, begun, 0));
        OK(cuMemsetD32Async(x, 0x40000000, 1, other));
        OK(cuEventRecord(done, other));
        OK(cuMemsetD32Async(x + 4, 0x40400000, 1, session.stream));
        if (joins) OK(cuStreamWaitEvent(session.stream, done, 0));
        EQUAL(joins ? 0 : 904, cuStreamEndCapture(session.stream, &graph));
        if (!joins) continue;
        EQUAL(1.0f, session.read(x, 2)[0]);
        void* exec = nullptr;
        OK(cuGraphInstantiateWithFlags(&exec, graph, 0));
        OK(cuGraphLaunch(exec, other));
        const auto found = session.read(x, 2);
        EQUAL(2.0f, found[0]);
        EQUAL(3.0f, found[1]);
        EQUAL(907, cuEventSynchronize(done));
    }

    OK(cuEventRecord(begun, other));
    OK(cuStreamBeginCapture_v2(session.stream, 0));
    EQUAL(905, cuStreamWaitEvent(session.stream, begun, 0));
    EQUAL(901, cuStreamEndCapture(session.stream, &graph));
}
