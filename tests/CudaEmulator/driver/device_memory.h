// The memory of a device: host memory whose allocations are known, filled with NaN where nothing was written, and guarded at both ends.
#pragma once
#include "status.h"
#include <cstdint>
#include <deque>
#include <map>
#include <string>

namespace emulator
{
    struct Allocation
    {
        uintptr_t address;
        size_t bytes;
        unsigned char* block; // with the guards
        size_t block_bytes;
        bool freed; // by a call that takes effect later, on a stream
    };

    class DeviceMemory
    {
    public:
        DeviceMemory() = default;
        DeviceMemory(const DeviceMemory&) = delete;
        DeviceMemory& operator=(const DeviceMemory&) = delete;
        ~DeviceMemory() { clear(); }

        // 2 where no memory of that size is left.
        Status allocate(size_t bytes, size_t total, uintptr_t* address);

        // The allocation that begins at an address, or null.
        Allocation* at(uintptr_t address);

        // The allocation in which a range lies, or null.
        const Allocation* holding(uintptr_t address, size_t bytes) const;

        // Gives an allocation back. Its memory stays unused for a while, so that late writes to it can be found.
        void release(Allocation* allocation);

        // What is wrong with the guards or with freed memory; empty where nothing is.
        std::string damage() const;

        // The same for freed memory, which is only looked at when it is used again or in the end.
        std::string late_writes() const;

        void clear();

        size_t count() const { return allocations_.size(); }

        size_t bytes() const { return bytes_; }

    private:
        std::map<uintptr_t, Allocation> allocations_;
        std::deque<Allocation> resting_;
        size_t resting_bytes_ = 0;
        size_t bytes_ = 0;
        std::string late_;

        void wake(size_t most_bytes);
    };
}
