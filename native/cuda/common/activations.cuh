// Activations, one or a chain of them: the code of IActivation.DeviceCode, 4 bits a function, the first one lowest, 0 behind the last.
// All threads of a launch have the same code, so its branches cost no divergence.
#pragma once
#include "functions.cuh"

enum FnActivation
{
    FN_IDENTITY = 0,
    FN_RELU = 1,
    FN_LEAKY_RELU = 2,
    FN_ELU = 3,
    FN_SELU = 4,
    FN_SILU = 5,
    FN_SOFTPLUS = 6,
    FN_SIGMOID = 7,
    FN_TANH = 8,
    FN_GELU = 9,
    FN_GELU_TANH = 10,
};

#define FN_SELU_LAMBDA 1.05070099f
#define FN_SELU_LAMBDA_ALPHA (1.05070099f * 1.67326324f)

FN_DEVICE float fn_gelu_inner(float a) { return fn_fma(a * a * a, 0.044715f * 1.59576912f, a * 1.59576912f); }

// f(x) of one function.
FN_DEVICE float fn_activate_one(int function, float x)
{
    switch (function)
    {
        case FN_RELU: return fn_at_least(x, 0.0f);
        case FN_LEAKY_RELU: return x < 0.0f ? x * 0.01f : x;
        case FN_ELU: return x > 0.0f ? x : fn_exp_minus_one(fn_at_most(x, 0.0f));
        case FN_SELU: return x > 0.0f ? x * FN_SELU_LAMBDA : fn_exp_minus_one(fn_at_most(x, 0.0f)) * FN_SELU_LAMBDA_ALPHA;
        case FN_SILU:
        {
            const float a = fn_at_least(x, -104.0f);
            return a * fn_sigmoid(a);
        }
        case FN_SOFTPLUS: return fn_at_least(x, 0.0f) + fn_log_one_plus(fn_exp(0.0f - fn_abs(x)));
        case FN_SIGMOID: return fn_sigmoid(x);
        case FN_TANH: return fn_tanh(x);
        case FN_GELU:
        {
            const float a = fn_at_least(x, -14.0f);
            const float half = a * 0.5f;
            return fn_fma(half, fn_erf(a * 0.70710678f), half);
        }
        case FN_GELU_TANH:
        {
            const float a = fn_at_least(x, -14.0f);
            return a * fn_sigmoid(fn_gelu_inner(a));
        }
        default: return x;
    }
}

// Whether the derivative of one function is one of its input and not of its output.
FN_DEVICE bool fn_derivative_of_input(int function)
{
    return function == FN_SILU || function == FN_SOFTPLUS || function == FN_GELU || function == FN_GELU_TANH;
}

// df/dx of one function; saved is x or f(x), as fn_derivative_of_input says.
FN_DEVICE float fn_derivative_one(int function, float saved)
{
    switch (function)
    {
        case FN_RELU: return saved > 0.0f ? 1.0f : 0.0f;
        case FN_LEAKY_RELU: return saved > 0.0f ? 1.0f : 0.01f;
        case FN_ELU: return saved > 0.0f ? 1.0f : saved + 1.0f;
        case FN_SELU: return saved > 0.0f ? FN_SELU_LAMBDA : saved + FN_SELU_LAMBDA_ALPHA;
        case FN_SILU:
        {
            const float a = fn_at_most(fn_at_least(saved, -104.0f), 104.0f);
            const float s = fn_sigmoid(a);
            return fn_fma(a * s, 1.0f - s, s);
        }
        case FN_SOFTPLUS: return fn_sigmoid(saved);
        case FN_SIGMOID: return saved * (1.0f - saved);
        case FN_TANH: return fn_fma(-saved, saved, 1.0f);
        case FN_GELU:
        {
            const float a = fn_at_most(fn_at_least(saved, -14.0f), 14.0f);
            const float distribution = fn_fma(0.5f, fn_erf(a * 0.70710678f), 0.5f);
            const float density = 0.39894228f * fn_exp(a * a * -0.5f);
            return fn_fma(a, density, distribution);
        }
        case FN_GELU_TANH:
        {
            const float a = fn_at_most(fn_at_least(saved, -14.0f), 14.0f);
            const float s = fn_sigmoid(fn_gelu_inner(a));
            const float slope = fn_fma(a * a, 3 * 0.044715f * 1.59576912f, 1.59576912f);
            return fn_fma(a * s * (1.0f - s), slope, s);
        }
        default: return 1.0f;
    }
}

// f(x) of a chain.
FN_DEVICE_CALLED float fn_activate(fn_u64 chain, float x)
{
    for (; chain != 0; chain >>= 4) x = fn_activate_one((int)(chain & 15), x);
    return x;
}

// Whether what a chain's derivative is computed from is its input: of two functions and more always, for the values between are nowhere kept.
FN_DEVICE bool fn_saves_input(fn_u64 chain) { return chain > 15 || fn_derivative_of_input((int)chain); }

// df/dx of a chain; saved is its input or its output, as fn_saves_input says.
FN_DEVICE_CALLED float fn_derivative(fn_u64 chain, float saved)
{
    if (chain <= 15) return fn_derivative_one((int)chain, saved);
    float slope = 1.0f;
    for (; chain != 0; chain >>= 4)
    {
        const int function = (int)(chain & 15);
        const float y = fn_activate_one(function, saved);
        slope *= fn_derivative_one(function, fn_derivative_of_input(function) ? saved : y);
        saved = y;
    }

    return slope;
}
