// The shared memory of the block that runs at present.
#pragma once
#include <cstddef>

namespace emulator::shared_memory
{
    constexpr size_t MostStatic = 48 << 10;
    constexpr size_t MostOfBlock = 227 << 10;

    // A new block with dynamic memory of so many bytes, all unwritten; static memory is taken as the code reaches it.
    void begin_block(size_t dynamic_bytes);

    // The dynamic or static memory, as text, behind whose end the block wrote; null where none was.
    const char* damaged();
}
