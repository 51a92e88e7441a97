// The host twin of native/cuda/common/device.cuh: the same names with the same meaning on a processor. A kernel file that is compiled with
// FN_EMULATE defined, and with this folder among the include paths, registers its kernels with the emulated driver that it is linked into.
#pragma once
#include <cstddef>
#include <type_traits>

#pragma GCC visibility push(hidden)

// Where the thread that runs at present is. One thread runs at a time: the driver's lock is held while kernels run.
struct FnPlace
{
    int thread;
    int threads;
    int block[3];
    int blocks[3];
    bool backwards; // a kernel's threads run from the last to the first
};

extern FnPlace fn_place;

// A statement of static shared memory, and the block that last reached it.
struct FnSharedSite
{
    unsigned long long block;
    void* memory;
};

// Enters a kernel in the list that the driver looks functions up in. For a kernel whose threads work apart, run runs all threads of a
// block; for a cooperative one, the present thread.
struct FnKernelEntry
{
    FnKernelEntry(const char* kernel_name, size_t bytes, int threads, bool meets, void (*run_kernel)(const void*));
    const char* name;
    size_t argument_bytes;
    int most_threads;
    bool cooperative;
    void (*run)(const void*);
    FnKernelEntry* next;
};

// What a lane gives to the other lanes of its warp. Lanes that meet in different kinds of exchange have diverged.
enum FnExchange
{
    FN_EXCHANGE_XOR,
    FN_EXCHANGE_LANE,
    FN_EXCHANGE_BALLOT,
    FN_EXCHANGE_NOTHING,
};

void fn_emulated_barrier();
unsigned fn_emulated_exchange(FnExchange kind, unsigned value, int from); // of the lane from; of a ballot the lanes with a value
void* fn_emulated_shared(FnSharedSite* site, size_t bytes, size_t alignment);
extern unsigned char fn_emulated_dynamic_shared[];

#pragma GCC visibility pop

#define FN_DEVICE static inline __attribute__((always_inline, unused))
#define FN_DEVICE_CALLED static __attribute__((noinline, unused))
#define FN_CONSTANT __attribute__((unused)) static const

// By value, as on a GPU: each thread has its own arguments.
#define FN_KERNEL(most, name, Args)                                                                                             \
    static_assert(std::is_trivially_copyable<Args>::value && alignof(Args) <= 16, "a kernel's arguments are copied as bytes");  \
    static inline void name(const Args a);                                                                                      \
    static void fn_emulated_run_##name(const void* arguments)                                                                   \
    {                                                                                                                           \
        const int threads = fn_place.threads;                                                                                   \
        for (int i = 0; i < threads; i++)                                                                                       \
        {                                                                                                                       \
            fn_place.thread = fn_place.backwards ? threads - 1 - i : i;                                                         \
            name(*static_cast<const Args*>(arguments));                                                                         \
        }                                                                                                                       \
    }                                                                                                                           \
    static FnKernelEntry fn_emulated_entry_##name(#name, sizeof(Args), most, false, fn_emulated_run_##name);                    \
    static inline void name(const Args a)

#define FN_KERNEL_COOPERATIVE(most, name, Args)                                                                                 \
    static_assert(std::is_trivially_copyable<Args>::value && alignof(Args) <= 16, "a kernel's arguments are copied as bytes");  \
    static inline void name(const Args a);                                                                                      \
    static void fn_emulated_run_##name(const void* arguments) { name(*static_cast<const Args*>(arguments)); }                   \
    static FnKernelEntry fn_emulated_entry_##name(#name, sizeof(Args), most, true, fn_emulated_run_##name);                     \
    static inline void name(const Args a)

#define FN_THREAD (fn_place.thread)
#define FN_THREADS (fn_place.threads)
#define FN_BLOCK_X (fn_place.block[0])
#define FN_BLOCK_Y (fn_place.block[1])
#define FN_BLOCK_Z (fn_place.block[2])
#define FN_BLOCKS_X (fn_place.blocks[0])
#define FN_BLOCKS_Y (fn_place.blocks[1])

#define FN_SHARED(T, name, count)                                                                                               \
    static FnSharedSite fn_emulated_site_##name;                                                                                \
    T(&name)[count] = *static_cast<T(*)[count]>(fn_emulated_shared(&fn_emulated_site_##name, sizeof(T) * (count), alignof(T)))
#define FN_SHARED_DYNAMIC(T, name) T* const name = reinterpret_cast<T*>(fn_emulated_dynamic_shared)

#define FN_UNROLL
#define FN_NO_UNROLL

FN_DEVICE float fn_from_bits(unsigned v) { return __builtin_bit_cast(float, v); }
FN_DEVICE unsigned fn_to_bits(float v) { return __builtin_bit_cast(unsigned, v); }

FN_DEVICE void fn_sync() { fn_emulated_barrier(); }
FN_DEVICE void fn_sync_warp() { fn_emulated_exchange(FN_EXCHANGE_NOTHING, 0, 0); }

FN_DEVICE int fn_shuffle_xor(int v, int mask) { return (int)fn_emulated_exchange(FN_EXCHANGE_XOR, (unsigned)v, (FN_THREAD & 31) ^ mask); }
FN_DEVICE float fn_shuffle_xor(float v, int mask) { return fn_from_bits(fn_emulated_exchange(FN_EXCHANGE_XOR, fn_to_bits(v), (FN_THREAD & 31) ^ mask)); }
FN_DEVICE int fn_shuffle(int v, int lane) { return (int)fn_emulated_exchange(FN_EXCHANGE_LANE, (unsigned)v, lane & 31); }
FN_DEVICE float fn_shuffle(float v, int lane) { return fn_from_bits(fn_emulated_exchange(FN_EXCHANGE_LANE, fn_to_bits(v), lane & 31)); }
FN_DEVICE unsigned fn_ballot(bool p) { return fn_emulated_exchange(FN_EXCHANGE_BALLOT, p, 0); }

FN_DEVICE unsigned fn_atomic_add(unsigned* p, unsigned v)
{
    const unsigned before = *p;
    *p = before + v;
    return before;
}

FN_DEVICE void fn_fence() { __asm__ volatile("" ::: "memory"); }

FN_DEVICE int fn_popcount(unsigned v) { return __builtin_popcount(v); }
FN_DEVICE unsigned fn_multiply_high(unsigned a, unsigned b) { return (unsigned)(((unsigned long long)a * b) >> 32); }
FN_DEVICE float fn_fma(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
FN_DEVICE double fn_fma(double a, double b, double c) { return __builtin_fma(a, b, c); }
FN_DEVICE float fn_sqrt(float x) { return __builtin_sqrtf(x); }
FN_DEVICE float fn_divide(float a, float b) { return a / b; }
FN_DEVICE float fn_abs(float a) { return __builtin_fabsf(a); }
FN_DEVICE float fn_round(float a) { return __builtin_rintf(a); }
