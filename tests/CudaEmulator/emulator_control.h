// What tests may ask of the emulated driver, and demand of it, beside the driver's own functions. Exported by libcuda.so.1, in C, so that any
// program finds them by name. All may be called at any time from any thread; codes are those of CUresult.
#pragma once
#include "emulator_counts.h"

#ifdef __cplusplus
extern "C"
{
#endif

// Destroys all contexts, forgets all settings, injected failures and counts: the library is as it was when it was loaded.
void fnEmulatorReset(void);

// A count of FnEmulatorCount, or -1 for one that does not exist.
long long fnEmulatorCount(int which);

// The last message that went to stderr, cut to the buffer's size; returns its whole length in bytes, without the zero behind it.
int fnEmulatorLastMessage(char* buffer, int bytes);

// cuInit gives this code, and forgets an earlier success: 100, 803, 999, ...; 0 for success.
void fnEmulatorSetInitialization(int code);

// What cuDriverGetVersion gives, 13000 for CUDA 13.0. It also says which versions of PTX can be loaded.
void fnEmulatorSetDriverVersion(int version);

// The number of devices, 0 to 8; with 0, cuInit gives 100.
void fnEmulatorSetDeviceCount(int count);

// The compute capability of all devices. Modules for later ones can't be loaded.
void fnEmulatorSetComputeCapability(int major, int minor);

void fnEmulatorSetMultiprocessors(int count);

// The memory of each device; an allocation that does not fit gives 2. 4 GiB otherwise.
void fnEmulatorSetMemory(unsigned long long bytes);

// 1: work is done when it is enqueued, and memory is checked behind each item of it; 0: when something waits for it.
void fnEmulatorSetEager(int eager);

// 0: blocks and warps run now in this order, now in the other (the usual way); 1: forwards; 2: backwards.
void fnEmulatorSetOrder(int order);

// The nth next call (1: the next) of a function of libcuda or libcublas, by its exported name, gives a code, once, and does nothing;
// code 0 takes back what was asked for this function and has not come yet.
void fnEmulatorFailCall(const char* function, long long nth, int code);

// The nth next kernel that runs fails with a code when its turn comes (700, 719, ...), and breaks the context.
void fnEmulatorFailKernel(long long nth, int code);

// All contexts give a code from now on (719, 214, ...), until they are reset or released.
void fnEmulatorLoseDevice(int code);

// Modules can't be loaded any more: a code (218, 222, 209, ...) and the text for the error log; 0 to load them again.
void fnEmulatorFailModules(int code, const char* log);

// Whether a device address lies in an allocation of the calling thread's context with so many bytes behind it.
int fnEmulatorIsAllocated(unsigned long long address, unsigned long long bytes);

#ifdef __cplusplus
}
#endif
