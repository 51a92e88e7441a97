// The functions of one number, by the formulas of the engine's Kernels/Pointwise/Functions.cs: the same operations in the same
// order, so that a GPU, the emulator and the processor's vector forms agree to the last bits.
#pragma once
#include "device.cuh"

// value * 2^exponent for whole exponents in [-252, 254]: in two steps, so that results may be subnormal.
FN_DEVICE float fn_scale(float value, float exponent)
{
    const int n = (int)exponent;
    const int half = n >> 1;
    return value * fn_from_bits((unsigned)(127 + half) << 23) * fn_from_bits((unsigned)(127 + n - half) << 23);
}

// x = n ln 2 + r (Cody and Waite, 1980); q = e^r - 1.
FN_DEVICE float fn_reduce_exp(float x, float* q)
{
    const float a = fn_at_most(fn_at_least(x, -110.0f), 100.0f);
    const float n = fn_round(a * 1.44269504f);
    float r = fn_fma(-n, 0.693359375f, a);
    r = fn_fma(-n, -2.12194440e-4f, r);
    float p = fn_fma(r, 1.9875691500e-4f, 1.3981999507e-3f);
    p = fn_fma(r, p, 8.3334519073e-3f);
    p = fn_fma(r, p, 4.1665795894e-2f);
    p = fn_fma(r, p, 1.6666665459e-1f);
    p = fn_fma(r, p, 5.0000001201e-1f);
    *q = fn_fma(r * r, p, r);
    return fn_is_nan(n) ? 0.0f : n;
}

FN_DEVICE float fn_exp(float x)
{
    float q;
    const float n = fn_reduce_exp(x, &q);
    return fn_scale(1.0f + q, n);
}

FN_DEVICE float fn_exp_minus_one(float x)
{
    float q;
    const float power = fn_scale(1.0f, fn_reduce_exp(x, &q));
    return fn_fma(power, q, power - 1.0f);
}

FN_DEVICE float fn_sigmoid(float x) { return fn_divide(1.0f, 1.0f + fn_exp(0.0f - x)); }

FN_DEVICE float fn_tanh(float x)
{
    const float a = fn_at_most(fn_at_least(x, -7.9053111f), 7.9053111f);
    const float s = a * a;
    float p = fn_fma(s, -2.76076847742355e-16f, 2.00018790482477e-13f);
    p = fn_fma(s, p, -8.60467152213735e-11f);
    p = fn_fma(s, p, 5.12229709037114e-08f);
    p = fn_fma(s, p, 1.48572235717979e-05f);
    p = fn_fma(s, p, 6.37261928875436e-04f);
    p = fn_fma(s, p, 4.89352455891786e-03f);
    float q = fn_fma(s, 1.19825839466702e-06f, 1.18534705686654e-04f);
    q = fn_fma(s, q, 2.26843463243900e-03f);
    q = fn_fma(s, q, 4.89352518554385e-03f);
    return fn_abs(a) > 7.905f ? fn_copy_sign(1.0f, a) : fn_divide(a * p, q);
}

FN_DEVICE float fn_erf(float x)
{
    const float a = fn_at_most(fn_at_least(x, -4.0f), 4.0f);
    const float s = a * a;
    float p = fn_fma(s, -2.72614225801306e-10f, 2.77068142495902e-08f);
    p = fn_fma(s, p, -2.10102402082508e-06f);
    p = fn_fma(s, p, -5.69250639462346e-05f);
    p = fn_fma(s, p, -7.34990630326855e-04f);
    p = fn_fma(s, p, -2.95459980854025e-03f);
    p = fn_fma(s, p, -1.60960333262415e-02f);
    float q = fn_fma(s, -1.45660718464996e-05f, -2.13374055278905e-04f);
    q = fn_fma(s, q, -1.68282697438203e-03f);
    q = fn_fma(s, q, -7.37332916720468e-03f);
    q = fn_fma(s, q, -1.42647390514189e-02f);
    return fn_abs(a) > 3.9999f ? fn_copy_sign(1.0f, a) : fn_divide(a * p, q);
}

// log(1 + t), t in [-1/3, 1]: twice the area function of t / (2 + t).
FN_DEVICE float fn_log_one_plus(float t)
{
    const float z = fn_divide(t, 2.0f + t);
    const float s = z * z;
    float p = fn_fma(s, 2.0f / 15, 2.0f / 13);
    p = fn_fma(s, p, 2.0f / 11);
    p = fn_fma(s, p, 2.0f / 9);
    p = fn_fma(s, p, 2.0f / 7);
    p = fn_fma(s, p, 2.0f / 5);
    p = fn_fma(s, p, 2.0f / 3);
    return fn_fma(z * s, p, z + z);
}

// The natural logarithm of any float: -inf of 0, NaN of negative numbers.
FN_DEVICE float fn_log(float x)
{
    if (!(x > 0.0f)) return x == 0.0f ? -FN_INFINITY : fn_from_bits(0x7fc00000u);
    if (!fn_is_finite(x)) return x;
    float exponent = 0.0f;
    if (x < 1.17549435e-38f)
    {
        x *= 8388608.0f;
        exponent = -23.0f;
    }

    // x = 2^e m with m in [0.707, 1.414).
    const unsigned bits = fn_to_bits(x) - 0x3f3504f3u;
    exponent += (float)((int)bits >> 23);
    const float m = fn_from_bits((bits & 0x007fffffu) + 0x3f3504f3u);
    const float l = fn_log_one_plus(m - 1.0f);
    return fn_fma(exponent, 0.693359375f, fn_fma(exponent, -2.12194440e-4f, l));
}
