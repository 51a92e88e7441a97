// Page-locked host memory, which the driver gives and takes back.
#pragma once
#include <cstddef>
#include <map>

namespace emulator
{
    class HostMemory
    {
    public:
        HostMemory() = default;
        HostMemory(const HostMemory&) = delete;
        HostMemory& operator=(const HostMemory&) = delete;
        ~HostMemory() { clear(); }

        // Filled with NaN; null where no memory is left.
        void* allocate(size_t bytes);

        bool release(void* memory);

        void clear();

        size_t count() const { return blocks_.size(); }

        size_t bytes() const { return bytes_; }

    private:
        std::map<void*, size_t> blocks_;
        size_t bytes_ = 0;
    };
}
