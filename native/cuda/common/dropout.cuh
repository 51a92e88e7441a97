// Philox4x32-10 (Salmon et al., 2011) and the dropout mask made of it: the same bits as the engine's DropoutBits. The columns of a row are
// cut into groups of 32; a group takes 8 consecutive counters, and word w of counter 8 g + l decides on column 8 w + l of group g.
#pragma once
#include "device.cuh"

struct FnDropout
{
    const unsigned* step; // the training step, in device memory, so that a recorded launch draws anew at each replay
    unsigned threshold;   // an element is kept where its word is no smaller
    float scale;          // of what is kept; 0: no dropout
    unsigned layer;
    unsigned key0;
    unsigned key1;
    unsigned groups; // in a row
};

struct FnWords
{
    unsigned x0, x1, x2, x3;
};

FN_DEVICE FnWords fn_philox(unsigned c0, unsigned c1, unsigned c2, unsigned c3, unsigned k0, unsigned k1)
{
    FN_UNROLL
    for (int round = 0; round < 10; round++)
    {
        const unsigned high0 = fn_multiply_high(0xD2511F53u, c0), low0 = 0xD2511F53u * c0;
        const unsigned high1 = fn_multiply_high(0xCD9E8D57u, c2), low1 = 0xCD9E8D57u * c2;
        c0 = high1 ^ c1 ^ k0;
        c1 = low1;
        c2 = high0 ^ c3 ^ k1;
        c3 = low0;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }

    return FnWords{c0, c1, c2, c3};
}

FN_DEVICE bool fn_drops(const FnDropout& d) { return d.scale != 0.0f; }

// The step, which a thread reads once: between stores the compiler would read it anew for each draw.
FN_DEVICE unsigned fn_step(const FnDropout& d) { return fn_drops(d) ? *d.step : 0u; }

// The words of four columns at once: group * 32 + lane + 0, 8, 16, 24.
FN_DEVICE FnWords fn_dropout_words(const FnDropout& d, unsigned step, unsigned row, unsigned group, unsigned lane)
{
    return fn_philox(8 * (row * d.groups + group) + lane, 0, d.layer, step, d.key0, d.key1);
}

// Which of these columns are kept: bit i says it of group * 32 + lane + 8 i.
FN_DEVICE unsigned fn_keeps_of_thread(const FnDropout& d, unsigned step, unsigned row, unsigned group, unsigned lane)
{
    const FnWords words = fn_dropout_words(d, step, row, group, lane);
    return (words.x0 >= d.threshold ? 1u : 0u) | (words.x1 >= d.threshold ? 2u : 0u) | (words.x2 >= d.threshold ? 4u : 0u) | (words.x3 >= d.threshold ? 8u : 0u);
}

// The same where the lanes of a full warp lie on the 32 columns of a group, in four places (row, group) one after the other: a lane draws for the
// place FN_LANE / 8, whose row and group it gives, and bit 8 p of what it gets says whether its column is kept in place p.
FN_DEVICE unsigned fn_keeps_of_warp(const FnDropout& d, unsigned step, unsigned row, unsigned group)
{
    const FnWords words = fn_dropout_words(d, step, row, group, FN_LANE % 8);
    const unsigned kept0 = fn_ballot(words.x0 >= d.threshold);
    const unsigned kept1 = fn_ballot(words.x1 >= d.threshold);
    const unsigned kept2 = fn_ballot(words.x2 >= d.threshold);
    const unsigned kept3 = fn_ballot(words.x3 >= d.threshold);
    const int which = FN_LANE / 8;
    return (which == 0 ? kept0 : which == 1 ? kept1 : which == 2 ? kept2 : kept3) >> (FN_LANE % 8);
}
