// A warp runs until all its lanes wait, then comes the next warp. A lane that waits goes over to the next lane at once, without a turn
// of the main stack; the last lane to arrive goes on, so that values need two places, for this exchange and the one before.
#include "warps.h"
#include "block.h"
#include "fibers.h"
#include <string>

using namespace emulator;

namespace
{
    constexpr unsigned AllLanes = 0xFFFFFFFFu;

    struct Warp
    {
        unsigned lanes;   // that it has
        unsigned ready;   // that can run
        unsigned arrived; // at the present exchange
        unsigned at_barrier;
        unsigned returned;
        FnExchange kind;
        unsigned round;
        unsigned ballot[2];
        unsigned values[2][32];
    };

    Warp warp_of[fibers::Most / 32];
    int warp_count;
    int turn;       // how many warps had theirs since the last barrier
    bool backwards; // the order of the warps
    int waiting;    // threads at the barrier
    int returned;
    const Launch* present;
    bool on_fibers;

    int count_of(unsigned lanes) { return __builtin_popcount(lanes); }

    std::string lanes_text(unsigned lanes)
    {
        std::string text;
        for (int lane = 0; lane < 32; lane++)
        {
            if ((lanes >> lane & 1) == 0) continue;
            int last = lane;
            while (last < 31 && (lanes >> (last + 1) & 1) != 0) last++;
            if (!text.empty()) text += ", ";
            text += std::to_string(lane);
            if (last > lane) text += (last > lane + 1 ? "-" : ", ") + std::to_string(last);
            lane = last;
        }

        return text;
    }

    const char* kind_text(FnExchange kind)
    {
        switch (kind)
        {
            case FN_EXCHANGE_XOR: return "fn_shuffle_xor";
            case FN_EXCHANGE_LANE: return "fn_shuffle";
            case FN_EXCHANGE_BALLOT: return "fn_ballot";
            default: return "fn_sync_warp";
        }
    }

    void note(const std::string& text) { note_failure(LaunchEnd::Failed, text); }

    void note_divergence(int index, const Warp& warp)
    {
        std::string text = "the lanes of warp " + std::to_string(index) + " have diverged: " + lanes_text(warp.arrived) + " wait in " + kind_text(warp.kind);
        if (warp.at_barrier != 0) text += ", " + lanes_text(warp.at_barrier) + " in fn_sync";
        if (warp.returned != 0) text += ", " + lanes_text(warp.returned) + " have returned";
        note(text);
    }

    void note_mixture(int index, int lane, const Warp& warp, FnExchange kind)
    {
        note(
            "the lanes of warp " + std::to_string(index) + " have diverged: " + lanes_text(warp.arrived) + " wait in " + kind_text(warp.kind) + ", " + std::to_string(lane) + " is in "
            + kind_text(kind));
    }

    void note_partial(int index, const Warp& warp, FnExchange kind)
    {
        note(std::string(kind_text(kind)) + " in warp " + std::to_string(index) + ", which has only " + std::to_string(count_of(warp.lanes)) + " lanes of the 32 that take part");
    }

    void note_apart(const char* function) { note(std::string(function) + " in a kernel that is not FN_KERNEL_COOPERATIVE"); }

    void note_deadlock()
    {
        note(std::to_string(returned) + " threads of the block have returned, and " + std::to_string(waiting) + " wait for them in fn_sync for ever");
    }

    // Ends the launch with a note; nothing on the stack has a destructor by then.
    template <class Note, class... Facts> [[noreturn]] void fail(Note note_it, const Facts&... facts)
    {
        note_it(facts...);
        leave_block();
    }

    // The thread that runs next; -1 where all have returned.
    int next_thread(int index)
    {
        // Lanes take turns, so that each goes as far as it can.
        Warp& here = warp_of[index];
        if (here.ready != 0)
        {
            const unsigned later = here.ready & (AllLanes << (fn_place.thread & 31));
            return index * 32 + __builtin_ctz(later != 0 ? later : here.ready);
        }

        if (here.arrived != 0) fail(note_divergence, index, here);
        while (++turn < warp_count)
        {
            const int next = backwards ? warp_count - 1 - turn : turn;
            if (warp_of[next].ready != 0) return next * 32 + __builtin_ctz(warp_of[next].ready);
        }

        if (waiting == 0) return -1;
        fail(note_deadlock);
    }

    void go_on_with_another()
    {
        const int from = fn_place.thread;
        const int next = next_thread(from / 32);
        fn_place.thread = next;
        fibers::to(from, next);
    }

    void run_thread()
    {
        present->kernel->run(present->arguments);
        const int thread = fn_place.thread;
        Warp& warp = warp_of[thread / 32];
        const unsigned lane = 1u << (thread & 31);
        warp.ready &= ~lane;
        warp.returned |= lane;
        returned++;
        const int next = next_thread(thread / 32);
        if (next < 0) fibers::to_main(thread);
        fn_place.thread = next;
        fibers::to(thread, next);
    }

    // The warps have a turn each, in an order; the first thread of it.
    int begin_turns(bool from_the_last)
    {
        backwards = from_the_last;
        turn = 0;
        return backwards ? (warp_count - 1) * 32 : 0;
    }
}

void fn_emulated_barrier()
{
    if (!on_fibers) fail(note_apart, "fn_sync");
    const int thread = fn_place.thread;
    Warp& here = warp_of[thread / 32];
    const unsigned lane = 1u << (thread & 31);
    here.ready &= ~lane;
    here.at_barrier |= lane;
    if (++waiting < fn_place.threads)
    {
        go_on_with_another();
        return;
    }

    waiting = 0;
    for (int i = 0; i < warp_count; i++)
    {
        warp_of[i].at_barrier = 0;
        warp_of[i].ready = warp_of[i].lanes;
    }

    // A barrier that is missing shows where the warp that reads comes before the one that writes.
    const int first = begin_turns(backwards != alternates());
    if (first == thread) return;
    fn_place.thread = first;
    fibers::to(thread, first);
}

unsigned fn_emulated_exchange(FnExchange kind, unsigned value, int from)
{
    if (!on_fibers) fail(note_apart, kind_text(kind));
    const int index = fn_place.thread / 32;
    const int lane = fn_place.thread & 31;
    Warp& here = warp_of[index];
    if (here.lanes != AllLanes) fail(note_partial, index, here, kind);
    const unsigned place = here.round & 1;
    if (here.arrived == 0)
    {
        here.kind = kind;
        here.ballot[place] = 0;
    }
    else if (here.kind != kind)
    {
        fail(note_mixture, index, lane, here, kind);
    }

    here.values[place][lane] = value;
    if (value != 0) here.ballot[place] |= 1u << lane;
    here.arrived |= 1u << lane;
    if (here.arrived == AllLanes)
    {
        here.arrived = 0;
        here.round++;
        here.ready = AllLanes;
    }
    else
    {
        here.ready &= ~(1u << lane);
        go_on_with_another();
    }

    if (kind == FN_EXCHANGE_BALLOT) return here.ballot[place];
    // A lane that does not exist gives a lane its own value, as on a GPU.
    return here.values[place][(unsigned)from < 32 ? from : lane];
}

void emulator::warps::run_block(const Launch& launch)
{
    present = &launch;
    const int threads = (int)launch.threads;
    warp_count = (threads + 31) / 32;
    for (int i = 0; i < warp_count; i++)
    {
        const int lanes = threads - i * 32;
        Warp& warp = warp_of[i];
        warp.lanes = lanes >= 32 ? AllLanes : (1u << lanes) - 1;
        warp.ready = warp.lanes;
        warp.arrived = 0;
        warp.at_barrier = 0;
        warp.returned = 0;
        warp.round = 0;
    }

    waiting = 0;
    returned = 0;
    const int first = begin_turns(backwards_now());
    fibers::prepare(threads, run_thread);
    fn_place.thread = first;
    on_fibers = true;
    fibers::run(first);
    on_fibers = false;
}

void emulator::warps::abandon() { on_fibers = false; }

bool emulator::warps::running() { return on_fibers; }

void emulator::warps::leave()
{
    on_fibers = false;
    fibers::to_main(fn_place.thread);
}
