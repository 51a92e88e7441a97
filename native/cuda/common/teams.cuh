// Teams of threads that share the work on a row: some lanes of a warp where rows are very short, a warp where they are short and many, a block where they are
// long. Code that is written for a team is compiled for all.
#pragma once
#include "reduction.cuh"

// So many neighbouring lanes, a power of two up to 32. Exchanges are the whole warp's, so all its teams must go the same way, those without a row too.
struct FnLanesTeam
{
    int lanes;
};

struct FnWarpTeam
{
};

struct FnBlockTeam
{
    double* sums; // shared, a number a warp
    float* maxima;
};

// The thread's place in its team, and how many threads that has.
FN_DEVICE int fn_rank(FnLanesTeam team) { return FN_LANE & (team.lanes - 1); }
FN_DEVICE int fn_rank(FnWarpTeam) { return FN_LANE; }
FN_DEVICE int fn_rank(FnBlockTeam) { return FN_THREAD; }
FN_DEVICE int fn_members(FnLanesTeam team) { return team.lanes; }
FN_DEVICE int fn_members(FnWarpTeam) { return FN_WARP; }
FN_DEVICE int fn_members(FnBlockTeam) { return FN_THREADS; }

// The team's place among those of the launch, how many there are, and its place among those of its warp.
FN_DEVICE int fn_team(FnLanesTeam team) { return FN_BLOCK_X * (FN_THREADS / team.lanes) + FN_THREAD / team.lanes; }
FN_DEVICE int fn_team(FnWarpTeam) { return FN_BLOCK_X * (FN_THREADS / FN_WARP) + FN_THREAD / FN_WARP; }
FN_DEVICE int fn_team(FnBlockTeam) { return FN_BLOCK_X; }
FN_DEVICE int fn_teams(FnLanesTeam team) { return FN_BLOCKS_X * (FN_THREADS / team.lanes); }
FN_DEVICE int fn_teams(FnWarpTeam) { return FN_BLOCKS_X * (FN_THREADS / FN_WARP); }
FN_DEVICE int fn_teams(FnBlockTeam) { return FN_BLOCKS_X; }
FN_DEVICE int fn_team_of_warp(FnLanesTeam team) { return FN_LANE / team.lanes; }
FN_DEVICE int fn_team_of_warp(FnWarpTeam) { return 0; }
FN_DEVICE int fn_team_of_warp(FnBlockTeam) { return 0; }

// All members have done what they did before, and see it.
FN_DEVICE void fn_team_sync(FnLanesTeam) { fn_sync_warp(); }
FN_DEVICE void fn_team_sync(FnWarpTeam) { fn_sync_warp(); }
FN_DEVICE void fn_team_sync(FnBlockTeam) { fn_sync(); }

// Sums and maxima over the team, for all its threads.
FN_DEVICE double fn_team_sum(FnLanesTeam team, double v) { return fn_lanes_sum(v, team.lanes); }
FN_DEVICE double fn_team_sum(FnWarpTeam, double v) { return fn_warp_sum(v); }
FN_DEVICE float fn_team_max(FnLanesTeam team, float v)
{
    for (int mask = team.lanes / 2; mask > 0; mask /= 2) v = fn_larger(v, fn_shuffle_xor(v, mask));
    return v;
}

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
