// Initialisation and devices.
#include "../execution/shared_memory.h"
#include "api.h"
#include <cstdio>
#include <cstdlib>
#include <cstring>

using namespace emulator;

namespace
{
    // The values of an attribute (CUdevice_attribute); -1 for one that the emulator does not know.
    int attribute_of(int attribute, int device)
    {
        const Settings& settings = driver().settings;
        switch (attribute)
        {
            case 1: return 1024;                                  // threads of a block
            case 2: return 1024;                                  // along x, y, z
            case 3: return 1024;
            case 4: return 64;
            case 5: return 2147483647;                            // blocks along x, y, z
            case 6: return 65535;
            case 7: return 65535;
            case 8: return (int)shared_memory::MostStatic;        // shared memory of a block
            case 9: return 65536;                                 // constant memory
            case 10: return 32;                                   // threads of a warp
            case 11: return 2147483647;                           // pitch
            case 12: return 65536;                                // registers of a block
            case 13: return 1980000;                              // clock, kHz
            case 14: return 512;                                  // alignment of textures
            case 15: return 1;                                    // copies overlap with kernels
            case 16: return settings.multiprocessors;
            case 17: return 0;                                    // time limit of kernels
            case 18: return 0;                                    // integrated
            case 19: return 1;                                    // maps host memory
            case 20: return 0;                                    // compute mode
            case 31: return 1;                                    // concurrent kernels
            case 32: return 0;                                    // ECC
            case 33: return device + 1;                           // PCI bus
            case 34: return 0;                                    // PCI device
            case 36: return 2619000;                              // memory clock, kHz
            case 37: return 5120;                                 // memory bus, bits
            case 38: return 50 << 20;                             // L2 cache
            case 39: return 2048;                                 // threads of a multiprocessor
            case 40: return 3;                                    // engines for asynchronous copies
            case 41: return 1;                                    // unified addressing
            case 50: return 0;                                    // PCI domain
            case 75: return settings.major;
            case 76: return settings.minor;
            case 78: return 1;                                    // priorities of streams
            case 81: return 233472;                               // shared memory of a multiprocessor
            case 82: return 65536;                                // registers of a multiprocessor
            case 83: return 0;                                    // managed memory
            case 95: return 0;                                    // cooperative launches
            case 97: return (int)shared_memory::MostOfBlock;      // shared memory of a block that asks for it
            case 106: return 32;                                  // blocks of a multiprocessor
            case 111: return 1024;                                // shared memory of a block that the system keeps
            case 115: return 1;                                   // memory pools
            default: return -1;
        }
    }

    template <class Body> int call_on_device(const char* function, int device, Body body)
    {
        return call(function, [&]() -> int { return device < 0 || device >= driver().settings.devices ? (int)InvalidDevice : (int)body(); });
    }
}

FN_API cuInit(unsigned flags)
{
    const std::lock_guard<std::mutex> hold(driver().lock);
    const int injected = injected_failure(driver().call_failures, "cuInit");
    if (injected != Success) return injected;
    if (flags != 0) return InvalidValue;
    if (driver().settings.initialization != Success) return driver().settings.initialization;
    if (driver().settings.devices == 0) return NoDevice;
    if (!driver().initialized)
    {
        const char* const eager = std::getenv("FASTNETS_EMULATOR_EAGER");
        if (eager != nullptr && std::strcmp(eager, "1") == 0) driver().settings.eager = true;
    }

    driver().initialized = true;
    return Success;
}

FN_API cuDriverGetVersion(int* version)
{
    const std::lock_guard<std::mutex> hold(driver().lock);
    const int injected = injected_failure(driver().call_failures, "cuDriverGetVersion");
    if (injected != Success) return injected;
    if (version == nullptr) return InvalidValue;
    *version = driver().settings.driver_version;
    return Success;
}

FN_API cuDeviceGetCount(int* count)
{
    return call(
        __func__,
        [&]
        {
            if (count == nullptr) return InvalidValue;
            *count = driver().settings.devices;
            return Success;
        });
}

FN_API cuDeviceGet(int* device, int ordinal)
{
    return call_on_device(
        __func__,
        ordinal,
        [&]
        {
            if (device == nullptr) return InvalidValue;
            *device = ordinal;
            return Success;
        });
}

FN_API cuDeviceGetName(char* name, int length, int device)
{
    return call_on_device(
        __func__,
        device,
        [&]
        {
            if (name == nullptr || length <= 0) return InvalidValue;
            std::snprintf(name, (size_t)length, "FastNets emulated GPU");
            return Success;
        });
}

FN_API cuDeviceTotalMem_v2(size_t* bytes, int device)
{
    return call_on_device(
        __func__,
        device,
        [&]
        {
            if (bytes == nullptr) return InvalidValue;
            *bytes = driver().settings.memory;
            return Success;
        });
}

FN_API cuDeviceGetAttribute(int* value, int attribute, int device)
{
    return call_on_device(
        __func__,
        device,
        [&]
        {
            const int found = attribute_of(attribute, device);
            if (value == nullptr || found < 0) return InvalidValue;
            *value = found;
            return Success;
        });
}

FN_API cuDeviceGetUuid_v2(unsigned char* uuid, int device)
{
    return call_on_device(
        __func__,
        device,
        [&]
        {
            if (uuid == nullptr) return InvalidValue;
            std::memcpy(uuid, "FastNets-GPU-\0\0\0", 16);
            uuid[15] = (unsigned char)device;
            return Success;
        });
}

FN_API cuDeviceGetPCIBusId(char* text, int length, int device)
{
    return call_on_device(
        __func__,
        device,
        [&]
        {
            if (text == nullptr || length < 13) return InvalidValue;
            std::snprintf(text, (size_t)length, "0000:%02X:00.0", device + 1);
            return Success;
        });
}
