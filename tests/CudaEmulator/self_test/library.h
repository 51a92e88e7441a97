// The functions of the two libraries, found by name as a program does that has no CUDA headers.
#pragma once
#include "../emulator_counts.h"
#include <cstddef>

using Device = unsigned long long; // an address in device memory

#define FN_LIBRARY(F)                                                                                                                     \
    F(int, cuInit, (unsigned))                                                                                                            \
    F(int, cuDriverGetVersion, (int*))                                                                                                    \
    F(int, cuDeviceGetCount, (int*))                                                                                                      \
    F(int, cuDeviceGet, (int*, int))                                                                                                      \
    F(int, cuDeviceGetName, (char*, int, int))                                                                                            \
    F(int, cuDeviceTotalMem_v2, (size_t*, int))                                                                                           \
    F(int, cuDeviceGetAttribute, (int*, int, int))                                                                                        \
    F(int, cuDeviceGetUuid_v2, (unsigned char*, int))                                                                                     \
    F(int, cuDeviceGetPCIBusId, (char*, int, int))                                                                                        \
    F(int, cuDevicePrimaryCtxRetain, (void**, int))                                                                                       \
    F(int, cuDevicePrimaryCtxRelease_v2, (int))                                                                                           \
    F(int, cuDevicePrimaryCtxReset_v2, (int))                                                                                             \
    F(int, cuDevicePrimaryCtxGetState, (int, unsigned*, int*))                                                                            \
    F(int, cuCtxSetCurrent, (void*))                                                                                                      \
    F(int, cuCtxGetCurrent, (void**))                                                                                                     \
    F(int, cuCtxSynchronize, ())                                                                                                          \
    F(int, cuModuleLoadDataEx, (void**, const void*, unsigned, const int*, void**))                                                       \
    F(int, cuModuleLoadData, (void**, const void*))                                                                                       \
    F(int, cuModuleUnload, (void*))                                                                                                       \
    F(int, cuModuleGetFunction, (void**, void*, const char*))                                                                             \
    F(int, cuFuncSetAttribute, (void*, int, int))                                                                                         \
    F(int, cuFuncGetAttribute, (int*, int, void*))                                                                                        \
    F(int, cuOccupancyMaxActiveBlocksPerMultiprocessor, (int*, void*, int, size_t))                                                       \
    F(int, cuLaunchKernel, (void*, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, void*, void**, void**))          \
    F(int, cuMemAlloc_v2, (Device*, size_t))                                                                                              \
    F(int, cuMemFree_v2, (Device))                                                                                                        \
    F(int, cuMemAllocAsync, (Device*, size_t, void*))                                                                                     \
    F(int, cuMemFreeAsync, (Device, void*))                                                                                               \
    F(int, cuMemGetInfo_v2, (size_t*, size_t*))                                                                                           \
    F(int, cuMemAllocHost_v2, (void**, size_t))                                                                                           \
    F(int, cuMemHostAlloc, (void**, size_t, unsigned))                                                                                    \
    F(int, cuMemFreeHost, (void*))                                                                                                        \
    F(int, cuMemcpyHtoD_v2, (Device, const void*, size_t))                                                                                \
    F(int, cuMemcpyDtoH_v2, (void*, Device, size_t))                                                                                      \
    F(int, cuMemcpyHtoDAsync_v2, (Device, const void*, size_t, void*))                                                                    \
    F(int, cuMemcpyDtoHAsync_v2, (void*, Device, size_t, void*))                                                                          \
    F(int, cuMemcpyDtoDAsync_v2, (Device, Device, size_t, void*))                                                                         \
    F(int, cuMemsetD8Async, (Device, unsigned char, size_t, void*))                                                                       \
    F(int, cuMemsetD32Async, (Device, unsigned, size_t, void*))                                                                           \
    F(int, cuStreamCreate, (void**, unsigned))                                                                                            \
    F(int, cuStreamDestroy_v2, (void*))                                                                                                   \
    F(int, cuStreamSynchronize, (void*))                                                                                                  \
    F(int, cuStreamQuery, (void*))                                                                                                        \
    F(int, cuStreamWaitEvent, (void*, void*, unsigned))                                                                                   \
    F(int, cuStreamBeginCapture_v2, (void*, int))                                                                                         \
    F(int, cuStreamEndCapture, (void*, void**))                                                                                           \
    F(int, cuStreamIsCapturing, (void*, int*))                                                                                            \
    F(int, cuEventCreate, (void**, unsigned))                                                                                             \
    F(int, cuEventRecord, (void*, void*))                                                                                                 \
    F(int, cuEventSynchronize, (void*))                                                                                                   \
    F(int, cuEventQuery, (void*))                                                                                                         \
    F(int, cuEventElapsedTime, (float*, void*, void*))                                                                                    \
    F(int, cuEventElapsedTime_v2, (float*, void*, void*))                                                                                 \
    F(int, cuEventDestroy_v2, (void*))                                                                                                    \
    F(int, cuGetErrorName, (int, const char**))                                                                                           \
    F(int, cuGetErrorString, (int, const char**))                                                                                         \
    F(int, cuGraphInstantiateWithFlags, (void**, void*, unsigned long long))                                                              \
    F(int, cuGraphUpload, (void*, void*))                                                                                                 \
    F(int, cuGraphLaunch, (void*, void*))                                                                                                 \
    F(int, cuGraphExecDestroy, (void*))                                                                                                   \
    F(int, cuGraphDestroy, (void*))                                                                                                       \
    F(int, cuGraphGetNodes, (void*, void**, size_t*))                                                                                     \
    F(void, fnEmulatorReset, ())                                                                                                          \
    F(long long, fnEmulatorCount, (int))                                                                                                  \
    F(int, fnEmulatorLastMessage, (char*, int))                                                                                           \
    F(void, fnEmulatorSetInitialization, (int))                                                                                           \
    F(void, fnEmulatorSetDriverVersion, (int))                                                                                            \
    F(void, fnEmulatorSetDeviceCount, (int))                                                                                              \
    F(void, fnEmulatorSetComputeCapability, (int, int))                                                                                   \
    F(void, fnEmulatorSetMultiprocessors, (int))                                                                                          \
    F(void, fnEmulatorSetMemory, (unsigned long long))                                                                                    \
    F(void, fnEmulatorSetEager, (int))                                                                                                    \
    F(void, fnEmulatorSetOrder, (int))                                                                                                    \
    F(void, fnEmulatorFailCall, (const char*, long long, int))                                                                            \
    F(void, fnEmulatorFailKernel, (long long, int))                                                                                       \
    F(void, fnEmulatorLoseDevice, (int))                                                                                                  \
    F(void, fnEmulatorFailModules, (int, const char*))                                                                                    \
    F(int, fnEmulatorIsAllocated, (unsigned long long, unsigned long long))                                                               \
    F(int, cublasCreate_v2, (void**))                                                                                                     \
    F(int, cublasDestroy_v2, (void*))                                                                                                     \
    F(int, cublasSetStream_v2, (void*, void*))                                                                                            \
    F(int, cublasGetStream_v2, (void*, void**))                                                                                           \
    F(int, cublasSetMathMode, (void*, int))                                                                                               \
    F(int, cublasSetAtomicsMode, (void*, int))                                                                                            \
    F(int, cublasSetWorkspace_v2, (void*, void*, size_t))                                                                                 \
    F(int, cublasGetVersion_v2, (void*, int*))                                                                                            \
    F(int, cublasSetPointerMode_v2, (void*, int))                                                                                         \
    F(int, cublasSgemm_v2, (void*, int, int, int, int, int, const float*, Device, int, Device, int, const float*, Device, int))           \
    F(int,                                                                                                                                \
      cublasSgemmStridedBatched,                                                                                                          \
      (void*, int, int, int, int, int, const float*, Device, int, long long, Device, int, long long, const float*, Device, int, long long, int)) \
    F(int, cublasGemmEx, (void*, int, int, int, int, int, const void*, Device, int, int, Device, int, int, const void*, Device, int, int, int, int)) \
    F(int,                                                                                                                                \
      cublasGemmStridedBatchedEx,                                                                                                         \
      (void*, int, int, int, int, int, const void*, Device, int, int, long long, Device, int, int, long long, const void*, Device, int, int, long long, int, int, int))

#define FN_DECLARE(Result, name, parameters) extern Result(*name) parameters;
FN_LIBRARY(FN_DECLARE)
#undef FN_DECLARE

// Loads both libraries from a folder; false with a message where something is missing.
bool load_libraries(const char* folder);
