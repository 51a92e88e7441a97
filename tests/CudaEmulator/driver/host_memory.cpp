#include "host_memory.h"
#include <cstdlib>
#include <cstring>

namespace
{
    constexpr size_t PageBytes = 4096;
}

void* emulator::HostMemory::allocate(size_t bytes)
{
    void* const memory = std::aligned_alloc(PageBytes, (bytes + PageBytes - 1) / PageBytes * PageBytes);
    if (memory == nullptr) return nullptr;
    std::memset(memory, 0xFF, bytes);
    blocks_[memory] = bytes;
    bytes_ += bytes;
    return memory;
}

bool emulator::HostMemory::release(void* memory)
{
    const auto found = blocks_.find(memory);
    if (found == blocks_.end()) return false;
    // What still reads it reads NaN.
    std::memset(memory, 0xFF, found->second);
    bytes_ -= found->second;
    blocks_.erase(found);
    std::free(memory);
    return true;
}

void emulator::HostMemory::clear()
{
    for (const auto& block : blocks_) std::free(block.first);
    blocks_.clear();
    bytes_ = 0;
}
