// The structs of the toys' kernels, as a program declares them once more.
#pragma once
#include "library.h"

struct AddArguments
{
    Device x;
    Device y;
    int count;
    float scale;
};

struct PointerArguments
{
    Device y;
};

struct CountArguments
{
    Device counter;
    Device order;
};

struct MathArguments
{
    Device y;
    float x;
};

struct SumArguments
{
    Device x;
    Device sums;
    Device largest;
    int columns;
};

struct ReverseArguments
{
    Device x;
    Device y;
};

struct MistakeArguments
{
    Device y;
    int count;
    int which;
};
