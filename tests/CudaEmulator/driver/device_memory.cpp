#include "device_memory.h"
#include "../sanitizer.h"
#include <cstdlib>
#include <cstring>
#if FN_ADDRESS_SANITIZER
#include <sanitizer/asan_interface.h>
#endif

using namespace emulator;

namespace
{
    constexpr size_t Alignment = 256;
    constexpr size_t GuardBytes = 256;
    constexpr size_t MostResting = 8 << 20;
    constexpr unsigned char UnwrittenByte = 0xFF;

    // Of larger blocks only the beginning is filled: cuBLAS's workspace of 32 MiB would be most of a small network's time.
    constexpr size_t MostFilled = 4 << 20;

    size_t filled(size_t bytes) { return bytes < MostFilled ? bytes : MostFilled; }

    // A quiet NaN of other bits than unwritten memory: what is read from a guard shows, and what is written there differs from it.
    constexpr unsigned char GuardWord[4] = {0xDE, 0xC0, 0xED, 0x7F};

    size_t round_up(size_t bytes) { return (bytes + Alignment - 1) / Alignment * Alignment; }

    void write_guard(unsigned char* from, unsigned char* to)
    {
        for (; from < to; from++) *from = GuardWord[(uintptr_t)from & 3];
    }

    const unsigned char* first_damage(const unsigned char* from, const unsigned char* to)
    {
        static const unsigned long long two_words = 0x7FEDC0DE7FEDC0DEull;
        for (; from < to && ((uintptr_t)from & 7) != 0; from++)
        {
            if (*from != GuardWord[(uintptr_t)from & 3]) return from;
        }

        for (; from + 8 <= to; from += 8)
        {
            if (std::memcmp(from, &two_words, 8) == 0) continue;
            while (*from == GuardWord[(uintptr_t)from & 3]) from++;
            return from;
        }

        return nullptr;
    }

    // The sanitizer finds an access to guards and freed memory at once, and then they can't be looked at.
    void forbid([[maybe_unused]] const unsigned char* from, [[maybe_unused]] size_t bytes)
    {
#if FN_ADDRESS_SANITIZER
        ASAN_POISON_MEMORY_REGION(from, bytes);
#endif
    }

    void allow([[maybe_unused]] const Allocation& allocation)
    {
#if FN_ADDRESS_SANITIZER
        ASAN_UNPOISON_MEMORY_REGION(allocation.block, allocation.block_bytes);
#endif
    }

    bool was_written(const Allocation& allocation)
    {
        if (FN_ADDRESS_SANITIZER) return false;
        const unsigned char* const memory = reinterpret_cast<const unsigned char*>(allocation.address);
        return memory[0] != UnwrittenByte || std::memcmp(memory, memory + 1, filled(allocation.bytes) - 1) != 0;
    }
}

Status emulator::DeviceMemory::allocate(size_t bytes, size_t total, uintptr_t* address)
{
    if (bytes > total || bytes_ > total - bytes) return OutOfMemory;
    const size_t block_bytes = GuardBytes + round_up(bytes) + GuardBytes;
    unsigned char* const block = static_cast<unsigned char*>(std::aligned_alloc(Alignment, block_bytes));
    if (block == nullptr) return OutOfMemory;
    unsigned char* const memory = block + GuardBytes;
    write_guard(block, memory);
    std::memset(memory, UnwrittenByte, filled(bytes));
    write_guard(memory + bytes, block + block_bytes);
    forbid(block, GuardBytes);
    forbid(memory + bytes, block_bytes - GuardBytes - bytes);
    *address = reinterpret_cast<uintptr_t>(memory);
    allocations_[*address] = Allocation{*address, bytes, block, block_bytes, false};
    bytes_ += bytes;
    return Success;
}

Allocation* emulator::DeviceMemory::at(uintptr_t address)
{
    const auto found = allocations_.find(address);
    return found == allocations_.end() ? nullptr : &found->second;
}

const Allocation* emulator::DeviceMemory::holding(uintptr_t address, size_t bytes) const
{
    auto next = allocations_.upper_bound(address);
    if (next == allocations_.begin()) return nullptr;
    const Allocation& allocation = (--next)->second;
    const size_t offset = address - allocation.address;
    return offset <= allocation.bytes && bytes <= allocation.bytes - offset ? &allocation : nullptr;
}

void emulator::DeviceMemory::release(Allocation* allocation)
{
    const Allocation old = *allocation;
    allocations_.erase(old.address);
    bytes_ -= old.bytes;
    std::memset(reinterpret_cast<void*>(old.address), UnwrittenByte, filled(old.bytes));
    forbid(reinterpret_cast<unsigned char*>(old.address), old.bytes);
    resting_.push_back(old);
    resting_bytes_ += old.block_bytes;
    wake(MostResting);
}

void emulator::DeviceMemory::wake(size_t most_bytes)
{
    while (resting_bytes_ > most_bytes)
    {
        const Allocation& oldest = resting_.front();
        if (was_written(oldest)) late_ = "freed memory of " + std::to_string(oldest.bytes) + " bytes was written to";
        allow(oldest);
        std::free(oldest.block);
        resting_bytes_ -= oldest.block_bytes;
        resting_.pop_front();
    }
}

std::string emulator::DeviceMemory::damage() const
{
    if (FN_ADDRESS_SANITIZER) return "";
    for (const auto& entry : allocations_)
    {
        const Allocation& allocation = entry.second;
        const unsigned char* const memory = reinterpret_cast<const unsigned char*>(allocation.address);
        const unsigned char* place = first_damage(allocation.block, memory);
        if (place == nullptr) place = first_damage(memory + allocation.bytes, allocation.block + allocation.block_bytes);
        if (place != nullptr) return "a write at byte " + std::to_string(place - memory) + " of an allocation of " + std::to_string(allocation.bytes) + " bytes";
    }

    return late_;
}

std::string emulator::DeviceMemory::late_writes() const
{
    for (const Allocation& allocation : resting_)
    {
        if (was_written(allocation)) return "freed memory of " + std::to_string(allocation.bytes) + " bytes was written to";
    }

    return late_;
}

void emulator::DeviceMemory::clear()
{
    wake(0);
    for (const auto& entry : allocations_)
    {
        allow(entry.second);
        std::free(entry.second.block);
    }

    allocations_.clear();
    bytes_ = 0;
    late_.clear();
}
