// What the emulated cuBLAS needs of the emulated driver. Exported by libcuda.so.1 for libcublas.so.12 alone.
#pragma once
#include <cstddef>

#define FN_LINK extern "C" __attribute__((visibility("default")))

// The code that a test has asked this call of cuBLAS to give, or 0.
FN_LINK int fnEmulatorInjected(const char* function);

// 0, or why device memory can't be had: no context, one that is broken, or a capture, which is spoilt.
FN_LINK int fnEmulatorMayAllocate();

// Whether a handle is a stream of the context.
FN_LINK int fnEmulatorIsStream(const void* stream);

// Waits for all devices' work, as the end of a handle does; it spoils all captures of the process, whatever their mode and thread.
FN_LINK void fnEmulatorWaitForAll();

// Work on a stream, with a copy of its data. It runs with the driver's lock held, and gives 0 or a code that breaks the context.
FN_LINK int fnEmulatorEnqueue(void* stream, int (*run)(const void* data), const void* data, size_t bytes);

// For work that runs: whether device memory is there; a text for stderr where it is not.
FN_LINK int fnEmulatorHolds(unsigned long long address, unsigned long long bytes, const char* what);

// Changes the counts of handles and of products.
FN_LINK void fnEmulatorCountHandles(int change);
FN_LINK void fnEmulatorCountProduct();
