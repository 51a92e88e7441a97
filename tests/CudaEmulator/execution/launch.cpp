#include "launch.h"
#include "block.h"
#include "faults.h"
#include "shared_memory.h"
#include "warps.h"

using namespace emulator;

FnPlace fn_place;

namespace
{
    BlockOrder order = BlockOrder::Alternating;
    unsigned long long launches;
    bool launch_backwards;
    LaunchEnd end_now;
    std::string text_now;
    const Launch* launch_now;

    std::string place_text()
    {
        std::string text = std::string("kernel ") + launch_now->kernel->name + ", block (" + std::to_string(fn_place.block[0]) + ", " + std::to_string(fn_place.block[1]) + ", "
            + std::to_string(fn_place.block[2]) + ") of (" + std::to_string(launch_now->blocks[0]) + ", " + std::to_string(launch_now->blocks[1]) + ", "
            + std::to_string(launch_now->blocks[2]) + "), thread " + std::to_string(fn_place.thread) + " of " + std::to_string(launch_now->threads) + ": ";
        return text;
    }

    void run_block(const Launch& launch)
    {
        shared_memory::begin_block(launch.dynamic_shared);
        if (launch.kernel->cooperative) warps::run_block(launch);
        else launch.kernel->run(launch.arguments);
        if (end_now != LaunchEnd::Done) return;
        const char* const damaged = shared_memory::damaged();
        if (damaged != nullptr) note_failure(LaunchEnd::IllegalAddress, std::string("the block wrote behind its ") + damaged + " shared memory");
    }

    void run_blocks(const Launch& launch)
    {
        // Blocks may run in any order, and a kernel's results must not depend on it.
        const unsigned long long plane = (unsigned long long)launch.blocks[0] * launch.blocks[1];
        const unsigned long long count = plane * launch.blocks[2];
        for (unsigned long long i = 0; i < count && end_now == LaunchEnd::Done; i++)
        {
            const unsigned long long block = launch_backwards ? count - 1 - i : i;
            fn_place.block[0] = (int)(block % launch.blocks[0]);
            fn_place.block[1] = (int)(block % plane / launch.blocks[0]);
            fn_place.block[2] = (int)(block / plane);
            fn_place.backwards = backwards_now();
            run_block(launch);
        }
    }

    void run_blocks_to_an_end(const Launch& launch)
    {
        try
        {
            run_blocks(launch);
        }
        catch (const BlockFailed&)
        {
        }
    }
}

void emulator::note_failure(LaunchEnd end, const std::string& text)
{
    end_now = end;
    text_now = place_text() + text;
}

void emulator::leave_block()
{
    if (warps::running()) warps::leave();
    throw BlockFailed();
}

bool emulator::backwards_now()
{
    if (order != BlockOrder::Alternating) return order == BlockOrder::Backwards;
    return ((fn_place.block[0] ^ fn_place.block[1] ^ fn_place.block[2]) & 1) != 0;
}

bool emulator::alternates() { return order == BlockOrder::Alternating; }

void emulator::set_block_order(BlockOrder chosen)
{
    order = chosen;
    launches = 0;
}

LaunchEnd emulator::run_launch(const Launch& launch, std::string& text)
{
    launch_now = &launch;
    end_now = LaunchEnd::Done;
    text_now.clear();
    launch_backwards = order == BlockOrder::Backwards || (order == BlockOrder::Alternating && launches % 2 != 0);
    launches++;
    fn_place.threads = (int)launch.threads;
    fn_place.thread = 0;
    for (int i = 0; i < 3; i++) fn_place.blocks[i] = (int)launch.blocks[i];
    faults::run_caught(launch, run_blocks_to_an_end, note_failure);
    warps::abandon();
    text = text_now;
    return end_now;
}
