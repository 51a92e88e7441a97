// The dialect that all kernels are written in: what they need of CUDA C++, without NVIDIA's headers. clang compiles it for the GPU
// (build.sh beside this folder has the command); the emulator's host twin gives the same names the same meaning on a processor.
//
// A kernel takes one struct by value, whose layout the engine declares once more in C#; a test compares the sizes.
#pragma once

#ifdef FN_EMULATE
#include "emulated_device.h"
#else

#define FN_DEVICE __attribute__((device)) static inline __attribute__((always_inline))
// What is large and called from many places: once in a module, and called.
#define FN_DEVICE_CALLED __attribute__((device)) static __attribute__((noinline, unused))
#define FN_CONSTANT __attribute__((constant)) static const

// A kernel of blocks of up to so many threads, whose threads work apart; and one whose threads meet at barriers or exchange values.
#define FN_KERNEL(threads, name, Args) extern "C" __attribute__((global, launch_bounds(threads))) void name(const Args a)
#define FN_KERNEL_COOPERATIVE(threads, name, Args) FN_KERNEL(threads, name, Args)

#define FN_THREAD ((int)__nvvm_read_ptx_sreg_tid_x())
#define FN_THREADS ((int)__nvvm_read_ptx_sreg_ntid_x())
#define FN_BLOCK_X ((int)__nvvm_read_ptx_sreg_ctaid_x())
#define FN_BLOCK_Y ((int)__nvvm_read_ptx_sreg_ctaid_y())
#define FN_BLOCK_Z ((int)__nvvm_read_ptx_sreg_ctaid_z())
#define FN_BLOCKS_X ((int)__nvvm_read_ptx_sreg_nctaid_x())
#define FN_BLOCKS_Y ((int)__nvvm_read_ptx_sreg_nctaid_y())

// Memory of the block: of a size that the code states, and of the size that the launch asks for.
#define FN_SHARED(T, name, count) __attribute__((shared)) static T name[count]
#define FN_SHARED_DYNAMIC(T, name) extern __attribute__((shared)) T name[]

#define FN_UNROLL _Pragma("unroll")
#define FN_NO_UNROLL _Pragma("nounroll")

// All threads of the block; all lanes of the warp.
FN_DEVICE void fn_sync() { __syncthreads(); }
FN_DEVICE void fn_sync_warp() { __nvvm_bar_warp_sync(0xffffffffu); }

// Exchanges between the lanes of a full warp.
FN_DEVICE float fn_shuffle_xor(float v, int mask) { return __nvvm_shfl_sync_bfly_f32(0xffffffffu, v, mask, 0x1f); }
FN_DEVICE int fn_shuffle_xor(int v, int mask) { return __nvvm_shfl_sync_bfly_i32(0xffffffffu, v, mask, 0x1f); }
FN_DEVICE float fn_shuffle(float v, int lane) { return __nvvm_shfl_sync_idx_f32(0xffffffffu, v, lane, 0x1f); }
FN_DEVICE int fn_shuffle(int v, int lane) { return __nvvm_shfl_sync_idx_i32(0xffffffffu, v, lane, 0x1f); }
FN_DEVICE unsigned fn_ballot(bool p) { return __nvvm_vote_ballot_sync(0xffffffffu, p); }

// Adds in device memory, whatever other blocks do there; the value before. Orders of writes between blocks: fn_fence.
FN_DEVICE unsigned fn_atomic_add(unsigned* p, unsigned v) { return (unsigned)__nvvm_atom_add_gen_i((int*)p, (int)v); }
FN_DEVICE void fn_fence() { __nvvm_membar_gl(); }

FN_DEVICE int fn_popcount(unsigned v) { return __builtin_popcount(v); }
FN_DEVICE unsigned fn_multiply_high(unsigned a, unsigned b) { return (unsigned)(((unsigned long long)a * b) >> 32); }
FN_DEVICE float fn_fma(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
FN_DEVICE double fn_fma(double a, double b, double c) { return __builtin_fma(a, b, c); }
FN_DEVICE float fn_sqrt(float x) { return __nvvm_sqrt_rn_f(x); }
FN_DEVICE float fn_divide(float a, float b) { return __nvvm_div_rn_f(a, b); }
FN_DEVICE float fn_abs(float a) { return __builtin_fabsf(a); }
FN_DEVICE float fn_round(float a) { return __builtin_rintf(a); } // to even
FN_DEVICE float fn_from_bits(unsigned v) { return __builtin_bit_cast(float, v); }
FN_DEVICE unsigned fn_to_bits(float v) { return __builtin_bit_cast(unsigned, v); }
#endif

#define FN_INFINITY __builtin_inff()
#define FN_WARP 32
#define FN_LANE (FN_THREAD & 31)

// Of kernels whose blocks lie on parts of the rows and on groups of columns: there may be very many parts, which only x has room for. Groups that y has
// no room for, which ends at 65535, go on along z; behind the last one there may be some without columns. LaunchShape.ByColumns makes such launches.
#define FN_ROW_PART FN_BLOCK_X
#define FN_ROW_PARTS FN_BLOCKS_X
#define FN_COLUMN_BLOCK (FN_BLOCK_Z * FN_BLOCKS_Y + FN_BLOCK_Y)

typedef unsigned long long fn_u64;
typedef long long fn_i64;

struct alignas(16) FnFloat4
{
    float x, y, z, w;
};

// The bound first, as in the engine's functions: NaN stays NaN.
FN_DEVICE float fn_at_least(float a, float bound) { return bound > a ? bound : a; }
FN_DEVICE float fn_at_most(float a, float bound) { return bound < a ? bound : a; }
FN_DEVICE float fn_copy_sign(float magnitude, float sign) { return fn_from_bits((fn_to_bits(magnitude) & 0x7fffffffu) | (fn_to_bits(sign) & 0x80000000u)); }
FN_DEVICE bool fn_is_nan(float a) { return a != a; }
FN_DEVICE bool fn_is_finite(float a) { return (fn_to_bits(a) & 0x7f800000u) != 0x7f800000u; }
FN_DEVICE int fn_min(int a, int b) { return a < b ? a : b; }
FN_DEVICE int fn_max(int a, int b) { return a > b ? a : b; }
