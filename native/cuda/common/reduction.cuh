// Sums and maxima over the threads of a block, in a fixed order: lanes by butterflies, then the warps one after the other.
#pragma once
#include "device.cuh"

// A sum of any length: 16 numbers at a time in single precision, whose sum is added in double precision.
struct FnLongSum
{
    double sum;
    float piece;
    int count;
};

FN_DEVICE void fn_add(FnLongSum* s, float v)
{
    s->piece += v;
    if ((++s->count & 15) != 0) return;
    s->sum += (double)s->piece;
    s->piece = 0.0f;
}

FN_DEVICE double fn_value(const FnLongSum& s) { return s.sum + (double)s.piece; }

FN_DEVICE double fn_shuffle_xor(double v, int mask)
{
    const fn_u64 bits = __builtin_bit_cast(fn_u64, v);
    const unsigned low = (unsigned)fn_shuffle_xor((int)(unsigned)bits, mask);
    const unsigned high = (unsigned)fn_shuffle_xor((int)(unsigned)(bits >> 32), mask);
    return __builtin_bit_cast(double, (fn_u64)high << 32 | low);
}

// In single or in double precision.
template <class T> FN_DEVICE T fn_warp_sum(T v)
{
    FN_UNROLL
    for (int mask = 16; mask > 0; mask >>= 1) v += fn_shuffle_xor(v, mask);
    return v;
}

// Over so many neighbouring lanes, a power of two up to 32; all lanes of the warp take part.
template <class T> FN_DEVICE T fn_lanes_sum(T v, int lanes)
{
    for (int mask = lanes / 2; mask > 0; mask /= 2) v += fn_shuffle_xor(v, mask);
    return v;
}

// The larger one, NaN where one of them is.
FN_DEVICE float fn_larger(float best, float v) { return v > best || fn_is_nan(v) ? v : best; }

FN_DEVICE float fn_warp_max(float v)
{
    FN_UNROLL
    for (int mask = 16; mask > 0; mask >>= 1) v = fn_larger(v, fn_shuffle_xor(v, mask));
    return v;
}

// Of full warps only; scratch of a number a warp, which may be used again after the caller's next fn_sync.
template <class T> FN_DEVICE T fn_block_sum(T v, T* scratch)
{
    v = fn_warp_sum(v);
    if (FN_LANE == 0) scratch[FN_THREAD / FN_WARP] = v;
    fn_sync();
    T sum = 0;
    FN_NO_UNROLL
    for (int warp = 0; warp < FN_THREADS / FN_WARP; warp++) sum += scratch[warp];
    return sum;
}

FN_DEVICE float fn_block_max(float v, float* scratch)
{
    v = fn_warp_max(v);
    if (FN_LANE == 0) scratch[FN_THREAD / FN_WARP] = v;
    fn_sync();
    float largest = scratch[0];
    FN_NO_UNROLL
    for (int warp = 1; warp < FN_THREADS / FN_WARP; warp++) largest = fn_larger(largest, scratch[warp]);
    return largest;
}
