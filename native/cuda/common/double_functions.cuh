// The exponential and the logarithm in double precision, to some 1e-15: there is no library for them on the device. They cost some
// twenty operations that most GPUs are slow at, so they are for numbers that single precision would spoil.
#pragma once
#include "device.cuh"

// x = n ln 2 + r; e^r by its series, whose first term left out is r^14 / 14! < 1e-17; then two steps of scaling, so that results may be subnormal.
FN_DEVICE_CALLED double fn_exp(double x)
{
    if (x != x) return x;
    x = x < -746.0 ? -746.0 : x > 710.0 ? 710.0 : x;
    const double turns = x * 1.4426950408889634;
    const int n = (int)(turns + (turns < 0.0 ? -0.5 : 0.5));
    double r = fn_fma((double)-n, 6.93147180369123816490e-01, x);
    r = fn_fma((double)-n, 1.90821492927058770002e-10, r);
    double p = 1.0 / 6227020800.0;
    p = fn_fma(p, r, 1.0 / 479001600.0);
    p = fn_fma(p, r, 1.0 / 39916800.0);
    p = fn_fma(p, r, 1.0 / 3628800.0);
    p = fn_fma(p, r, 1.0 / 362880.0);
    p = fn_fma(p, r, 1.0 / 40320.0);
    p = fn_fma(p, r, 1.0 / 5040.0);
    p = fn_fma(p, r, 1.0 / 720.0);
    p = fn_fma(p, r, 1.0 / 120.0);
    p = fn_fma(p, r, 1.0 / 24.0);
    p = fn_fma(p, r, 1.0 / 6.0);
    p = fn_fma(p, r, 0.5);
    p = fn_fma(p, r, 1.0);
    p = fn_fma(p, r, 1.0);
    const int half = n >> 1;
    return p * __builtin_bit_cast(double, (fn_u64)(1023 + half) << 52) * __builtin_bit_cast(double, (fn_u64)(1023 + n - half) << 52);
}

// -inf of 0, NaN of negative numbers.
FN_DEVICE_CALLED double fn_log(double x)
{
    if (!(x > 0.0)) return x == 0.0 ? -__builtin_inf() : __builtin_bit_cast(double, 0x7ff8000000000000ull);
    if (x > 1.7976931348623157e308) return x;
    double exponent = 0.0;
    if (x < 2.2250738585072014e-308)
    {
        x *= 18014398509481984.0;
        exponent = -54.0;
    }

    // x = 2^e m with m in [0.707, 1.414); log(m) is twice the area function of z = (m - 1) / (m + 1), whose square is below 0.0295.
    const fn_u64 bits = __builtin_bit_cast(fn_u64, x) - 0x3fe6a09e667f3bcdull;
    exponent += (double)(int)((fn_i64)bits >> 52);
    const double m = __builtin_bit_cast(double, (bits & 0x000fffffffffffffull) + 0x3fe6a09e667f3bcdull);
    const double z = (m - 1.0) / (m + 1.0);
    const double s = z * z;
    double p = 2.0 / 21.0;
    p = fn_fma(p, s, 2.0 / 19.0);
    p = fn_fma(p, s, 2.0 / 17.0);
    p = fn_fma(p, s, 2.0 / 15.0);
    p = fn_fma(p, s, 2.0 / 13.0);
    p = fn_fma(p, s, 2.0 / 11.0);
    p = fn_fma(p, s, 2.0 / 9.0);
    p = fn_fma(p, s, 2.0 / 7.0);
    p = fn_fma(p, s, 2.0 / 5.0);
    p = fn_fma(p, s, 2.0 / 3.0);
    const double l = fn_fma(z * s, p, z + z);
    return fn_fma(exponent, 6.93147180369123816490e-01, fn_fma(exponent, 1.90821492927058770002e-10, l));
}

// log(1 + x) for x of at least 0, accurate for small x too (Kahan): the rounding of 1 + x divided out.
FN_DEVICE double fn_log_one_plus(double x)
{
    const double u = 1.0 + x;
    return u == 1.0 || u > 1.7976931348623157e308 ? x : fn_log(u) * x / (u - 1.0);
}
