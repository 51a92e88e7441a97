// Teams of threads that share the work on a row: a warp where rows are short and many, a block where they are long. Code that is written for
// a team is compiled for both.
#pragma once
#include "reduction.cuh"

struct FnWarpTeam
{
};

struct FnBlockTeam
{
    double* sums; // shared, a number a warp
    float* maxima;
};

// The thread's place in its team, and how many threads that has.
FN_DEVICE int fn_rank(FnWarpTeam) { return FN_LANE; }
FN_DEVICE int fn_rank(FnBlockTeam) { return FN_THREAD; }
FN_DEVICE int fn_members(FnWarpTeam) { return FN_WARP; }
FN_DEVICE int fn_members(FnBlockTeam) { return FN_THREADS; }

// The team's place among those of the launch, and how many there are.
FN_DEVICE int fn_team(FnWarpTeam) { return FN_BLOCK_X * (FN_THREADS / FN_WARP) + FN_THREAD / FN_WARP; }
FN_DEVICE int fn_team(FnBlockTeam) { return FN_BLOCK_X; }
FN_DEVICE int fn_teams(FnWarpTeam) { return FN_BLOCKS_X * (FN_THREADS / FN_WARP); }
FN_DEVICE int fn_teams(FnBlockTeam) { return FN_BLOCKS_X; }

// All members have done what they did before, and see it.
FN_DEVICE void fn_team_sync(FnWarpTeam) { fn_sync_warp(); }
FN_DEVICE void fn_team_sync(FnBlockTeam) { fn_sync(); }

// Sums and maxima over the team, for all its threads.
FN_DEVICE double fn_team_sum(FnWarpTeam, double v) { return fn_warp_sum(v); }
FN_DEVICE float fn_team_max(FnWarpTeam, float v) { return fn_warp_max(v); }

FN_DEVICE double fn_team_sum(FnBlockTeam team, double v)
{
    const double sum = fn_block_sum(v, team.sums);
    fn_sync();
    return sum;
}

FN_DEVICE float fn_team_max(FnBlockTeam team, float v)
{
    const float largest = fn_block_max(v, team.maxima);
    fn_sync();
    return largest;
}
