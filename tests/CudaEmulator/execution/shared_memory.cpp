#include "shared_memory.h"
#include "block.h"
#include <cstring>

using namespace emulator;

namespace
{
    constexpr size_t GuardBytes = 64;
    constexpr unsigned char GuardByte = 0xFB; // read as floats, large negative numbers
    constexpr unsigned char UnwrittenByte = 0xFF; // read as floats, NaN
    constexpr int MostSites = 128;

    alignas(256) unsigned char static_memory[shared_memory::MostStatic + MostSites * 2 * GuardBytes];
    size_t static_used;
    size_t static_asked;
    unsigned char* guards[MostSites];
    int guard_count;
    size_t dynamic_bytes_now;
    unsigned long long block_now;

    bool whole(const unsigned char* guard)
    {
        for (size_t i = 0; i < GuardBytes; i++)
        {
            if (guard[i] != GuardByte) return false;
        }

        return true;
    }
}

alignas(256) unsigned char fn_emulated_dynamic_shared[emulator::shared_memory::MostOfBlock + GuardBytes];

void emulator::shared_memory::begin_block(size_t dynamic_bytes)
{
    block_now++;
    static_used = 0;
    static_asked = 0;
    guard_count = 0;
    dynamic_bytes_now = dynamic_bytes;
    std::memset(fn_emulated_dynamic_shared, UnwrittenByte, dynamic_bytes);
    std::memset(fn_emulated_dynamic_shared + dynamic_bytes, GuardByte, GuardBytes);
}

const char* emulator::shared_memory::damaged()
{
    if (!whole(fn_emulated_dynamic_shared + dynamic_bytes_now)) return "dynamic";
    for (int i = 0; i < guard_count; i++)
    {
        if (!whole(guards[i])) return "static";
    }

    return nullptr;
}

void* fn_emulated_shared(FnSharedSite* site, size_t bytes, size_t alignment)
{
    if (site->block == block_now) return site->memory;
    static_asked += bytes;
    if (static_asked > emulator::shared_memory::MostStatic || guard_count == MostSites)
    {
        note_failure(LaunchEnd::Failed, "more than 48 KB of static shared memory");
        leave_block();
    }

    const size_t start = (static_used + alignment - 1) / alignment * alignment;
    unsigned char* const memory = static_memory + start;
    std::memset(memory, UnwrittenByte, bytes);
    std::memset(memory + bytes, GuardByte, GuardBytes);
    guards[guard_count++] = memory + bytes;
    static_used = start + bytes + GuardBytes;
    *site = {block_now, memory};
    return memory;
}
