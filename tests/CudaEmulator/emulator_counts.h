// What fnEmulatorCount counts.
#pragma once

enum FnEmulatorCount
{
    FN_COUNT_DEVICE_ALLOCATIONS = 0, // alive, in all contexts
    FN_COUNT_DEVICE_BYTES = 1,       // of them
    FN_COUNT_HOST_ALLOCATIONS = 2,   // page-locked
    FN_COUNT_HOST_BYTES = 3,
    FN_COUNT_STREAMS = 4,
    FN_COUNT_EVENTS = 5,
    FN_COUNT_MODULES = 6,
    FN_COUNT_GRAPHS = 7,
    FN_COUNT_GRAPH_EXECS = 8,
    FN_COUNT_RETAINED_CONTEXTS = 9, // cuDevicePrimaryCtxRetain without a release
    FN_COUNT_BLAS_HANDLES = 10,
    FN_COUNT_LAUNCHES = 11,          // cuLaunchKernel on streams that did not capture, since the library was loaded or reset
    FN_COUNT_RECORDED_LAUNCHES = 12, // cuLaunchKernel on streams that captured
    FN_COUNT_GRAPH_KERNELS = 13,     // kernels that cuGraphLaunch enqueued
    FN_COUNT_GRAPH_LAUNCHES = 14,    // cuGraphLaunch
    FN_COUNT_PRODUCTS = 15,          // cuBLAS's products that were done, also in graphs; a batch counts as one
    FN_COUNT_SYNCHRONIZATIONS = 16,  // waits for a stream, an event or the context, and synchronous copies
    FN_COUNT_PENDING = 17,           // items of work on all streams that nothing has waited for yet
    FN_COUNT_OVERLAPPING_COPIES = 18, // copies from the host that were enqueued while another stream had work
};
